/* SPDX-License-Identifier: Apache-2.0
 *
 * http_support.h - http.so driven as the pipeline drives it, and servers in processes of their own, so that tests may
 * fork and close descriptors as they like.
 */
#ifndef TESTS_HTTP_SUPPORT_H
#define TESTS_HTTP_SUPPORT_H

#include <stdatomic.h>
#include <sys/types.h>

#include "http/http.h"

/* ---- the module ---- */

extern const struct http_module *http;

/* Loads http.so from the build tree and opens it with these variables ("NAME=value", NULL-terminated; may be NULL). */
void http_open(const char *const *env);

struct exchange {
	int count; /* of replies: must become 1 */
	otel_http_error error;
	int status;
	bool sent;
	char message[512];
	char content_type[128];
	char retry_after[128];
	char headers[4096]; /* "name: value\n…", cut */
	size_t header_count;
	size_t body_len;
	char body[4096]; /* its beginning */
};

otel_http_request http_get(const char *url);
otel_http_request http_post(const char *url, const void *body, size_t len);

void exchange_on_reply(void *exchange, const otel_http_reply *reply);
/* Submits the request and drives until it is answered. */
struct exchange exchange_run(const otel_http_request *request);
/* Drives what was submitted. false after 30 s. */
bool exchange_finish(struct exchange *exchange);

/* ---- servers ---- */

struct seen { /* shared with the server */
	_Atomic int connections;
	_Atomic int requests;
	_Atomic int cue; /* from the test to serve(), as they agree */
	_Atomic int told; /* and the other way */
	char last[8192]; /* the last request as it came, cut */
};

struct server {
	pid_t pid;
	int fd;
	char url[64]; /* without a path: "http://127.0.0.1:PORT" */
	unsigned port;
	struct seen *seen;
};

/* serve() runs in the server's process for each connection, one after the other. */
void server_start(struct server *server, void (*serve)(struct server *server, int connection));
/* A well-behaved one (libmicrohttpd): /ok, /busy, /redirect, /large (100,000 bytes), /text. Keeps connections alive. */
void server_start_web(struct server *server);
/* A port nobody listens on, for the lifetime of the process. */
void server_absent(struct server *server);
void server_stop(struct server *server);

/* A serve() that answers each request with 200. */
void serve_ok(struct server *server, int connection);

/* For serve(): reads a request's head and body into seen->last; false when the client hung up before. */
bool server_read_request(struct server *server, int connection);
void server_say(int connection, const char *text);
/* Until all that was written is where the client finds it, the end of the connection too after a shutdown(). */
void server_flush(int connection);

#endif
