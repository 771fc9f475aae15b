/* SPDX-License-Identifier: Apache-2.0
 *
 * export_wait.h - when a signal of one exporter may go out again.
 */
#ifndef OTEL_SDK_EXPORT_WAIT_H
#define OTEL_SDK_EXPORT_WAIT_H

#include "sdk/backoff.h"

/* All zero: at once. */
struct export_wait {
	uint64_t retry_at; /* milliseconds; entries wait until then */
	uint32_t failures; /* tries in a row, each after its wait, that did not get through */
};

/* A try failed; asked_ms: how long the backend wants to be left alone, 0 = it did not say. */
void export_wait_on(struct export_wait *wait, const struct backoff *backoff, uint32_t asked_ms, uint64_t now);

#endif
