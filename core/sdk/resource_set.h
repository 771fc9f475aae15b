/* SPDX-License-Identifier: Apache-2.0
 *
 * resource_set.h - attributes by key, a later one replacing an earlier one, and their OTLP bytes.
 */
#ifndef OTEL_SDK_RESOURCE_SET_H
#define OTEL_SDK_RESOURCE_SET_H

#include <otel/types.h>

#define RESOURCE_SET_MAX 1024u

struct resource_item {
	char *key;
	uint8_t *value; /* AnyValue */
	size_t value_len;
};

/* All zero is empty. */
struct resource_set {
	struct resource_item *items;
	size_t count;
	size_t cap;
};

/* Copies; text is made valid UTF-8. false: no key, a type that does not exist, full, or out of memory. */
bool resource_set_put(struct resource_set *set, const otel_attr *attr);
bool resource_set_text(struct resource_set *set, const char *key, const char *text);
bool resource_set_int(struct resource_set *set, const char *key, int64_t value);

bool resource_set_has(const struct resource_set *set, const char *key);

/* Copies all of `from`, which wins; what does not fit is left out. */
void resource_set_merge(struct resource_set *set, const struct resource_set *from);

/* The value as a terminated string, the caller frees; NULL if it is absent or no text. */
char *resource_set_get_text(const struct resource_set *set, const char *key);

/* ResourceSpans field 1 with the whole Resource; malloc'ed, the caller frees. NULL when out of memory. */
uint8_t *resource_set_encode(const struct resource_set *set, size_t *len);

void resource_set_fini(struct resource_set *set);

#endif
