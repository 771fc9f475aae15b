/* SPDX-License-Identifier: Apache-2.0
 *
 * w3c_call.c - an outgoing request with libcurl, traced by hand.
 */
#include "w3c_call.h"

#include <otel/otel.h>

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>

void w3c_call_setup(void)
{
	curl_global_init(CURL_GLOBAL_DEFAULT);
}

static void add_header(void *self, const char *name, const char *value)
{
	struct curl_slist **list = self;
	struct curl_slist *longer;
	char *line;

	if (asprintf(&line, "%s: %s", name, value) < 0)
		return;
	longer = curl_slist_append(*list, line);
	free(line);
	if (longer)
		*list = longer;
}

static size_t discard(char *data, size_t size, size_t count, void *arg)
{
	(void)data;
	(void)arg;
	return size * count;
}

static void perform(CURL *easy, otel_span span)
{
	CURLcode code = curl_easy_perform(easy);
	long status = 0;

	if (code != CURLE_OK) {
		otel_span_fail(span, curl_easy_strerror(code));
		return;
	}
	curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
	otel_span_set_int(span, "http.response.status_code", status);
}

void w3c_call(const char *url, const char *json)
{
	OTEL_SPAN_WITH(span, otel_tracer("w3c_service", "1"), "POST", .kind = OTEL_KIND_CLIENT);
	struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
	const otel_carrier carrier = {.size = sizeof carrier, .self = &headers, .set = add_header};
	CURL *easy = curl_easy_init();

	if (!easy)
		goto out;
	otel_inject(NULL, &carrier);
	curl_easy_setopt(easy, CURLOPT_URL, url);
	curl_easy_setopt(easy, CURLOPT_POSTFIELDS, json);
	curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, discard);
	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(easy, CURLOPT_NOPROXY, "*");
	curl_easy_setopt(easy, CURLOPT_TIMEOUT, 30L);
	perform(easy, span);
out:
	curl_easy_cleanup(easy);
	curl_slist_free_all(headers);
}
