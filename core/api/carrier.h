/* SPDX-License-Identifier: Apache-2.0
 *
 * carrier.h - the two directions of a carrier, NULL where it does not offer one.
 */
#ifndef OTEL_API_CARRIER_H
#define OTEL_API_CARRIER_H

#include <otel/types.h>

/* More fields of one name than this are not read: a getter that never ends must not hang its program. */
#define CARRIER_MAX_FIELDS 256

typedef void carrier_set_fn(void *self, const char *name, const char *value);
typedef const char *carrier_get_fn(void *self, const char *name, size_t index);

static inline carrier_set_fn *carrier_setter(const otel_carrier *carrier)
{
	bool has = carrier && carrier->size >= offsetof(otel_carrier, set) + sizeof(carrier->set);

	return has ? carrier->set : NULL;
}

static inline carrier_get_fn *carrier_getter(const otel_carrier *carrier)
{
	bool has = carrier && carrier->size >= offsetof(otel_carrier, get) + sizeof(carrier->get);

	return has ? carrier->get : NULL;
}

#endif
