/* SPDX-License-Identifier: Apache-2.0
 *
 * door_call.c - see the header.
 */
#include "sdk/door_call.h"

#include <stdlib.h>
#include <string.h>

#include "sdk/auth_sign.h"

static size_t text_size(const char *s)
{
	return s ? strlen(s) + 1 : 0;
}

static size_t request_text_size(const otel_http_request *r)
{
	size_t n = text_size(r->method) + text_size(r->url) + text_size(r->ca_file) + text_size(r->client_cert) +
		   text_size(r->client_key) + text_size(r->auth);
	for (size_t i = 0; i < r->header_count; i++)
		n += text_size(r->headers[i].name) + text_size(r->headers[i].value);
	return n;
}

static const char *text_copy(char **room, const char *s)
{
	if (!s)
		return NULL;
	size_t n = strlen(s) + 1;
	char *copy = memcpy(*room, s, n);
	*room += n;
	return copy;
}

/* A plugin may know a shorter otel_http_request: what it does not know is 0. */
static otel_http_request request_read(const otel_http_request *from)
{
	otel_http_request r = {0};
	memcpy(&r, from, from->size < sizeof(r) ? from->size : sizeof(r));
	r.size = sizeof(r);
	return r;
}

/* One block: the call, its headers, its strings. The body stays with the caller. */
struct call *call_create(const otel_http_request *from)
{
	otel_http_request r = request_read(from);
	struct call *call = calloc(1, sizeof(*call) + r.header_count * sizeof(otel_header) + request_text_size(&r));
	if (!call)
		return NULL;
	otel_header *headers = (otel_header *)(void *)(call + 1);
	char *room = (char *)(headers + r.header_count);
	for (size_t i = 0; i < r.header_count; i++) {
		headers[i].name = text_copy(&room, r.headers[i].name);
		headers[i].value = text_copy(&room, r.headers[i].value);
	}
	r.headers = headers;
	r.method = text_copy(&room, r.method);
	r.url = text_copy(&room, r.url);
	r.ca_file = text_copy(&room, r.ca_file);
	r.client_cert = text_copy(&room, r.client_cert);
	r.client_key = text_copy(&room, r.client_key);
	r.auth = text_copy(&room, r.auth);
	call->request = r;
	return call;
}

void call_free(struct call *call)
{
	signature_free(call->signature);
	free(call);
}

void call_end(struct call *call, otel_http_error error)
{
	call->state = CALL_ENDED;
	call->error = error;
}
