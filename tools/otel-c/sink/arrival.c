/* SPDX-License-Identifier: Apache-2.0
 *
 * arrival.c - spans are read and checked; data points and log records are looked through,
 * counted, and kept as they came.
 */
#include "tools/otel-c/sink/arrival.h"

#include <stdio.h>

#include "otlp/text/check.h"
#include "otlp/text/json.h"
#include "sdk/request_items.h"

const char *sink_items_of(otel_signal signal)
{
	if (signal == OTEL_SIGNAL_TRACES)
		return "spans";
	return signal == OTEL_SIGNAL_METRICS ? "data points" : "log records";
}

static enum otlp_verdict read_spans(struct sink_arrival *arrival, struct view body, struct otlp_fault *fault)
{
	enum otlp_verdict verdict = otlp_request_decode((const uint8_t *)body.ptr, body.len, &arrival->spans, fault);

	if (verdict == OTLP_GOOD)
		verdict = otlp_request_check(arrival->spans, fault);
	if (verdict == OTLP_GOOD)
		arrival->items = arrival->spans->spans;
	else
		sink_arrival_fini(arrival);
	return verdict;
}

/* What can be told in JSON has all its fields in their types. */
static enum otlp_verdict check_fields(otel_signal signal, struct view body, struct otlp_fault *fault)
{
	enum otlp_verdict verdict = OTLP_GOOD;
	struct buf json;

	buf_init(&json, SIZE_MAX - 1);
	if (!otlp_json_request(&json, signal, (const uint8_t *)body.ptr, body.len))
		verdict = json.failed ? OTLP_NO_MEMORY : OTLP_MALFORMED;
	if (verdict == OTLP_NO_MEMORY)
		snprintf(fault->text, sizeof fault->text, "out of memory");
	else if (verdict != OTLP_GOOD)
		snprintf(fault->text, sizeof fault->text, "not protobuf, or not a request that holds %s",
			 sink_items_of(signal));
	buf_fini(&json);
	return verdict;
}

static enum otlp_verdict read_others(struct sink_arrival *arrival, struct view body, struct otlp_fault *fault)
{
	enum otlp_verdict verdict = check_fields(arrival->signal, body, fault);
	uint32_t items;

	if (verdict != OTLP_GOOD)
		return verdict;
	buf_init(&arrival->request, SINK_BODY_MAX);
	if (request_count(arrival->signal, (const uint8_t *)body.ptr, body.len, &items) &&
	    buf_append(&arrival->request, body.ptr, body.len)) {
		arrival->items = items;
		return OTLP_GOOD;
	}
	snprintf(fault->text, sizeof fault->text, "out of memory, or more items than can be counted");
	return OTLP_NO_MEMORY;
}

static enum otlp_verdict read_protobuf(struct sink_arrival *arrival, struct view body, struct otlp_fault *fault)
{
	return (arrival->signal == OTEL_SIGNAL_TRACES ? read_spans : read_others)(arrival, body, fault);
}

static enum otlp_verdict read_json(struct sink_arrival *arrival, struct view body, struct otlp_fault *fault)
{
	uint32_t signals = arrival->signal;
	enum otlp_verdict verdict;
	struct buf bytes;

	buf_init(&bytes, SINK_BODY_MAX);
	verdict = otlp_json_read(&bytes, &signals, body.ptr, body.len, fault);
	if (verdict == OTLP_GOOD)
		verdict = read_protobuf(arrival, (struct view){(const char *)bytes.data, bytes.len}, fault);
	buf_fini(&bytes);
	return verdict;
}

enum otlp_verdict sink_arrival_read(struct sink_arrival *arrival, struct view body, struct otlp_fault *fault)
{
	return (arrival->encoding == SINK_JSON ? read_json : read_protobuf)(arrival, body, fault);
}

void sink_arrival_fini(struct sink_arrival *arrival)
{
	otlp_request_unref(arrival->spans);
	arrival->spans = NULL;
	buf_fini(&arrival->request);
}
