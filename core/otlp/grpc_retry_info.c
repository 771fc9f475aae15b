/* SPDX-License-Identifier: Apache-2.0
 *
 * grpc_retry_info.c - see the header.
 */
#include "otlp/grpc_retry_info.h"

#include <stddef.h>
#include <string.h>

#include "util/buf.h"
#include "util/wire.h"

#define LONGEST_S   86400
#define NS_PER_MS   1000000
#define DETAILS_MAX ((size_t)8192) /* more is not looked at */

/* Field numbers: google/rpc/status.proto, google/protobuf/{any,duration}.proto, google/rpc/error_details.proto. */
enum { STATUS_DETAILS = 3 };
enum { ANY_TYPE_URL = 1, ANY_VALUE = 2 };
enum { RETRY_INFO_DELAY = 1 };
enum { DURATION_SECONDS = 1, DURATION_NANOS = 2 };

struct delay {
	bool is_there;
	int64_t seconds;
	int64_t nanos;
};

typedef bool field_reader(void *arg, const struct wire_field *field);

static bool read_message(const uint8_t *data, size_t len, field_reader *read, void *arg)
{
	struct wire_reader reader = wire_read(data, len);
	struct wire_field field;
	bool ok;

	while (wire_next(&reader, &field, &ok))
		if (!read(arg, &field))
			return false;
	return ok;
}

static bool read_duration_field(void *arg, const struct wire_field *field)
{
	struct delay *delay = arg;

	if (field->number != DURATION_SECONDS && field->number != DURATION_NANOS)
		return true;
	*(field->number == DURATION_SECONDS ? &delay->seconds : &delay->nanos) = (int64_t)field->value;
	return field->type == WIRE_VARINT;
}

static bool read_retry_info_field(void *arg, const struct wire_field *field)
{
	struct delay *delay = arg;

	if (field->number != RETRY_INFO_DELAY)
		return true;
	return field->type == WIRE_LEN && read_message(field->data, field->len, read_duration_field, delay);
}

struct any {
	const uint8_t *url;
	size_t url_len;
	const uint8_t *value;
	size_t value_len;
};

static bool read_any_field(void *arg, const struct wire_field *field)
{
	struct any *any = arg;

	if (field->number == ANY_TYPE_URL) {
		any->url = field->data;
		any->url_len = field->len;
	} else if (field->number == ANY_VALUE) {
		any->value = field->data;
		any->value_len = field->len;
	} else {
		return true;
	}
	return field->type == WIRE_LEN;
}

/* What stands before the last slash says nothing about the type. */
static bool is_retry_info(const struct any *any)
{
	static const char name[] = "/google.rpc.RetryInfo";
	const size_t len = sizeof name - 1;

	return any->url && any->url_len >= len && memcmp(any->url + any->url_len - len, name, len) == 0;
}

static bool read_status_field(void *arg, const struct wire_field *field)
{
	struct delay *delay = arg;
	struct any any = {0};

	if (field->number != STATUS_DETAILS)
		return true;
	if (field->type != WIRE_LEN || !read_message(field->data, field->len, read_any_field, &any))
		return false;
	if (!is_retry_info(&any))
		return true;
	delay->is_there = true;
	return read_message(any.value, any.value_len, read_retry_info_field, delay);
}

static uint32_t milliseconds(const struct delay *delay)
{
	if (delay->seconds < 0 || delay->nanos < 0)
		return 0;
	if (delay->seconds >= LONGEST_S)
		return LONGEST_S * 1000;
	const int64_t nanos = delay->nanos < 1000 * NS_PER_MS ? delay->nanos : 1000 * NS_PER_MS - 1;
	return (uint32_t)(delay->seconds * 1000 + (nanos + NS_PER_MS - 1) / NS_PER_MS);
}

bool grpc_retry_info_read(const char *text, uint32_t *ms)
{
	struct delay delay = {0};
	struct buf data;

	*ms = 0;
	buf_init(&data, DETAILS_MAX);
	const bool is_there = buf_append_from_base64(&data, text, strlen(text)) && !data.failed &&
			      read_message(data.data, data.len, read_status_field, &delay) && delay.is_there;
	if (is_there)
		*ms = milliseconds(&delay);
	buf_fini(&data);
	return is_there;
}
