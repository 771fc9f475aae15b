/* SPDX-License-Identifier: Apache-2.0
 *
 * key.c - setters by key handle.
 */
#include "api/own_slot.h"
#include "api/thread.h"

/* A provider older than handles is given names. */
static inline bool takes_keys(const struct otel_provider *provider)
{
	return provider->size >= offsetof(struct otel_provider, set_key_double) + sizeof(provider->set_key_double);
}

/* As those by name in span.c: the usual way is a jump, what is rare stands apart. */
static inline bool is_usual(const struct otel_provider *provider, const otel_key *key)
{
	return key && takes_keys(provider) && !thread_is_shared();
}

static void NOINLINE rare_str(const struct otel_provider *provider, otel_span span, otel_key *key, const char *value,
			      size_t len)
{
	if (!key)
		misuse();
	else if (takes_keys(provider))
		provider->set_key_str(thread_current(), span, key, value, len);
	else
		provider->set_str(thread_current(), span, key->name, key->len, value, len);
}

void otel_span_set_str_kn(otel_span span, otel_key *key, const char *value, size_t len)
{
	const struct otel_provider *provider = recorder_of(span);

	if (!provider)
		return;
	if (LIKELY(is_usual(provider, key)))
		provider->set_key_str(&thread_block, span, key, value, len);
	else
		rare_str(provider, span, key, value, len);
}

/* otel_span_set_bool_k(), otel_span_set_int_k(), otel_span_set_double_k() */
#define SPAN_SET_KEY(type, ctype)                                                                                      \
	static void NOINLINE rare_##type(const struct otel_provider *provider, otel_span span, otel_key *key,          \
					 ctype value)                                                                  \
	{                                                                                                              \
		if (!key)                                                                                              \
			misuse();                                                                                      \
		else if (takes_keys(provider))                                                                         \
			provider->set_key_##type(thread_current(), span, key, value);                                  \
		else                                                                                                   \
			provider->set_##type(thread_current(), span, key->name, key->len, value);                      \
	}                                                                                                              \
                                                                                                                       \
	void otel_span_set_##type##_k(otel_span span, otel_key *key, ctype value)                                      \
	{                                                                                                              \
		const struct otel_provider *provider = recorder_of(span);                                              \
                                                                                                                       \
		if (!provider)                                                                                         \
			return;                                                                                        \
		if (LIKELY(is_usual(provider, key)))                                                                   \
			provider->set_key_##type(&thread_block, span, key, value);                                     \
		else                                                                                                   \
			rare_##type(provider, span, key, value);                                                       \
	}

SPAN_SET_KEY(bool, bool)
SPAN_SET_KEY(int, int64_t)
SPAN_SET_KEY(double, double)
