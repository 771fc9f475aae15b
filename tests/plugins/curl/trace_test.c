/* SPDX-License-Identifier: Apache-2.0
 *
 * trace_test.c - what the instrumentation makes of a program's calls, with a libcurl and an API that play along.
 */
#include <errno.h>

#include "plugins/curl/fake_api.h"
#include "plugins/curl/fake_curl.h"
#include "support/suite.h"

static const otel_header injected[] = {{"traceparent", "00-aa-bb-01"}, {NULL, NULL}};
static void *easy;

static void setup(void)
{
	fake_api_reset();
	fake_curl_reset();
	fake_api.injected = injected;
	easy = fake_calls()->init(&fake_real);
}

static void set(int option, const void *value)
{
	ck_assert_int_eq(fake_calls()->setopt(&fake_real, easy, option, (void *)value), 0);
}

static int perform(void)
{
	return fake_calls()->perform(&fake_real, easy);
}

START_TEST(a_request_is_a_client_span_with_the_stable_attributes)
{
	set(CURLOPT_URL, "http://localhost:8080/hello?sig=abc");
	ck_assert_int_eq(perform(), 0);
	ck_assert_str_eq(fake_api.span.name, "GET");
	ck_assert_int_eq(fake_api.span.kind, OTEL_KIND_CLIENT);
	ck_assert_str_eq(fake_attr("http.request.method"), "GET");
	ck_assert_str_eq(fake_attr("url.full"), "http://localhost:8080/hello?sig=REDACTED");
	ck_assert_str_eq(fake_attr("server.address"), "localhost");
	ck_assert_str_eq(fake_attr("server.port"), "8080");
	ck_assert_int_eq(fake_api.span.attrs_at_start, 4);
	ck_assert_str_eq(fake_attr("http.response.status_code"), "200");
	ck_assert_str_eq(fake_attr("network.protocol.version"), "1.1");
	ck_assert_str_eq(fake_attr("network.peer.address"), "127.0.0.1");
	ck_assert_str_eq(fake_attr("network.peer.port"), "8080");
	ck_assert_ptr_null(fake_attr("error.type"));
	ck_assert_ptr_null(fake_attr("http.request.resend_count"));
	ck_assert_int_eq(fake_api.span.status, OTEL_STATUS_UNSET);
	ck_assert_int_eq(fake_api.span.ended, 1);
	ck_assert_str_eq(fake_api.scope, "otel-c.curl");
}
END_TEST

START_TEST(the_span_is_current_during_the_request_only)
{
	set(CURLOPT_URL, "http://h/");
	perform();
	ck_assert(fake_curl.span_was_current);
	ck_assert(!fake_api.span.current);
}
END_TEST

START_TEST(an_unknown_method_is_told_apart)
{
	set(CURLOPT_URL, "http://h/");
	set(CURLOPT_CUSTOMREQUEST, "PURGE");
	perform();
	ck_assert_str_eq(fake_api.span.name, "HTTP");
	ck_assert_str_eq(fake_attr("http.request.method"), "_OTHER");
	ck_assert_str_eq(fake_attr("http.request.method_original"), "PURGE");
}
END_TEST

START_TEST(headers_are_sent_and_the_programs_list_is_put_back)
{
	struct curl_slist own = {(char *)"x-mine: 1", NULL};

	set(CURLOPT_URL, "http://h/");
	set(CURLOPT_HTTPHEADER, &own);
	perform();
	ck_assert_str_eq(fake_curl.sent, "traceparent: 00-aa-bb-01\nx-mine: 1\n");
	ck_assert_ptr_eq(fake_curl.headers, &own);
	ck_assert_ptr_null(own.next);
}
END_TEST

START_TEST(a_handle_without_headers_has_none_afterwards)
{
	set(CURLOPT_URL, "http://h/");
	perform();
	ck_assert_str_eq(fake_curl.sent, "traceparent: 00-aa-bb-01\n");
	ck_assert_ptr_null(fake_curl.headers);
}
END_TEST

START_TEST(a_program_that_sends_traceparent_itself_is_left_alone)
{
	struct curl_slist own = {(char *)"Traceparent: 00-cc-dd-01", NULL};
	int setopts;

	set(CURLOPT_URL, "http://h/");
	set(CURLOPT_HTTPHEADER, &own);
	setopts = fake_curl.setopts;
	perform();
	ck_assert_str_eq(fake_curl.sent, "Traceparent: 00-cc-dd-01\n");
	ck_assert_int_eq(fake_curl.setopts, setopts);
	ck_assert_int_eq(fake_api.span.ended, 1);
}
END_TEST

static struct curl_slist later = {(char *)"x-later: 1", NULL};

static void set_headers_inside(void *handle)
{
	fake_calls()->setopt(&fake_real, handle, CURLOPT_HTTPHEADER, &later);
}

START_TEST(headers_that_a_callback_sets_are_kept)
{
	set(CURLOPT_URL, "http://h/");
	fake_curl.during = set_headers_inside;
	perform();
	ck_assert_ptr_eq(fake_curl.headers, &later);
}
END_TEST

