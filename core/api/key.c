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

static void NOINLINE rare_bool(const struct otel_provider *provider, otel_span span, otel_key *key, bool value)
{
	if (!key)
		misuse();
	else if (takes_keys(provider))
		provider->set_key_bool(thread_current(), span, key, value);
	else
		provider->set_bool(thread_current(), span, key->name, key->len, value);
}

void otel_span_set_bool_k(otel_span span, otel_key *key, bool value)
{
	const struct otel_provider *provider = recorder_of(span);

	if (!provider)
		return;
	if (LIKELY(is_usual(provider, key)))
		provider->set_key_bool(&thread_block, span, key, value);
	else
		rare_bool(provider, span, key, value);
}

static void NOINLINE rare_int(const struct otel_provider *provider, otel_span span, otel_key *key, int64_t value)
{
	if (!key)
		misuse();
	else if (takes_keys(provider))
		provider->set_key_int(thread_current(), span, key, value);
	else
		provider->set_int(thread_current(), span, key->name, key->len, value);
}

void otel_span_set_int_k(otel_span span, otel_key *key, int64_t value)
{
	const struct otel_provider *provider = recorder_of(span);

	if (!provider)
		return;
	if (LIKELY(is_usual(provider, key)))
		provider->set_key_int(&thread_block, span, key, value);
	else
		rare_int(provider, span, key, value);
}

static void NOINLINE rare_double(const struct otel_provider *provider, otel_span span, otel_key *key, double value)
{
	if (!key)
		misuse();
	else if (takes_keys(provider))
		provider->set_key_double(thread_current(), span, key, value);
	else
		provider->set_double(thread_current(), span, key->name, key->len, value);
}

void otel_span_set_double_k(otel_span span, otel_key *key, double value)
{
	const struct otel_provider *provider = recorder_of(span);

	if (!provider)
		return;
	if (LIKELY(is_usual(provider, key)))
		provider->set_key_double(&thread_block, span, key, value);
	else
		rare_double(provider, span, key, value);
}
