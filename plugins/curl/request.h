/* SPDX-License-Identifier: Apache-2.0
 *
 * request.h - the span around one request: what is known before it, and what after.
 */
#ifndef OTEL_CURL_REQUEST_H
#define OTEL_CURL_REQUEST_H

#include <otel/otel.h>

#include "plugins/curl/calls.h"
#include "plugins/curl/handles.h"
#include "plugins/curl/headers.h"

struct request {
	const struct curl_real *real;
	struct handle *handle;
	otel_span span;
	otel_token token;
	struct headers headers;
};

/* Starts a span, makes it current and adds its headers to the handle. false: this request is none to be traced, and
 * nothing was done. */
bool request_begin(struct request *request, const struct curl_real *real, struct handle *handle);

/* Puts the program's headers back, describes what happened and ends the span. `code` is libcurl's result. */
void request_end(struct request *request, int code);

#endif
