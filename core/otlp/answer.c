/* SPDX-License-Identifier: Apache-2.0
 *
 * answer.c - see the header. As everywhere in protobuf a field may come twice, and the last one counts; fields that are
 * not known are passed over.
 */
#include "otlp/answer.h"

#include "util/wire.h"

/* Field numbers: opentelemetry/proto/collector/trace/v1/trace_service.proto, google/rpc/status.proto. */
enum { RESPONSE_PARTIAL_SUCCESS = 1 };
enum { PARTIAL_REJECTED_SPANS = 1, PARTIAL_ERROR_MESSAGE = 2 };
enum { STATUS_MESSAGE = 2 };

typedef bool field_reader(struct answer *answer, const struct wire_field *field);

static bool read_message(struct answer *answer, const uint8_t *data, size_t len, field_reader *read)
{
	struct wire_reader reader = wire_read(data, len);
	struct wire_field field;
	bool ok;

	while (wire_next(&reader, &field, &ok))
		if (!read(answer, &field))
			return false;
	return ok;
}

static bool read_words(struct answer *answer, const struct wire_field *field)
{
	answer->words = field->data;
	answer->words_len = field->len;
	return field->type == WIRE_LEN;
}

static bool read_partial_field(struct answer *answer, const struct wire_field *field)
{
	if (field->number == PARTIAL_ERROR_MESSAGE)
		return read_words(answer, field);
	if (field->number != PARTIAL_REJECTED_SPANS)
		return true;
	answer->rejected = (int64_t)field->value;
	return field->type == WIRE_VARINT;
}

static bool read_response_field(struct answer *answer, const struct wire_field *field)
{
	if (field->number != RESPONSE_PARTIAL_SUCCESS)
		return true;
	return field->type == WIRE_LEN && read_message(answer, field->data, field->len, read_partial_field);
}

static bool read_status_field(struct answer *answer, const struct wire_field *field)
{
	return field->number != STATUS_MESSAGE || read_words(answer, field);
}

bool answer_read_success(struct answer *answer, const uint8_t *body, size_t len)
{
	*answer = (struct answer){0};
	return read_message(answer, body, len, read_response_field);
}

bool answer_read_failure(struct answer *answer, const uint8_t *body, size_t len)
{
	*answer = (struct answer){0};
	return read_message(answer, body, len, read_status_field);
}
