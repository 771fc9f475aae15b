/* SPDX-License-Identifier: Apache-2.0
 *
 * key.c - setters by key handle.
 */
#include "api/thread.h"

void otel_span_set_str_kn(otel_span span, otel_key *key, const char *value, size_t len)
{
	const struct otel_thread_calls *calls = thread_calls();

	calls->set_key_str(span, key, value, len, thread_block.sdk);
}

void otel_span_set_bool_k(otel_span span, otel_key *key, bool value)
{
	const struct otel_thread_calls *calls = thread_calls();

	calls->set_key_bool(span, key, value, thread_block.sdk);
}

void otel_span_set_int_k(otel_span span, otel_key *key, int64_t value)
{
	const struct otel_thread_calls *calls = thread_calls();

	calls->set_key_int(span, key, value, thread_block.sdk);
}

void otel_span_set_double_k(otel_span span, otel_key *key, double value)
{
	const struct otel_thread_calls *calls = thread_calls();

	calls->set_key_double(span, key, value, thread_block.sdk);
}
