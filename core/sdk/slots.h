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

/* What the copies counted while they had no provider. */
uint64_t slots_misuse(void);

#endif
