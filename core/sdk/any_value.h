/* SPDX-License-Identifier: Apache-2.0
 *
 * any_value.h - values within values: arrays of any values and maps, as OTLP AnyValue (common.proto).
 */
#ifndef OTEL_SDK_ANY_VALUE_H
#define OTEL_SDK_ANY_VALUE_H

#include <otel/types.h>

#include "util/buf.h"

#define ANY_VALUE_DEPTH 64 /* greater limits count as this one */

/* Appends the AnyValue of an attribute, the key apart. Strings and bytes are cut to the limit one by one; invalid UTF-8
 * becomes U+FFFD; what lies deeper than `depth` arrays and maps (the value itself is 1) becomes the empty value; of a
 * key that a map has twice the last counts; entries without a key, and values of unknown types, are left out and
 * counted as misuse. False: out of memory, or larger than the buffer may become. Keeps errno. */
bool any_value_encode(struct buf *out, const otel_attr *attr, uint32_t limit, uint32_t depth);

#endif