static struct curl_slist *of_the_copy;

static void duplicate_inside(void *handle)
{
	void *copy = fake_calls()->duphandle(&fake_real, handle);

	of_the_copy = fake_curl.headers;
	fake_calls()->cleanup(&fake_real, copy);
}

/* Ours are gone when the transfer that they belong to ends. */
START_TEST(a_copy_made_by_a_callback_has_the_programs_headers_only)
{
	struct curl_slist own = {(char *)"x-mine: 1", NULL};

	set(CURLOPT_URL, "http://h/");
	set(CURLOPT_HTTPHEADER, &own);
	fake_curl.during = duplicate_inside;
	perform();
	ck_assert_ptr_eq(of_the_copy, &own);
}
END_TEST

static const struct {
	int code;
	long status;
	const char *type, *description;
	int span_status;
} outcomes[] = {
	{0, 204, NULL, "", OTEL_STATUS_UNSET},
	{0, 302, NULL, "", OTEL_STATUS_UNSET},
	{0, 404, "404", "", OTEL_STATUS_ERROR},
	{0, 503, "503", "", OTEL_STATUS_ERROR},
	{CURLE_HTTP_RETURNED_ERROR, 500, "500", "", OTEL_STATUS_ERROR},
	{CURLE_COULDNT_CONNECT, 0, "CURLE_COULDNT_CONNECT", "Couldn't connect to server", OTEL_STATUS_ERROR},
	{CURLE_OPERATION_TIMEDOUT, 200, "CURLE_OPERATION_TIMEDOUT", "Some error", OTEL_STATUS_ERROR},
	{CURLE_ABORTED_BY_CALLBACK, 200, NULL, "", OTEL_STATUS_UNSET},
	{12345, 0, "_OTHER", "Some error", OTEL_STATUS_ERROR},
};

START_TEST(the_outcome_decides_error_type_and_status)
{
	char status[16];

	fake_curl.code = outcomes[_i].code;
	fake_curl.status = outcomes[_i].status;
	set(CURLOPT_URL, "http://h/");
	ck_assert_int_eq(perform(), outcomes[_i].code);
	ck_assert_pstr_eq(fake_attr("error.type"), outcomes[_i].type);
	ck_assert_int_eq(fake_api.span.status, outcomes[_i].span_status);
	ck_assert_str_eq(fake_api.span.description, outcomes[_i].description);
	snprintf(status, sizeof status, "%ld", outcomes[_i].status);
	ck_assert_pstr_eq(fake_attr("http.response.status_code"), outcomes[_i].status ? status : NULL);
}
END_TEST

START_TEST(redirects_are_counted_and_the_first_url_stays)
{
	fake_curl.redirects = 2;
	fake_curl.effective_url = "http://elsewhere/";
	set(CURLOPT_URL, "http://h/first");
	perform();
	ck_assert_str_eq(fake_attr("http.request.resend_count"), "2");
	ck_assert_str_eq(fake_attr("url.full"), "http://h/first");
}
END_TEST

START_TEST(the_url_is_shown_as_libcurl_completed_it)
{
	fake_curl.effective_url = "https://me:pw@h/";
	set(CURLOPT_URL, "me:pw@h");
	perform();
	ck_assert_str_eq(fake_attr("url.full"), "https://REDACTED:REDACTED@h/");
	ck_assert_str_eq(fake_attr("server.port"), "443");
}
END_TEST

START_TEST(a_port_option_beats_the_urls)
{
	set(CURLOPT_URL, "http://h:80/");
	set(CURLOPT_PORT, (void *)8081);
	perform();
	ck_assert_str_eq(fake_attr("server.port"), "8081");
}
END_TEST

START_TEST(a_malformed_url_is_not_shown)
{
	fake_curl.code = CURLE_URL_MALFORMAT;
	fake_curl.status = 0;
	fake_curl.effective_url = "http://me:pa/ss@h/";
	set(CURLOPT_URL, "http://me:pa/ss@h/");
	perform();
	ck_assert_ptr_null(fake_attr("url.full"));
	ck_assert_str_eq(fake_attr("error.type"), "CURLE_URL_MALFORMAT");
}
END_TEST

START_TEST(other_protocols_get_a_span_and_no_headers)
{
	fake_curl.scheme = "FTP";
	fake_curl.status = 226;
	set(CURLOPT_URL, "ftp://me:pw@h/x");
	perform();
	ck_assert_str_eq(fake_api.span.name, "ftp");
	ck_assert_str_eq(fake_attr("network.protocol.name"), "ftp");
	ck_assert_str_eq(fake_attr("url.full"), "ftp://REDACTED:REDACTED@h/x");
	ck_assert_ptr_null(fake_attr("http.request.method"));
	ck_assert_ptr_null(fake_attr("http.response.status_code"));
	ck_assert_str_eq(fake_curl.sent, "");
}
END_TEST

