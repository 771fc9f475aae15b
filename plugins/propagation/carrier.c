/* SPDX-License-Identifier: Apache-2.0
 *
 * carrier.c - see the header.
 */
#include "plugins/propagation/carrier.h"

struct view carrier_only(const otel_carrier *carrier, const char *name)
{
	const char *value = NULL;

	if (OTEL_OFFERS(carrier, get) && !carrier->get(carrier->self, name, 1))
		value = carrier->get(carrier->self, name, 0);
	return value ? view_trim(view_of(value)) : (struct view){NULL, 0};
}

bool carrier_name(const otel_carrier *carrier, size_t index, char *out, size_t cap)
{
	const char *name = NULL;
	struct view v;

	if (OTEL_OFFERS(carrier, key) && index < CARRIER_MAX_NAMES)
		name = carrier->key(carrier->self, index);
	if (!name)
		return false;
	v = view_of(name);
	if (v.len >= cap)
		v.len = 0;
	for (size_t i = 0; i < v.len; i++)
		out[i] = char_lower(v.ptr[i]);
	out[v.len] = '\0';
	return true;
}
