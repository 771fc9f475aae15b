/* SPDX-License-Identifier: Apache-2.0
 *
 * span_fuzz.c - any calls on a span, in any order, with any keys and values: what is recorded is a valid OTLP span
 * within its limits, in which no key occurs twice. The bytes are read as calls: what, which key, how long a value, the
 * value.
 */
#include "span_input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ATTRS = 12, EVENTS = 4, LINKS = 3, EVENT_ATTRS = 3, LINK_ATTRS = 2 };

static void call(struct input *in, otel_span span)
{
	const uint8_t what = take(in);
	const struct msg key = take_key(in), value = take_text(in, 255);
	const otel_attr attrs[] = {take_attr(in), take_attr(in), take_attr(in), take_attr(in)};
	const size_t count = take(in) % 5;
	char text[256];

	memcpy(text, value.p, value.len);
	text[value.len] = '\0';
	const otel_link link = {.span_context = {.trace_id = {what}, .span_id = {1}},
				.tracestate = text,
				.attrs = attrs,
				.attr_count = count};
	switch (what % 10) {
	case 0:
		CALL(set_int, span, (const char *)key.p, key.len, (int64_t)count);
		break;
	case 1:
		CALL(set_bool, span, (const char *)key.p, key.len, count & 1);
		break;
	case 2:
		CALL(set_double, span, (const char *)key.p, key.len, (double)count);
		break;
	case 3:
		P->set_attrs(T, span, attrs, count);
		break;
	case 4:
		CALL(add_event, span, text, count, attrs, count);
		break;
	case 5:
		P->add_link(T, span, &link);
		break;
	case 6:
		P->update_name(T, span, text);
		break;
	case 7:
		P->set_status(T, span, (otel_status_code)count, text);
		break;
	case 8:
		P->record_exception(T, span, text, text, text, attrs, count);
		break;
	default:
		CALL(set_str, span, (const char *)key.p, key.len, (const char *)value.p, value.len);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool ready;
	struct input in = {data, data + size};

	if (!ready) {
		struct provider_options options = test_options("always_on");
		options.limits = (struct span_limits){.attr_count = ATTRS,
						      .attr_value_len = 20,
						      .attr_depth = 3,
						      .event_count = EVENTS,
						      .link_count = LINKS,
						      .event_attr_count = EVENT_ATTRS,
						      .link_attr_count = LINK_ATTRS};
		test_provider_with(&options);
		ready = true;
	}
	const otel_span span = test_start("fuzzed");
	while (in.at < in.end)
		call(&in, span);
	test_end(span);
	if (test_take() != 1)
		abort();
	const struct msg ended = test_span(0);
	span_check(ended, true);
	if (msg_count(ended, 9) > ATTRS || msg_count(ended, 11) > EVENTS || msg_count(ended, 13) > LINKS)
		abort();
	return 0;
}
