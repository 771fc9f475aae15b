/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/attr.h - makers of attributes, for the calls that take several at once.
 *
 *     otel_span_add_event_with(span, "payment_completed", 0, OTEL_ATTRS(
 *         otel_attr_str("payment.method", "card"), otel_attr_int("payment.cents", 1999)));
 */
#ifndef OTEL_ATTR_H
#define OTEL_ATTR_H

#include <otel/types.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Length of a string in bytes; NULL counts as empty. Folded at compile time for literals. */
static inline size_t otel_strlen(const char *s)
{
	return s ? strlen(s) : 0;
}

/* The makers below (specification/common/README.md, Attribute) borrow key and value: both must live until the attribute
 * was passed to a call, which copies them. They cannot fail and allocate nothing. A key that is NULL or empty makes an
 * attribute that is ignored and counted as misuse. Which keys to use is said by the semantic conventions. */

/* The common part; programs use the typed makers. */
static inline otel_attr otel_attr_make(const char *key, otel_attr_type type, size_t count)
{
	otel_attr a;
	memset(&a, 0, sizeof a);
	a.key = key;
	a.key_len = otel_strlen(key);
	a.type = (uint32_t)type;
	a.count = count;
	return a;
}

/* String of UTF-8; NULL is recorded as the empty value. */
static inline otel_attr otel_attr_str(const char *key, const char *value)
{
	otel_attr a = otel_attr_make(key, OTEL_ATTR_STRING, otel_strlen(value));
	a.value.str = value;
	return a;
}

/* A boolean. */
static inline otel_attr otel_attr_bool(const char *key, bool value)
{
	otel_attr a = otel_attr_make(key, OTEL_ATTR_BOOL, 0);
	a.value.b = value;
	return a;
}

/* A signed 64-bit integer: counts, sizes, codes. */
static inline otel_attr otel_attr_int(const char *key, int64_t value)
{
	otel_attr a = otel_attr_make(key, OTEL_ATTR_INT, 0);
	a.value.i = value;
	return a;
}

/* An IEEE 754 double; infinities and NaN are recorded as they are. */
static inline otel_attr otel_attr_double(const char *key, double value)
{
	otel_attr a = otel_attr_make(key, OTEL_ATTR_DOUBLE, 0);
	a.value.d = value;
	return a;
}

/* Any bytes, len of them; NULL counts as none. Text belongs into otel_attr_str(). */
static inline otel_attr otel_attr_bytes(const char *key, const void *bytes, size_t len)
{
	otel_attr a = otel_attr_make(key, OTEL_ATTR_BYTES, len);
	a.value.bytes = bytes;
	return a;
}

/* count terminated strings of UTF-8; a NULL element is recorded as the empty value. This and the arrays below keep the
 * order of their elements, and are borrowed as a whole: the array and what it points to. */
static inline otel_attr otel_attr_str_array(const char *key, const char *const *values, size_t count)
{
	otel_attr a = otel_attr_make(key, OTEL_ATTR_STRING_ARRAY, count);
	a.value.strs = values;
	return a;
}

/* count booleans. */
static inline otel_attr otel_attr_bool_array(const char *key, const bool *values, size_t count)
{
	otel_attr a = otel_attr_make(key, OTEL_ATTR_BOOL_ARRAY, count);
	a.value.bools = values;
	return a;
}

/* count signed 64-bit integers. */
static inline otel_attr otel_attr_int_array(const char *key, const int64_t *values, size_t count)
{
	otel_attr a = otel_attr_make(key, OTEL_ATTR_INT_ARRAY, count);
	a.value.ints = values;
	return a;
}

/* count doubles. */
static inline otel_attr otel_attr_double_array(const char *key, const double *values, size_t count)
{
	otel_attr a = otel_attr_make(key, OTEL_ATTR_DOUBLE_ARRAY, count);
	a.value.doubles = values;
	return a;
}

/* count values of any types, in this order: items are attributes whose keys are ignored, borrowed with all that they point
 * to. Nested deeper than the SDK's limit (64 arrays and maps in one another) they become empty values. */
static inline otel_attr otel_attr_array(const char *key, const otel_attr *items, size_t count)
{
	otel_attr a = otel_attr_make(key, OTEL_ATTR_ARRAY, count);
	a.value.items = items;
	return a;
}

/* A map from strings to values of any types, borrowed likewise: the items' keys are its keys; of one that is there twice
 * the last counts. */
static inline otel_attr otel_attr_map(const char *key, const otel_attr *items, size_t count)
{
	otel_attr a = otel_attr_make(key, OTEL_ATTR_MAP, count);
	a.value.items = items;
	return a;
}

/* The empty value, which is not the absence of the attribute. */
static inline otel_attr otel_attr_empty(const char *key)
{
	return otel_attr_make(key, OTEL_ATTR_EMPTY, 0);
}

/* A list of attributes as the two arguments (array, count). C only. The array lives until the enclosing block ends; each
 * maker in the list is called once. */
#define OTEL_ATTRS(...) (const otel_attr[]){__VA_ARGS__}, sizeof((const otel_attr[]){__VA_ARGS__}) / sizeof(otel_attr)

#ifdef __cplusplus
}
#endif
#endif
