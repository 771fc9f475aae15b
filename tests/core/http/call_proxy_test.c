/* SPDX-License-Identifier: Apache-2.0
 *
 * call_proxy_test.c - exchanges through a proxy: which one, and what is said of it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/http/http_support.h"
#include "support/suite.h"

START_TEST(a_proxy_comes_from_the_snapshot_not_from_the_environment)
{
	struct server proxy, server;
	char variable[128], direct[128];
	server_start(&proxy, serve_ok);
	server_start(&server, serve_ok);
	snprintf(variable, sizeof(variable), "http_proxy=http://user:secret@127.0.0.1:%u", proxy.port);
	const char *const env[] = {variable, "no_proxy=127.0.0.1", NULL};
	http_open(env);
	snprintf(direct, sizeof(direct), "%s/direct", server.url);
	otel_http_request request = http_get("http://collector.invalid/v1/traces");
	ck_assert_int_eq(exchange_run(&request).status, 200);
	ck_assert_ptr_nonnull(strstr(proxy.seen->last, "GET http://collector.invalid/v1/traces HTTP/1.1\r\n"));
	ck_assert_ptr_nonnull(strstr(proxy.seen->last, "Proxy-Authorization: Basic dXNlcjpzZWNyZXQ="));
	request = http_get(direct);
	ck_assert_int_eq(exchange_run(&request).status, 200);
	ck_assert_ptr_nonnull(strstr(server.seen->last, "GET /direct HTTP/1.1\r\n"));

	http_open(NULL);
	setenv("http_proxy", proxy.url, 1);
	setenv("ALL_PROXY", proxy.url, 1);
	int before = proxy.seen->connections;
	ck_assert_int_eq(exchange_run(&request).status, 200);
	ck_assert_int_eq(proxy.seen->connections, before);
	unsetenv("http_proxy");
	unsetenv("ALL_PROXY");
	server_stop(&proxy);
	server_stop(&server);
}
END_TEST

static void proxy_case(const char *value, otel_http_error error)
{
	char variable[128];
	snprintf(variable, sizeof(variable), "http_proxy=%s", value);
	const char *const env[] = {variable, NULL};
	http_open(env);
	const otel_http_request request = http_get("http://collector.invalid/v1/traces");
	struct exchange e = exchange_run(&request);
	ck_assert_int_eq(e.error, error);
	ck_assert_ptr_null(strstr(e.message, "secret"));
	ck_assert_ptr_nonnull(strstr(e.message, "http_proxy"));
	http_open(NULL);
}

START_TEST(messages_name_the_proxys_variable_but_never_its_password)
{
	struct server server;
	char value[96];
	server_absent(&server);
	snprintf(value, sizeof(value), "http://user:secret@127.0.0.1:%u", server.port);
	proxy_case(value, OTEL_HTTP_REFUSED);
	proxy_case("http://user:secret@no-such-proxy..invalid", OTEL_HTTP_NAME);
	proxy_case("nonsense://user:secret@127.0.0.1", OTEL_HTTP_CONNECT);
	proxy_case("http://user:secret@[127.0.0.1", OTEL_HTTP_NAME);
	server_stop(&server);
}
END_TEST

SUITE_MAIN("call_proxy", NULL, {a_proxy_comes_from_the_snapshot_not_from_the_environment, 0},
	   {messages_name_the_proxys_variable_but_never_its_password, 0})
