/* SPDX-License-Identifier: Apache-2.0
 *
 * error_test.c - failures in the terms of otel/plugin.h, in words without credentials.
 */
#include "http/error.h"

#include <errno.h>
#include <string.h>

#include "support/suite.h"

static char message[256];

static otel_http_error of(struct failure failure)
{
	if (!failure.detail)
		failure.detail = "";
	return error_of(&failure, message, sizeof(message));
}

START_TEST(refused_is_told_from_other_failures_to_connect)
{
	ck_assert_int_eq(of((struct failure){.code = CURLE_COULDNT_CONNECT, .os_error = ECONNREFUSED}),
			 OTEL_HTTP_REFUSED);
	ck_assert_str_eq(message, "connection refused");
	ck_assert_int_eq(of((struct failure){.code = CURLE_COULDNT_CONNECT, .os_error = ENETUNREACH}),
			 OTEL_HTTP_CONNECT);
	ck_assert_str_eq(message, "no connection: Network is unreachable");
}
END_TEST

START_TEST(a_timeout_says_what_it_waited_for)
{
	ck_assert_int_eq(of((struct failure){.code = CURLE_OPERATION_TIMEDOUT, .timeout_ms = 5}), OTEL_HTTP_TIMEOUT);
	ck_assert_str_eq(message, "no connection within 5 ms");
	of((struct failure){.code = CURLE_OPERATION_TIMEDOUT, .timeout_ms = 5, .connected = true});
	ck_assert_str_eq(message, "no answer within 5 ms");
}
END_TEST

START_TEST(only_tls_failures_are_told_in_libcurls_words)
{
	const char *words = "proxy http://user:secret@host";
	ck_assert_int_eq(of((struct failure){.code = CURLE_PEER_FAILED_VERIFICATION, .detail = "expired"}),
			 OTEL_HTTP_TLS);
	ck_assert_str_eq(message, "TLS: expired");
	for (int code = 1; code < CURL_LAST; code++)
		if (of((struct failure){.code = (CURLcode)code, .detail = words}) != OTEL_HTTP_TLS)
			ck_assert_ptr_null(strstr(message, "secret"));
}
END_TEST

START_TEST(every_code_has_words)
{
	for (int code = 1; code < CURL_LAST; code++) {
		ck_assert_int_ne(of((struct failure){.code = (CURLcode)code}), OTEL_HTTP_OK);
		ck_assert_uint_gt(strlen(message), 5);
	}
}
END_TEST

START_TEST(what_we_cut_off_is_too_large_whatever_libcurl_calls_it)
{
	ck_assert_int_eq(of((struct failure){.code = CURLE_WRITE_ERROR, .too_large = true, .connected = true}),
			 OTEL_HTTP_TOO_LARGE);
}
END_TEST

START_TEST(a_proxy_that_says_no_is_named)
{
	ck_assert_int_eq(
		of((struct failure){
			.code = CURLE_RECV_ERROR, .connected = true, .proxy_status = 407, .variable = "https_proxy"}),
		OTEL_HTTP_CONNECT);
	ck_assert_str_eq(message, "the proxy answered 407 (https_proxy is set)");
}
END_TEST

SUITE_MAIN("error", NULL, {refused_is_told_from_other_failures_to_connect, 0}, {a_timeout_says_what_it_waited_for, 0},
	   {only_tls_failures_are_told_in_libcurls_words, 0}, {every_code_has_words, 0},
	   {what_we_cut_off_is_too_large_whatever_libcurl_calls_it, 0}, {a_proxy_that_says_no_is_named, 0})
