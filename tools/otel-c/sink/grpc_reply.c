/* SPDX-License-Identifier: Apache-2.0
 *
 * grpc_reply.c - statuses go in trailers, or, where there is no message before them, in the head
 * ("Trailers-Only").
 */
#include "tools/otel-c/sink/grpc_reply.h"

#include <endian.h>
#include <inttypes.h>
#include <openssl/evp.h>
#include <stdio.h>

#include "util/wire.h"

#define DETAILS    "grpc-status-details-bin"
#define RETRY_INFO "type.googleapis.com/google.rpc.RetryInfo"

static void put_number(struct sink_fields *fields, const char *name, uint64_t number)
{
	char text[24];

	snprintf(text, sizeof text, "%" PRIu64, number);
	sink_fields_put(fields, name, text);
}

/* Percent-encoding as gRPC has it: printable ASCII stands for itself, but for the percent sign. */
static void put_message(struct sink_fields *fields, const char *message)
{
	struct buf text;

	if (!*message)
		return;
	buf_init(&text, SINK_H2_FIELDS_MAX);
	for (; *message; message++) {
		if (*message >= ' ' && *message <= '~' && *message != '%')
			buf_append_char(&text, *message);
		else
			buf_printf(&text, "%%%02X", (unsigned char)*message);
	}
	sink_fields_put(fields, "grpc-message", buf_str(&text));
	buf_fini(&text);
}

/* google.rpc.RetryInfo {retry_delay = 1: google.protobuf.Duration {seconds = 1, nanos = 2}} */
static size_t write_retry_info(uint8_t out[64], uint64_t ms)
{
	uint8_t duration[32];
	uint8_t *end = duration;

	*end++ = (uint8_t)WIRE_TAG(1, WIRE_VARINT);
	end = wire_put_varint(end, ms / 1000);
	*end++ = (uint8_t)WIRE_TAG(2, WIRE_VARINT);
	end = wire_put_varint(end, ms % 1000 * 1000000);
	return (size_t)(wire_put_len(out, (uint8_t)WIRE_TAG(1, WIRE_LEN), duration, (size_t)(end - duration)) - out);
}

/* google.rpc.Status {code = 1, message = 2, details = 3: google.protobuf.Any {type_url = 1, value = 2}} */
static void write_status(struct buf *out, const struct sink_answer *answer)
{
	uint8_t retry_info[64], code[16];
	const size_t retry_info_len = write_retry_info(retry_info, answer->retry_info_ms);
	const uint8_t *code_end;
	struct buf any;

	code[0] = (uint8_t)WIRE_TAG(1, WIRE_VARINT);
	code_end = wire_put_varint(code + 1, answer->grpc_status);
	buf_append(out, code, (size_t)(code_end - code));
	wire_append_len(out, (uint8_t)WIRE_TAG(2, WIRE_LEN), answer->grpc_message, strlen(answer->grpc_message));
	buf_init(&any, 256);
	wire_append_len(&any, (uint8_t)WIRE_TAG(1, WIRE_LEN), RETRY_INFO, strlen(RETRY_INFO));
	wire_append_len(&any, (uint8_t)WIRE_TAG(2, WIRE_LEN), retry_info, retry_info_len);
	wire_append_len(out, (uint8_t)WIRE_TAG(3, WIRE_LEN), any.data, any.len);
	buf_fini(&any);
}

static void put_details(struct sink_fields *fields, const struct sink_answer *answer)
{
	unsigned char text[1024];
	struct buf status;
	int len;

	buf_init(&status, sizeof text * 3 / 4 - 3);
	write_status(&status, answer);
	len = EVP_EncodeBlock(text, status.data, (int)status.len);
	while (len && text[len - 1] == '=') /* gRPC sends no padding */
		len--;
	sink_fields_add(fields, DETAILS, strlen(DETAILS), (const char *)text, (size_t)len);
	buf_fini(&status);
}

static void put_status(struct sink_fields *fields, const struct sink_answer *answer)
{
	put_number(fields, "grpc-status", answer->grpc_status);
	put_message(fields, answer->grpc_message);
	if (answer->has_retry_info)
		put_details(fields, answer);
}

static void put_padding(struct sink_fields *fields, uint64_t len)
{
	struct buf text;

	buf_init(&text, SINK_H2_REPLY_MAX);
	for (uint64_t i = 0; i < len; i++)
		buf_append_char(&text, 'x');
	sink_fields_put(fields, "x-padding", buf_str(&text));
	buf_fini(&text);
}

static void append_message(struct buf *out, const struct buf *message, uint64_t announced)
{
	const uint32_t len = htobe32((uint32_t)announced);

	buf_append_char(out, '\0'); /* not packed */
	buf_append(out, &len, sizeof len);
	buf_append(out, message->data, message->len);
}

void sink_grpc_reply(const struct sink_answer *answer, struct sink_h2_reply *reply)
{
	char retry_after[SINK_RETRY_AFTER_MAX];

	reply->status = answer->status;
	reply->manner = answer->manner;
	reply->padding = answer->padding;
	sink_fields_put(&reply->head, "content-type", answer->content_type);
	if (answer->has_retry_after) {
		sink_answer_retry_after(answer, retry_after);
		sink_fields_put(&reply->head, "retry-after", retry_after);
	}
	if (answer->location)
		sink_fields_put(&reply->head, "location", answer->location);
	if (answer->head_padding)
		put_padding(&reply->head, answer->head_padding);
	if (!answer->is_grpc) {
		buf_append(&reply->body, answer->body.data, answer->body.len);
		return;
	}
	sink_fields_put(&reply->head, "grpc-accept-encoding", "identity,gzip");
	if (answer->has_message)
		append_message(&reply->body, &answer->body, answer->body.len + answer->padding + answer->announced);
	if (!answer->has_no_status)
		put_status(answer->has_message || answer->has_trailers ? &reply->trailers : &reply->head, answer);
}
