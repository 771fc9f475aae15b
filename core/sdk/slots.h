/* SPDX-License-Identifier: Apache-2.0
 *
 * slots.h - the API copies that the SDK serves: any number, kept for ever, without locks.
 */
#ifndef OTEL_SDK_SLOTS_H
#define OTEL_SDK_SLOTS_H

#include "api/slot.h"

/* Takes a copy in, once; the first one lends its "current" and its fork handlers to all. false: out of memory. */
bool slots_add(struct otel_slot *slot);

/* The first copy; NULL before there is one. */
struct otel_slot *slots_first(void);

/* Gives every copy the provider. */
void slots_publish(const struct otel_provider *provider);

/* From now on every copy keeps up the records of threads (api/thread_record.h), where libotel_api.so.1 shows them: a
 * static copy's symbol would be seen only if its program exports it. */
void slots_share_threads(void);

/* What the copies counted while they had no provider. */
uint64_t slots_misuse(void);

/* What the copies left out: past a limit, or for lack of memory. */
uint64_t slots_left_out(void);

#endif
