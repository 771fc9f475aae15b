/* SPDX-License-Identifier: Apache-2.0
 *
 * request.h - the span around one request: what is known before it, and what after.
 */
#ifndef OTEL_CURL_REQUEST_H
#define OTEL_CURL_REQUEST_H

#include <otel/otel.h>

#include "plugins/curl/calls.h"
#include "plugins/curl/handles.h"

struct request {
	const struct curl_real *real; /* NULL: not traced */
	struct handle *handle;
	otel_span span;
	int code; /* libcurl's result */
};

/* Starts a span, makes it current and adds its headers to the handle. Does nothing where the request is none to be
 * traced. `mark`: see flight.h. */
void request_begin(struct request *request, const struct curl_real *real, struct handle *handle, const void *mark);

/* Puts the program's headers back, describes what happened and ends the span. */
void request_end(struct request *request);

#endif
