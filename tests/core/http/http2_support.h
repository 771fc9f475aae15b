/* SPDX-License-Identifier: Apache-2.0
 *
 * http2_support.h - exchanges over HTTP/2 as OTLP/gRPC makes them, with peers of our own.
 */
#ifndef TESTS_HTTP2_SUPPORT_H
#define TESTS_HTTP2_SUPPORT_H

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/http/http2_peer.h"
#include "support/suite.h"

static inline otel_http_request h2_post(const char *url, const void *body, size_t len)
{
	static const otel_header grpc_headers[] = {{"content-type", "application/grpc+proto"}, {"te", "trailers"}};
	otel_http_request request = http_post(url, body, len);
	request.headers = grpc_headers;
	request.header_count = 2;
	request.http_version = OTEL_HTTP_2;
	return request;
}

static inline struct exchange post(const struct server *server)
{
	const otel_http_request request = h2_post(server->url, "\0\0\0\0\0", 5);
	return exchange_run(&request);
}

static inline void assert_good(const struct exchange *e)
{
	ck_assert_str_eq(e->message, "");
	ck_assert_int_eq(e->error, OTEL_HTTP_OK);
	ck_assert_int_eq(e->status, 200);
	ck_assert_ptr_nonnull(strstr(e->headers, "grpc-status: 0\n"));
}

static inline void serve_answers(struct server *server, int connection)
{
	struct peer peer = {.server = server, .fd = connection};
	while (peer_read(&peer))
		peer_answer(&peer);
}

/* A main() that opens http.so once: what a test learned about connections, the next one knows. */
#define HTTP2_MAIN(name, ...)                                                                                          \
	int main(void)                                                                                                 \
	{                                                                                                              \
		const struct suite_entry entries[] = {__VA_ARGS__};                                                    \
		http_open(NULL);                                                                                       \
		return suite_main(name, entries, sizeof entries / sizeof *entries, NULL);                              \
	}

#endif
