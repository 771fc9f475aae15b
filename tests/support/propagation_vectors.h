/* SPDX-License-Identifier: Apache-2.0
 *
 * propagation_vectors.h - the rows of tests/vectors/propagation-vectors.json that read and write headers, put to the
 * public calls.
 */
#ifndef TESTS_SUPPORT_PROPAGATION_VECTORS_H
#define TESTS_SUPPORT_PROPAGATION_VECTORS_H

#include <check.h>
#include <jansson.h>
#include <stdio.h>

#include "core/api/header_list.h"

static json_t *document;
static json_t *vectors;

static inline void vectors_load(void)
{
	const char *source = getenv("OTEL_C_TEST_SOURCE");
	char path[4096];
	json_error_t error;

	snprintf(path, sizeof(path), "%s/tests/vectors/propagation-vectors.json", source ? source : ".");
	document = json_load_file(path, 0, &error);
	ck_assert_msg(document != NULL, "%s: %s", path, error.text);
	vectors = json_object_get(document, "vectors");
}

static inline void vectors_unload(void)
{
	json_decref(document);
}

static inline const char *text(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static inline void fill(struct header_list *list, const json_t *headers)
{
	size_t i;
	json_t *pair;

	json_array_foreach((json_t *)headers, i, pair) header_list_add(list, json_string_value(json_array_get(pair, 0)),
								       json_string_value(json_array_get(pair, 1)));
}

/* [["k", "v"], …] as "k=v,…" */
static inline void join(char *out, size_t cap, const json_t *pairs)
{
	size_t len = 0;
	size_t i;
	json_t *pair;

	*out = '\0';
	json_array_foreach((json_t *)pairs, i, pair) len += (size_t)snprintf(
		out + len, cap - len, "%s%s=%s", i ? "," : "", json_string_value(json_array_get(pair, 0)),
		json_string_value(json_array_get(pair, 1)));
}

static inline void expect_hex(const char *id, const json_t *expected, const char *key, const uint8_t *bytes, size_t len)
{
	char hex[33] = "";

	if (!text(expected, key))
		return;
	for (size_t i = 0; i < len; i++)
		snprintf(hex + 2 * i, 3, "%02x", bytes[i]);
	ck_assert_msg(!strcmp(hex, text(expected, key)), "%s: %s is %s", id, key, hex);
}

static inline void expect_bit(const char *id, const json_t *expected, const char *key, bool is)
{
	const json_t *want = json_object_get(expected, key);

	ck_assert_msg(!want || json_is_true(want) == is, "%s: %s is %d", id, key, is);
}

static inline void expect_tracestate(const char *id, const json_t *expected, const char *is)
{
	const json_t *want = json_object_get(expected, "tracestate");
	json_t *choices = json_object_get(expected, "tracestate_any_of");
	char joined[32768];
	json_t *choice;
	size_t i;

	if (want) {
		join(joined, sizeof(joined), want);
		ck_assert_msg(!strcmp(is, joined), "%s: tracestate \"%s\", not \"%s\"", id, is, joined);
	}
	if (!choices)
		return;
	json_array_foreach(choices, i, choice)
	{
		join(joined, sizeof(joined), choice);
		if (!strcmp(is, joined))
			return;
	}
	ck_abort_msg("%s: tracestate \"%s\" is none of those allowed", id, is);
}

static inline void expect_baggage(const char *id, const json_t *expected, const otel_baggage *baggage)
{
	json_t *want = json_object_get(expected, "baggage");
	json_t *metadata = json_object_get(expected, "metadata");
	const char *name;
	json_t *value;

	if (!want)
		return;
	ck_assert_msg(otel_baggage_count(baggage) == json_object_size(want), "%s: %zu entries", id,
		      otel_baggage_count(baggage));
	for (size_t i = 0; i < otel_baggage_count(baggage); i++) {
		otel_baggage_entry e = otel_baggage_at(baggage, i);
		const char *meta = text(metadata, e.name);
		ck_assert_msg(!strcmp(e.metadata, meta ? meta : ""), "%s: metadata of %s is \"%s\"", id, e.name,
			      e.metadata);
	}
	json_object_foreach(want, name, value)
	{
		const char *is = otel_baggage_value(baggage, name);
		ck_assert_msg(is && !strcmp(is, json_string_value(value)), "%s: %s is \"%s\"", id, name,
			      is ? is : "(absent)");
	}
}

/* Debug is no part of a span context: it shows in what is sent on. */
static inline void expect_debug_sent_on(const char *id, const json_t *expected, const otel_context *context)
{
	const json_t *want = json_object_get(expected, "debug");
	struct header_list list = {0};
	otel_carrier carrier = header_list_carrier(&list);
	const char *b3;
	const char *flags;
	const char *uber;
	bool is;

	if (!want)
		return;
	otel_inject(context, &carrier);
	b3 = header_list_get(&list, "b3", 0);
	flags = header_list_get(&list, "x-b3-flags", 0);
	uber = header_list_get(&list, "uber-trace-id", 0);
	is = (b3 && !strcmp(b3 + strlen(b3) - 2, "-d")) || (flags && !strcmp(flags, "1")) ||
	     (uber && strtoul(strrchr(uber, ':') + 1, NULL, 16) & 2);
	ck_assert_msg(is == json_is_true(want), "%s: debug is %d", id, is);
	header_list_clear(&list);
}

static inline void expect_flags_sent_on(const char *id, const json_t *expected, const otel_context *context)
{
	struct header_list list = {0};
	otel_carrier carrier = header_list_carrier(&list);
	const char *want = text(expected, "out_flags");
	const char *header;

	if (!want)
		return;
	otel_inject(context, &carrier);
	header = header_list_get(&list, "traceparent", 0);
	ck_assert_msg(header && strlen(header) == 55 && !strcmp(header + 53, want), "%s: sent on as %s", id, header);
	header_list_clear(&list);
}

static inline void check_extract(const json_t *vector)
{
	const char *id = text(vector, "id");
	const json_t *expected = json_object_get(vector, "expected");
	bool valid = json_is_true(json_object_get(expected, "valid"));
	struct header_list list = {0};
	otel_carrier carrier = header_list_carrier(&list);
	otel_context *context;
	otel_span_context sc;

	fill(&list, json_object_get(vector, "headers"));
	context = otel_extract(NULL, &carrier);
	sc = otel_context_span_context(context);
	ck_assert_msg((context != NULL) == valid, "%s: %s", id, context ? "accepted" : "refused");
	ck_assert_msg(sc.is_remote == (text(expected, "trace_id") != NULL), "%s: is_remote", id);
	expect_hex(id, expected, "trace_id", sc.trace_id, 16);
	expect_hex(id, expected, "span_id", sc.span_id, 8);
	expect_bit(id, expected, "sampled", sc.trace_flags & OTEL_TRACE_FLAG_SAMPLED);
	expect_bit(id, expected, "random", sc.trace_flags & OTEL_TRACE_FLAG_RANDOM);
	expect_tracestate(id, expected, otel_context_tracestate(context));
	expect_baggage(id, expected, otel_context_baggage(context));
	expect_flags_sent_on(id, expected, context);
	expect_debug_sent_on(id, expected, context);
	otel_context_unref(context);
	header_list_clear(&list);
}

static inline void from_hex(uint8_t *out, const char *hex, size_t len)
{
	for (size_t i = 0; i < len; i++)
		ck_assert_int_eq(sscanf(hex + 2 * i, "%2hhx", &out[i]), 1);
}

/* The only way into a context for debug is a header. */
static inline otel_context *make_debug_context(const json_t *from)
{
	struct header_list list = {0};
	otel_carrier carrier = header_list_carrier(&list);
	otel_context *context;
	char b3[64];

	snprintf(b3, sizeof(b3), "%s-%s-d", text(from, "trace_id"), text(from, "span_id"));
	header_list_add(&list, "b3", b3);
	context = otel_extract(NULL, &carrier);
	header_list_clear(&list);
	return context;
}

static inline otel_context *make_context(const json_t *from)
{
	otel_span_context sc = {0};
	otel_context *context = NULL;
	otel_context *whole;
	otel_baggage *baggage = NULL;
	char tracestate[1024];
	const char *name;
	json_t *value;

	if (json_is_true(json_object_get(from, "debug")))
		return make_debug_context(from);
	if (text(from, "trace_id")) {
		from_hex(sc.trace_id, text(from, "trace_id"), 16);
		from_hex(sc.span_id, text(from, "span_id"), 8);
		sc.trace_flags = (json_is_true(json_object_get(from, "sampled")) ? OTEL_TRACE_FLAG_SAMPLED : 0) |
				 (json_is_true(json_object_get(from, "random")) ? OTEL_TRACE_FLAG_RANDOM : 0);
		join(tracestate, sizeof(tracestate), json_object_get(from, "tracestate"));
		context = otel_context_with_span_context(NULL, &sc, tracestate);
	}
	json_object_foreach(json_object_get(from, "baggage"), name, value)
	{
		otel_baggage *with = otel_baggage_with(baggage, name, json_string_value(value),
						       text(json_object_get(from, "metadata"), name));
		otel_baggage_unref(baggage);
		baggage = with;
	}
	whole = otel_context_with_baggage(context, baggage);
	otel_baggage_unref(baggage);
	otel_context_unref(context);
	return whole;
}

static inline void check_inject(const json_t *vector)
{
	const char *id = text(vector, "id");
	json_t *want = json_object_get(json_object_get(vector, "expected"), "headers");
	otel_context *context = make_context(json_object_get(vector, "context"));
	struct header_list list = {0};
	otel_carrier carrier = header_list_carrier(&list);
	json_t *pair;
	size_t i;

	otel_inject(context, &carrier);
	ck_assert_msg(list.count == json_array_size(want), "%s: %zu headers", id, list.count);
	json_array_foreach(want, i, pair)
	{
		const char *value = header_list_get(&list, json_string_value(json_array_get(pair, 0)), 0);
		ck_assert_msg(value && !strcmp(value, json_string_value(json_array_get(pair, 1))), "%s: %s", id,
			      value ? value : "(absent)");
	}
	otel_context_unref(context);
	header_list_clear(&list);
}

/* Checks the rows of this kind that `wanted` lets through, and says how many there were. */
static inline unsigned check_all(const char *op, bool (*wanted)(const json_t *vector),
				 void (*check)(const json_t *vector))
{
	unsigned count = 0;
	json_t *vector;
	size_t i;

	json_array_foreach(vectors, i, vector)
	{
		if (strcmp(text(vector, "op"), op) != 0 || !wanted(vector))
			continue;
		check(vector);
		count++;
	}
	return count;
}

#endif
