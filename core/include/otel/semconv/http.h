/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/http.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_HTTP_H
#define OTEL_SEMCONV_HTTP_H

/* string, development */
#define OTEL_HTTP_CONNECTION_STATE "http.connection.state"
#define OTEL_HTTP_CONNECTION_STATE_ACTIVE "active"
#define OTEL_HTTP_CONNECTION_STATE_IDLE "idle"

/* int, development */
#define OTEL_HTTP_REQUEST_BODY_SIZE "http.request.body.size"

/* string[] template, stable */
#define OTEL_HTTP_REQUEST_HEADER "http.request.header"

/* string, stable */
#define OTEL_HTTP_REQUEST_METHOD "http.request.method"
#define OTEL_HTTP_REQUEST_METHOD_CONNECT "CONNECT"
#define OTEL_HTTP_REQUEST_METHOD_DELETE "DELETE"
#define OTEL_HTTP_REQUEST_METHOD_GET "GET"
#define OTEL_HTTP_REQUEST_METHOD_HEAD "HEAD"
#define OTEL_HTTP_REQUEST_METHOD_OPTIONS "OPTIONS"
#define OTEL_HTTP_REQUEST_METHOD_PATCH "PATCH"
#define OTEL_HTTP_REQUEST_METHOD_POST "POST"
#define OTEL_HTTP_REQUEST_METHOD_PUT "PUT"
#define OTEL_HTTP_REQUEST_METHOD_TRACE "TRACE"
#define OTEL_HTTP_REQUEST_METHOD_QUERY "QUERY"
#define OTEL_HTTP_REQUEST_METHOD_OTHER "_OTHER"

/* string, stable */
#define OTEL_HTTP_REQUEST_METHOD_ORIGINAL "http.request.method_original"

/* int, stable */
#define OTEL_HTTP_REQUEST_RESEND_COUNT "http.request.resend_count"

/* int, development */
#define OTEL_HTTP_REQUEST_SIZE "http.request.size"

/* int, development */
#define OTEL_HTTP_RESPONSE_BODY_SIZE "http.response.body.size"

/* string[] template, stable */
#define OTEL_HTTP_RESPONSE_HEADER "http.response.header"

/* int, development */
#define OTEL_HTTP_RESPONSE_SIZE "http.response.size"

/* int, stable */
#define OTEL_HTTP_RESPONSE_STATUS_CODE "http.response.status_code"

/* string, stable */
#define OTEL_HTTP_ROUTE "http.route"

#endif
