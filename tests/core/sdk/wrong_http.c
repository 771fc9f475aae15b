/* SPDX-License-Identifier: Apache-2.0
 *
 * wrong_http.c - an http.so that was left over from another version.
 */
#include "http/http.h"

extern const struct http_module otel_http_v1;

OTEL_EXPORT const struct http_module otel_http_v1 = {.size = sizeof(struct http_module), .version = "0.0.0-other"};