START_TEST(files_are_not_traced)
{
	set(CURLOPT_URL, "file:///etc/hosts");
	perform();
	ck_assert_int_eq(fake_api.started, 0);
	ck_assert_int_eq(fake_curl.performs, 1);
}
END_TEST

START_TEST(suppressed_requests_are_passed_through)
{
	set(CURLOPT_URL, "http://h/");
	fake_api.suppressed = true;
	perform();
	ck_assert_int_eq(fake_api.started, 0);
	ck_assert_int_eq(fake_curl.performs, 1);
	ck_assert_str_eq(fake_curl.sent, "");
}
END_TEST

START_TEST(a_handle_that_was_not_seen_from_its_birth_is_passed_through)
{
	char stranger;

	ck_assert_int_eq(fake_calls()->setopt(&fake_real, &stranger, CURLOPT_URL, (void *)"http://h/"), 0);
	ck_assert_int_eq(fake_calls()->perform(&fake_real, &stranger), 0);
	ck_assert_int_eq(fake_api.started, 0);
	ck_assert_int_eq(fake_curl.performs, 1);
}
END_TEST

START_TEST(a_reset_forgets_the_options)
{
	struct curl_slist own = {(char *)"x-mine: 1", NULL};

	set(CURLOPT_POST, (void *)1);
	set(CURLOPT_HTTPHEADER, &own);
	fake_calls()->reset(&fake_real, easy);
	set(CURLOPT_URL, "http://h/");
	perform();
	ck_assert_str_eq(fake_api.span.name, "GET");
	ck_assert_str_eq(fake_curl.sent, "traceparent: 00-aa-bb-01\n");
	ck_assert_ptr_null(fake_curl.headers);
}
END_TEST

START_TEST(a_duplicate_has_the_options_of_its_original)
{
	void *copy;

	set(CURLOPT_URL, "http://h/dup");
	set(CURLOPT_POST, (void *)1);
	copy = fake_calls()->duphandle(&fake_real, easy);
	fake_calls()->cleanup(&fake_real, easy);
	fake_calls()->perform(&fake_real, copy);
	ck_assert_str_eq(fake_api.span.name, "POST");
	ck_assert_str_eq(fake_attr("url.full"), "http://h/dup");
	fake_calls()->cleanup(&fake_real, copy);
	ck_assert_int_eq(fake_curl.cleanups, 2);
}
END_TEST

START_TEST(a_refused_option_changes_nothing)
{
	set(CURLOPT_URL, "http://h/");
	fake_curl.setopt_code = CURLE_UNKNOWN_OPTION;
	ck_assert_int_eq(fake_calls()->setopt(&fake_real, easy, CURLOPT_POST, (void *)1), CURLE_UNKNOWN_OPTION);
	fake_curl.setopt_code = 0;
	perform();
	ck_assert_str_eq(fake_api.span.name, "GET");
}
END_TEST

START_TEST(errno_is_what_libcurl_left)
{
	set(CURLOPT_URL, "http://h/");
	fake_curl.errno_after = ECONNRESET;
	errno = 0;
	perform();
	ck_assert_int_eq(errno, ECONNRESET);
}
END_TEST

START_TEST(an_unsampled_span_still_carries_its_headers)
{
	fake_api.recording = false;
	set(CURLOPT_URL, "http://h/");
	perform();
	ck_assert_str_eq(fake_curl.sent, "traceparent: 00-aa-bb-01\n");
	ck_assert_ptr_null(fake_attr("http.response.status_code"));
	ck_assert_int_eq(fake_api.span.ended, 1);
}
END_TEST

SUITE_MAIN("plugins/curl/trace", setup, {a_request_is_a_client_span_with_the_stable_attributes, 0},
	   {the_span_is_current_during_the_request_only, 0}, {an_unknown_method_is_told_apart, 0},
	   {headers_are_sent_and_the_programs_list_is_put_back, 0}, {a_handle_without_headers_has_none_afterwards, 0},
	   {a_program_that_sends_traceparent_itself_is_left_alone, 0}, {headers_that_a_callback_sets_are_kept, 0},
	   {a_copy_made_by_a_callback_has_the_programs_headers_only, 0},
	   {the_outcome_decides_error_type_and_status, sizeof outcomes / sizeof *outcomes},
	   {redirects_are_counted_and_the_first_url_stays, 0}, {the_url_is_shown_as_libcurl_completed_it, 0},
	   {a_port_option_beats_the_urls, 0}, {a_malformed_url_is_not_shown, 0},
	   {other_protocols_get_a_span_and_no_headers, 0}, {files_are_not_traced, 0},
	   {suppressed_requests_are_passed_through, 0},
	   {a_handle_that_was_not_seen_from_its_birth_is_passed_through, 0}, {a_reset_forgets_the_options, 0},
	   {a_duplicate_has_the_options_of_its_original, 0}, {a_refused_option_changes_nothing, 0},
	   {errno_is_what_libcurl_left, 0}, {an_unsampled_span_still_carries_its_headers, 0})
