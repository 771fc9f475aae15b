/* SPDX-License-Identifier: Apache-2.0
 *
 * signals_support.h - requests of every signal on their way from a plugin to exporters, in the whole SDK: a plugin of
 * the program's own, its exporter "own", and what that got.
 */
#ifndef TESTS_CORE_SDK_SIGNALS_SUPPORT_H
#define TESTS_CORE_SDK_SIGNALS_SUPPORT_H

#include <otel/otel.h>
#include <otel/plugin.h>
#include <otel/sdk.h>

#include <pthread.h>
#include <stdatomic.h>

#include "core/sdk/start_support.h"

/* ---- requests: {resource_x: {scope_x: {scope: {name}, item…}}} ---- */

struct bytes {
	uint8_t data[512];
	size_t len;
};

void put(struct bytes *b, uint8_t field, const void *data, size_t len);

/* Items are given as texts: each is a message with one field, number 15. */
struct bytes request(const char *const *items);
#define REQUEST(...) request((const char *const[]){__VA_ARGS__, NULL})

/* ---- the exporter "own" ---- */

#define EVERY (OTEL_SIGNAL_TRACES | OTEL_SIGNAL_METRICS | OTEL_SIGNAL_LOGS)

extern pthread_mutex_t got_lock;
extern char got[4096]; /* "traces 1:; logs 2: x y; " */
extern atomic_bool hold; /* exporters wait */
extern atomic_bool held; /* one was called */
extern atomic_uint closed; /* exporters */

otel_export_result own_export(void *self, const otel_batch *batch, otel_export_op *op);
void own_close(void *self);

void wait_until_held(void);
void wait_until_got(const char *text);

/* ---- the plugin ---- */

extern const otel_host *host;
extern otel_setup *own_handle;

/* Another component of the plugin. */
struct own_component {
	otel_kind kind;
	const char *name;
	const void *vtable;
};

/* Starts the SDK with these exporters for all signals, and these settings. */
void start_signals(const char *exporters, const otel_setting *more, size_t count);

otel_status submit(otel_signal signal, struct bytes bytes);

/* The main() of a test; components end with one without a name. */
int signals_main(const char *name, const struct suite_entry *entries, size_t count,
		 const struct own_component *components);

#define SIGNALS_MAIN(name, components, ...)                                                                            \
	int main(void)                                                                                                 \
	{                                                                                                              \
		const struct suite_entry entries[] = {__VA_ARGS__};                                                    \
		return signals_main(name, entries, sizeof entries / sizeof *entries, components);                      \
	}

#endif
