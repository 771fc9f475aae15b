/* SPDX-License-Identifier: Apache-2.0
 *
 * tls_test.c - what TLS is set up from. Handshakes are tested by tls_test.sh.
 */
#include "tools/otel-c/sink/tls.h"

#include "support/suite.h"

START_TEST(versions_have_their_names)
{
	ck_assert_int_eq(sink_tls_version("1.0"), TLS1_VERSION);
	ck_assert_int_eq(sink_tls_version("1.3"), TLS1_3_VERSION);
	ck_assert_int_eq(sink_tls_version("1.4"), 0);
	ck_assert_int_eq(sink_tls_version("TLSv1.2"), 0);
	ck_assert_int_eq(sink_tls_version(""), 0);
}
END_TEST

START_TEST(files_that_are_none_are_refused)
{
	ck_assert_ptr_null(sink_tls_create(
		&(struct sink_tls_options){.cert = "/nonexistent/cert.pem", .key = "/nonexistent/key.pem"}, "h2"));
	ck_assert_ptr_null(
		sink_tls_create(&(struct sink_tls_options){.cert = "/dev/null", .key = "/dev/null"}, "http/1.1"));
}
END_TEST

SUITE_MAIN("sink_tls", NULL, {versions_have_their_names, 0}, {files_that_are_none_are_refused, 0})
