/* SPDX-License-Identifier: Apache-2.0
 *
 * carrier.c - see the header.
 */
#include "plugins/propagation/carrier.h"

#include <string.h>

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
		out[i] = v.ptr[i] >= 'A' && v.ptr[i] <= 'Z' ? (char)(v.ptr[i] - 'A' + 'a') : v.ptr[i];
	out[v.len] = '\0';
	return true;
}

/* token of RFC 9110 */
static bool is_name_char(char c)
{
	bool is_alnum = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

	return is_alnum || (c && strchr("!#$%&'*+-.^_`|~", c));
}

static bool is_value_char(char c)
{
	return c == '\t' || ((uint8_t)c >= 0x20 && c != 0x7f);
}

static bool is_all(struct view v, bool (*is)(char c))
{
	for (size_t i = 0; i < v.len; i++) {
		if (!is(v.ptr[i]))
			return false;
	}
	return true;
}

bool is_header_name(struct view v)
{
	return v.len && is_all(v, is_name_char);
}

bool is_header_value(struct view v)
{
	return is_all(v, is_value_char);
}
