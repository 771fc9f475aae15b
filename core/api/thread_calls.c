/* SPDX-License-Identifier: Apache-2.0
 *
 * thread_calls.c - see thread_calls.h.
 */
#include "api/thread_calls.h"
#include "api/thread.h"

static otel_span start_root(struct otel_tracer *tracer, const char *name, size_t name_len, void *sdk)
{
	(void)sdk;
	return span_start_any(tracer, name, name_len, NULL);
}

static void end(otel_span span, uint64_t end_time_ns, void *sdk)
{
	const struct otel_provider *provider = provider_of(span);

	(void)sdk;
	if (provider)
		provider->span_end(thread_current(), span, end_time_ns);
}

static void add_event(otel_span span, const char *name, uint64_t time_ns, const otel_attr *attrs, size_t count,
		      void *sdk)
{
	const struct otel_provider *provider = recorder_of(span);

	(void)sdk;
	if (provider)
		provider->add_event(thread_current(), span, name, time_ns, attrs, count);
}

static void set_str(otel_span span, const char *key, size_t key_len, const char *value, size_t value_len, void *sdk)
{
	const struct otel_provider *provider = recorder_of(span);

	(void)sdk;
	if (provider)
		provider->set_str(thread_current(), span, key, key_len, value, value_len);
}

/* A provider older than handles is given names. */
static bool takes_keys(const struct otel_provider *provider)
{
	return provider->size >= offsetof(struct otel_provider, set_key_double) + sizeof(provider->set_key_double);
}

static void set_key_str(otel_span span, otel_key *key, const char *value, size_t value_len, void *sdk)
{
	const struct otel_provider *provider = recorder_of(span);

	(void)sdk;
	if (!provider)
		return;
	if (!key)
		misuse();
	else if (takes_keys(provider))
		provider->set_key_str(thread_current(), span, key, value, value_len);
	else
		provider->set_str(thread_current(), span, key->name, key->len, value, value_len);
}

/* The same for values of one word. */
#define SET(type, ctype)                                                                                               \
	static void set_##type(otel_span span, const char *key, size_t key_len, ctype value, void *sdk)                \
	{                                                                                                              \
		const struct otel_provider *provider = recorder_of(span);                                              \
                                                                                                                       \
		(void)sdk;                                                                                             \
		if (provider)                                                                                          \
			provider->set_##type(thread_current(), span, key, key_len, value);                             \
	}                                                                                                              \
                                                                                                                       \
	static void set_key_##type(otel_span span, otel_key *key, ctype value, void *sdk)                              \
	{                                                                                                              \
		const struct otel_provider *provider = recorder_of(span);                                              \
                                                                                                                       \
		(void)sdk;                                                                                             \
		if (!provider)                                                                                         \
			return;                                                                                        \
		if (!key)                                                                                              \
			misuse();                                                                                      \
		else if (takes_keys(provider))                                                                         \
			provider->set_key_##type(thread_current(), span, key, value);                                  \
		else                                                                                                   \
			provider->set_##type(thread_current(), span, key->name, key->len, value);                      \
	}

SET(bool, bool)
SET(int, int64_t)
SET(double, double)

const struct otel_thread_calls thread_calls_any = {
	.start_root = start_root,
	.end = end,
	.set_str = set_str,
	.set_bool = set_bool,
	.set_int = set_int,
	.set_double = set_double,
	.set_key_str = set_key_str,
	.set_key_bool = set_key_bool,
	.set_key_int = set_key_int,
	.set_key_double = set_key_double,
	.add_event = add_event,
};
