/* SPDX-License-Identifier: Apache-2.0
 *
 * options.h - what a request asks for, in libcurl's options; all but those of attempt.h and of the answer.
 */
#ifndef OTEL_HTTP_OPTIONS_H
#define OTEL_HTTP_OPTIONS_H

#include <otel/plugin.h>

#include <curl/curl.h>

#include "http/proxy.h"

/* The first failure sticks; TLS options above all must not be lost. */
CURLcode options_set(CURL *easy, const otel_http_request *request, const struct proxy *proxy);

/* The time left, for a request whose timeout began to run before. */
CURLcode options_set_timeout(CURL *easy, uint32_t whole_ms, uint32_t connect_ms);

/* The headers of the request, in *list, which the caller frees in any case. false: one of them cannot be sent. */
bool options_headers(struct curl_slist **list, const otel_http_request *request);

#endif
