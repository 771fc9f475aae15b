/* SPDX-License-Identifier: Apache-2.0
 *
 * submit.h - requests that plugins hand over, on their way to the pipeline thread. Bounded: 16 MiB that are not settled.
 */
#ifndef OTEL_SDK_SUBMIT_H
#define OTEL_SDK_SUBMIT_H

#include <otel/plugin.h>

struct batch;

#define SUBMIT_MAX_BYTES ((size_t)16 << 20)

/* Start thread: the signals that somebody exports, as bits of otel_signal. 0: nothing is taken any more. */
void submit_setup(uint32_t signals);

/* host->submit(); counts the items, and the drop when there is no room. Any thread; keeps errno. */
otel_status submit(otel_setup *setup, otel_signal signal, const uint8_t *request, size_t len);

/* The same for what the core makes itself. */
otel_status submit_own(otel_signal signal, const uint8_t *request, size_t len);

/* Takes everything, oldest first, linked by `next`; one reference each. Pipeline thread. */
struct batch *submit_take(void);

/* A batch is settled: its room is free again. */
void submit_release(size_t bytes);

/* atfork; child: what is there is the parent's. */
void submit_fork_prepare(void);
void submit_fork_parent(void);
void submit_fork_child(void);

#endif
