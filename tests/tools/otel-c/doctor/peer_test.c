/* SPDX-License-Identifier: Apache-2.0
 *
 * peer_test.c - protocols, known by their first bytes.
 */
#include "tools/otel-c/doctor/peer.h"

#include "support/suite.h"

#define PEER_OF(bytes) peer_of_answer((const uint8_t *)(bytes), sizeof(bytes) - 1)

START_TEST(an_http_1_answer_is_known)
{
	ck_assert_int_eq(PEER_OF("HTTP/1.1 400 Bad"), PEER_HTTP1);
}
END_TEST

START_TEST(settings_are_http_2)
{
	ck_assert_int_eq(PEER_OF("\0\0\x12\4\0\0\0\0\0\0\3"), PEER_HTTP2);
	ck_assert_int_eq(PEER_OF("\0\0\0\4\1\0\0\0\0"), PEER_HTTP2);
	ck_assert_int_eq(PEER_OF("\0\0\0\4\1\0\0\0\1"), PEER_OTHER);
	ck_assert_int_eq(PEER_OF("\0\0\0\4\1"), PEER_OTHER);
}
END_TEST

START_TEST(alerts_and_handshakes_are_tls)
{
	ck_assert_int_eq(PEER_OF("\x15\3\3\0\2\2\x28"), PEER_TLS);
	ck_assert_int_eq(PEER_OF("\x16\3\1\0\x4a"), PEER_TLS);
	ck_assert_int_eq(PEER_OF("\x16\2\1"), PEER_OTHER);
}
END_TEST

START_TEST(silence_and_others_are_told_apart)
{
	ck_assert_int_eq(peer_of_answer(NULL, 0), PEER_UNKNOWN);
	ck_assert_int_eq(PEER_OF("220 mail"), PEER_OTHER);
	ck_assert_int_eq(PEER_OF("H"), PEER_OTHER);
}
END_TEST

START_TEST(an_address_always_resolves)
{
	ck_assert(!peer_name_is_wrong("127.0.0.1"));
	ck_assert(!peer_name_is_wrong("::1"));
}
END_TEST

SUITE_MAIN("tools/otel-c/doctor/peer", NULL, {an_http_1_answer_is_known, 0}, {settings_are_http_2, 0},
	   {alerts_and_handshakes_are_tls, 0}, {silence_and_others_are_told_apart, 0}, {an_address_always_resolves, 0})
