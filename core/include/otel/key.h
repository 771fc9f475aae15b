/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/key.h - keys of attributes as static handles: what there is to know of a key is found out once, not at each call.
 *
 *     OTEL_KEY(order_id, "order.id");
 *     ...
 *     otel_span_set_int_k(span, &order_id, 42);
 *
 * For code that sets the same keys very often. Everywhere else the plain setters of otel/span.h do.
 */
#ifndef OTEL_KEY_H
#define OTEL_KEY_H

#include <otel/attr.h>
#include <otel/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A key. Made by OTEL_KEY alone, lives as long as the program. Layout fixed for ever. */
typedef struct otel_key {
	const char *name; /* UTF-8 */
	uint32_t len;     /* bytes */
	uint32_t reserved;
	uint64_t cache; /* the SDK's; any thread */
} otel_key;

/* Declares `var`, static, for the key that the string literal names (semantic conventions' constants are literals too). */
#define OTEL_KEY(var, literal)                                                                                         \
	static otel_key var __attribute__((unused)) = {literal "", (uint32_t)(sizeof(literal) - 1), 0, 0}

/* As the setters of otel/span.h without _k (specification/trace/api.md, Set Attributes): any thread, never fail, copy
 * what they are given. key NULL counts as misuse. value of len bytes need not be terminated; NULL is the empty value. */
OTEL_EXPORT void otel_span_set_str_kn(otel_span span, otel_key *key, const char *value, size_t len);
OTEL_EXPORT void otel_span_set_bool_k(otel_span span, otel_key *key, bool value);
OTEL_EXPORT void otel_span_set_int_k(otel_span span, otel_key *key, int64_t value);
OTEL_EXPORT void otel_span_set_double_k(otel_span span, otel_key *key, double value);

/* The form for terminated strings; the length of a literal is known to the compiler. */
static inline void otel_span_set_str_k(otel_span span, otel_key *key, const char *value)
{
	otel_span_set_str_kn(span, key, value, otel_strlen(value));
}

#ifdef __cplusplus
}
#endif
#endif
