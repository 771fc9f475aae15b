/* SPDX-License-Identifier: Apache-2.0
 *
 * request.c - decoding with a survey in front: protobuf-c recurses without limit and spends up to a hundred bytes of
 * memory on one of input, so depth and number of fields are counted before it sees the bytes.
 */
#include "otlp/text/request.h"

#include <stdio.h>
#include <stdlib.h>

#include "util/wire.h"

/* Spans sit at depth 3 and an attribute's value at 5: room for lists nested into lists some 45 times. */
#define SURVEY_MAX_DEPTH  100
#define SURVEY_MAX_FIELDS (8u * 1024 * 1024)

struct survey {
	size_t fields;
	struct otlp_fault *fault;
};

static enum otlp_verdict survey_message(struct survey *s, const ProtobufCMessageDescriptor *type, const uint8_t *data,
					size_t len, unsigned depth);

static enum otlp_verdict survey_field(struct survey *s, const ProtobufCMessageDescriptor *type,
				      const struct wire_field *field, unsigned depth)
{
	const ProtobufCFieldDescriptor *known = protobuf_c_message_descriptor_get_field(type, field->number);

	if (++s->fields > SURVEY_MAX_FIELDS) {
		snprintf(s->fault->text, sizeof(s->fault->text), "more than %u fields in one request",
			 SURVEY_MAX_FIELDS);
		return OTLP_TOO_LARGE;
	}
	if (!known || known->type != PROTOBUF_C_TYPE_MESSAGE || field->type != WIRE_LEN)
		return OTLP_GOOD;
	return survey_message(s, known->descriptor, field->data, field->len, depth + 1);
}

static enum otlp_verdict survey_message(struct survey *s, const ProtobufCMessageDescriptor *type, const uint8_t *data,
					size_t len, unsigned depth)
{
	struct wire_reader reader = wire_read(data, len);
	enum otlp_verdict verdict = OTLP_GOOD;
	struct wire_field field;
	bool ok = true;

	if (depth > SURVEY_MAX_DEPTH) {
		snprintf(s->fault->text, sizeof(s->fault->text), "messages nested deeper than %d levels",
			 SURVEY_MAX_DEPTH);
		return OTLP_MALFORMED;
	}
	while (verdict == OTLP_GOOD && wire_next(&reader, &field, &ok))
		verdict = survey_field(s, type, &field, depth);
	if (verdict != OTLP_GOOD || ok)
		return verdict;
	snprintf(s->fault->text, sizeof(s->fault->text), "not protobuf: a field inside %s is cut short or has no type",
		 type->short_name);
	return OTLP_MALFORMED;
}

static size_t count_spans(const Otlp__ExportTraceServiceRequest *message)
{
	size_t count = 0;

	for (size_t i = 0; i < message->n_resource_spans; i++) {
		const Otlp__ResourceSpans *resource_spans = message->resource_spans[i];
		for (size_t k = 0; k < resource_spans->n_scope_spans; k++)
			count += resource_spans->scope_spans[k]->n_spans;
	}
	return count;
}

enum otlp_verdict otlp_request_decode(const uint8_t *data, size_t len, struct otlp_request **out,
				      struct otlp_fault *fault)
{
	struct survey survey = {.fault = fault};
	struct otlp_request *request;
	enum otlp_verdict verdict;

	*out = NULL;
	verdict = survey_message(&survey, &otlp__export_trace_service_request__descriptor, data, len, 0);
	if (verdict != OTLP_GOOD)
		return verdict;
	request = calloc(1, sizeof(*request));
	if (!request) {
		snprintf(fault->text, sizeof(fault->text), "out of memory");
		return OTLP_NO_MEMORY;
	}
	request->message = otlp__export_trace_service_request__unpack(NULL, len, data);
	if (!request->message) {
		/* The survey passed, so what is left is a known field whose wire type is not the one of OTLP. */
		snprintf(fault->text, sizeof(fault->text),
			 "not an ExportTraceServiceRequest: a field has another type");
		free(request);
		return OTLP_MALFORMED;
	}
	request->bytes = len;
	request->spans = count_spans(request->message);
	request->refs = 1;
	*out = request;
	return OTLP_GOOD;
}

struct otlp_request *otlp_request_ref(struct otlp_request *request)
{
	request->refs++;
	return request;
}

void otlp_request_unref(struct otlp_request *request)
{
	if (!request || --request->refs)
		return;
	otlp__export_trace_service_request__free_unpacked(request->message, NULL);
	free(request);
}
