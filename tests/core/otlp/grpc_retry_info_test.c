/* SPDX-License-Identifier: Apache-2.0
 *
 * grpc_retry_info_test.c - when to come back, from details in base64.
 */
#include "otlp/grpc_retry_info.h"

#include <stdio.h>
#include <string.h>

#include "support/suite.h"

static char text[8192];

static const char *base64(const uint8_t *data, size_t len, bool is_padded)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	size_t n = 0;
	for (size_t i = 0; i < len; i += 3) {
		const size_t left = len - i;
		const uint32_t v = (uint32_t)data[i] << 16 | (left > 1 ? (uint32_t)data[i + 1] << 8 : 0) |
				   (left > 2 ? data[i + 2] : 0);
		for (size_t j = 0; j < 4; j++)
			if (j <= left)
				text[n++] = digits[v >> (18 - 6 * j) & 63];
			else if (is_padded)
				text[n++] = '=';
	}
	text[n] = '\0';
	return text;
}

/* A Status with the code 14, whose details hold a RetryInfo with this Duration. */
static const char *status_with(const char *type, const char *duration, size_t duration_len, bool is_padded)
{
	uint8_t data[256];
	size_t n = 0, type_len = strlen(type);
	data[n++] = 0x08;
	data[n++] = 14;
	data[n++] = 0x1a;
	data[n++] = (uint8_t)(2 + type_len + 4 + duration_len);
	data[n++] = 0x0a;
	data[n++] = (uint8_t)type_len;
	memcpy(data + n, type, type_len);
	n += type_len;
	data[n++] = 0x12;
	data[n++] = (uint8_t)(2 + duration_len);
	data[n++] = 0x0a;
	data[n++] = (uint8_t)duration_len;
	memcpy(data + n, duration, duration_len);
	n += duration_len;
	return base64(data, n, is_padded);
}

#define RETRY_INFO "type.googleapis.com/google.rpc.RetryInfo"

START_TEST(the_delay_is_read_with_and_without_padding)
{
	uint32_t ms = 0;
	for (int padded = 0; padded < 2; padded++) {
		ck_assert(grpc_retry_info_read(status_with(RETRY_INFO, "\x08\x02\x10\x80\xca\xb5\xee\x01", 8, padded),
					       &ms));
		ck_assert_uint_eq(ms, 2500); /* 2 s and 500,000,000 ns */
		ck_assert(grpc_retry_info_read(status_with(RETRY_INFO, "\x10\x01", 2, padded), &ms));
		ck_assert_uint_eq(ms, 1); /* never earlier than asked for */
		ck_assert(grpc_retry_info_read(status_with(RETRY_INFO, "", 0, padded), &ms));
		ck_assert_uint_eq(ms, 0);
	}
}
END_TEST

START_TEST(a_delay_is_at_most_a_day_and_never_negative)
{
	uint32_t ms = 0;
	ck_assert(grpc_retry_info_read(status_with(RETRY_INFO, "\x08\xff\xff\xff\xff\x7f", 6, true), &ms));
	ck_assert_uint_eq(ms, 86400000);
	ck_assert(grpc_retry_info_read(
		status_with(RETRY_INFO, "\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 11, true), &ms));
	ck_assert_uint_eq(ms, 0);
	ck_assert(grpc_retry_info_read(status_with(RETRY_INFO, "\x08\x01\x10\xff\xff\xff\xff\x7f", 8, true), &ms));
	ck_assert_uint_le(ms, 2000);
}
END_TEST

START_TEST(other_details_say_nothing)
{
	uint32_t ms = 7;
	ck_assert(!grpc_retry_info_read(status_with("type.googleapis.com/google.rpc.DebugInfo", "\x08\x02", 2, true),
					&ms));
	ck_assert(!grpc_retry_info_read(status_with("google.rpc.RetryInfo", "\x08\x02", 2, true), &ms));
	ck_assert(!grpc_retry_info_read("CA4=", &ms)); /* the code alone */
	ck_assert(!grpc_retry_info_read("", &ms));
	ck_assert_uint_eq(ms, 0);
}
END_TEST

START_TEST(what_is_no_base64_or_no_status_says_nothing)
{
	static const char *const wrong[] = {"A", "CA4*", "CA=4", "====A", "//////", "CA 4", "CA4=CA4="};
	char longest[20000];
	uint32_t ms;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		ck_assert_msg(!grpc_retry_info_read(wrong[i], &ms), "%s", wrong[i]);
	memset(longest, 'A', sizeof longest - 1);
	longest[sizeof longest - 1] = '\0';
	ck_assert(!grpc_retry_info_read(longest, &ms));
}
END_TEST

SUITE_MAIN("grpc_retry_info", NULL, {the_delay_is_read_with_and_without_padding, 0},
	   {a_delay_is_at_most_a_day_and_never_negative, 0}, {other_details_say_nothing, 0},
	   {what_is_no_base64_or_no_status_says_nothing, 0})
