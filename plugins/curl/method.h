/* SPDX-License-Identifier: Apache-2.0
 *
 * method.h - HTTP methods as the semantic conventions want them.
 */
#ifndef OTEL_CURL_METHOD_H
#define OTEL_CURL_METHOD_H

struct method {
	const char *name; /* http.request.method: a known method or "_OTHER" */
	const char *original; /* http.request.method_original; NULL if it is the name */
	const char *span_name; /* the name, or "HTTP" for "_OTHER" */
};

/* What goes over the wire, as telemetry names it. The strings are static or `wire` itself. */
struct method method_of(const char *wire);

#endif
