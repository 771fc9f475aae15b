/* SPDX-License-Identifier: Apache-2.0
 *
 * key.c - setters by key handle.
 */
#include "api/own_slot.h"
#include "api/thread.h"

static inline const struct otel_provider *key_provider(otel_span span, const otel_key *key)
{
	if (LIKELY(key != NULL))
		return recorder_of(span);
	misuse();
	return NULL;
}

/* A provider older than handles is given names. */
static inline bool takes_keys(const struct otel_provider *provider)
{
	return provider->size >= offsetof(struct otel_provider, set_key_double) + sizeof(provider->set_key_double);
}

void otel_span_set_str_kn(otel_span span, otel_key *key, const char *value, size_t len)
{
	const struct otel_provider *provider = key_provider(span, key);

	if (!provider)
		return;
	if (LIKELY(takes_keys(provider)))
		provider->set_key_str(thread_current(), span, key, value, len);
	else
		provider->set_str(thread_current(), span, key->name, key->len, value, len);
}

void otel_span_set_bool_k(otel_span span, otel_key *key, bool value)
{
	const struct otel_provider *provider = key_provider(span, key);

	if (!provider)
		return;
	if (LIKELY(takes_keys(provider)))
		provider->set_key_bool(thread_current(), span, key, value);
	else
		provider->set_bool(thread_current(), span, key->name, key->len, value);
}

void otel_span_set_int_k(otel_span span, otel_key *key, int64_t value)
{
	const struct otel_provider *provider = key_provider(span, key);

	if (!provider)
		return;
	if (LIKELY(takes_keys(provider)))
		provider->set_key_int(thread_current(), span, key, value);
	else
		provider->set_int(thread_current(), span, key->name, key->len, value);
}

void otel_span_set_double_k(otel_span span, otel_key *key, double value)
{
	const struct otel_provider *provider = key_provider(span, key);

	if (!provider)
		return;
	if (LIKELY(takes_keys(provider)))
		provider->set_key_double(thread_current(), span, key, value);
	else
		provider->set_double(thread_current(), span, key->name, key->len, value);
}
