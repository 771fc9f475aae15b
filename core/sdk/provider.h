/* SPDX-License-Identifier: Apache-2.0
 *
 * provider.h - the recording provider: what the API's span calls arrive at.
 */
#ifndef OTEL_SDK_PROVIDER_H
#define OTEL_SDK_PROVIDER_H

#include <otel/plugin.h>

#include "api/slot.h"
#include "plugin/registry.h"

struct span_limits {
	uint32_t attr_count;       /* per span */
	uint32_t attr_value_len;   /* characters, of bytes bytes; UINT32_MAX = no limit */
	uint32_t attr_depth;       /* arrays and maps in one another; more become the empty value */
	uint32_t event_count;
	uint32_t link_count;
	uint32_t event_attr_count; /* per event */
	uint32_t link_attr_count;  /* per link */
};

struct provider_options {
	bool disabled; /* OTEL_SDK_DISABLED: propagate only, record nothing */
	struct span_limits limits;
	size_t max_open_bytes; /* 0: the default */
	struct component *sampler;      /* never NULL unless disabled */
	struct component *id_generator; /* NULL = random */
	struct component *propagators[16];
	size_t propagator_count;
	struct component *processors[16]; /* of spans, in their order */
	size_t processor_count;
	struct component *response_propagators[16];
	size_t response_propagator_count;
};

/* Start thread, before any slot is attached; and again at a restart after stop. */
void provider_setup(const struct provider_options *options);

/* After stop: span_start gives non-recording spans, recording ones are dropped and counted when they end. */
void provider_stop(void);

/* The table for slots. Static. */
const struct otel_provider *provider_table(void);

/* The core's own samplers, propagators and random ids, as a plugin descriptor for registry_add_builtin(). */
extern const otel_plugin provider_builtin;

/* In the child of a fork: a new generation (open spans of the parent are parents only), locks re-initialised, thread
 * states forgotten, generators reseeded. */
void provider_fork_prepare(void);
void provider_fork_parent(void);
void provider_fork_child(void);

#endif
