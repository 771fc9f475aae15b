/* SPDX-License-Identifier: Apache-2.0
 *
 * resource_list.h - OTEL_RESOURCE_ATTRIBUTES: key=value,key2=value2, both percent-decoded
 * (specification/resource/sdk.md). Pure.
 */
#ifndef OTEL_SDK_RESOURCE_LIST_H
#define OTEL_SDK_RESOURCE_LIST_H

#include <stdbool.h>
#include <stddef.h>

typedef void resource_list_fn(void *arg, const char *key, const char *value);

struct resource_list_error {
	size_t position; /* of the element, from 1 */
	const char *why; /* static sentence */
};

/* Calls each() for every pair, in order. One bad element makes the whole text count for nothing: false, *error filled,
 * each() never called. Empty elements (a trailing comma) are none. */
bool resource_list_read(const char *text, resource_list_fn *each, void *arg, struct resource_list_error *error);

#endif
