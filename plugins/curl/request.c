/* SPDX-License-Identifier: Apache-2.0
 *
 * request.c - a CLIENT span by the semantic conventions for HTTP. One span covers redirects and retries, which libcurl
 * makes by itself: it carries the first URL and counts the others. Other protocols get a span without http.* keys.
 */
#include "plugins/curl/request.h"

#include <curl/curl.h>
#include <stdio.h>
#include <string.h>

#include "plugins/curl/flight.h"
#include "plugins/curl/method.h"
#include "plugins/curl/options.h"
#include "plugins/curl/outcome.h"
#include "plugins/curl/target.h"
#include "plugins/curl/url.h"

enum { START_ATTRS = TARGET_ATTRS + 2 };

static struct otel_tracer *tracer(void)
{
	return otel_tracer_get("otel-c.curl", OTEL_C_VERSION, "https://opentelemetry.io/schemas/1.44.0");
}

/* A URL as text, and what to give back to libcurl. */
struct url_text {
	const char *text;
	char *owned;
};

static struct url_text url_text_of(const struct curl_real *real, const struct handle *handle)
{
	struct url_text t = {.text = handle->url};

	if (!handle->parsed_url)
		return t;
	t.text = NULL;
	if (real->url_get && real->free && real->url_get(handle->parsed_url, CURLUPART_URL, &t.owned, 0) == 0)
		t.text = t.owned;
	return t;
}

static otel_span start(const char *name, const struct target *target, const otel_attr *more, size_t more_count)
{
	otel_attr attrs[START_ATTRS];
	size_t count = target->count;

	memcpy(attrs, target->attrs, count * sizeof *attrs);
	memcpy(attrs + count, more, more_count * sizeof *attrs);
	return otel_span_start_with(
		tracer(), name,
		OTEL_SPAN_OPTIONS(.kind = OTEL_KIND_CLIENT, .attrs = attrs, .attr_count = count + more_count));
}

static otel_span start_http(const struct handle *handle, const struct target *target)
{
	struct method method = method_of(options_method(handle));
	const otel_attr more[] = {
		otel_attr_str("http.request.method", method.name),
		otel_attr_str("http.request.method_original", method.original),
	};

	return start(method.span_name, target, more, method.original ? 2 : 1);
}

static otel_span start_other(struct view scheme, const struct target *target)
{
	char name[SCHEME_MAX];
	otel_attr more;

	snprintf(name, sizeof name, "%.*s", (int)scheme.len, scheme.ptr);
	more = otel_attr_str("network.protocol.name", name);
	return start(name, target, &more, 1);
}

/* The program's list as it is now: a callback may have set another one meanwhile, which is then in force already. */
static void put_headers_back(struct handle *handle, const struct curl_real *real)
{
	if (handle->added.count > 0)
		real->easy_setopt(handle->easy, CURLOPT_HTTPHEADER, handle->headers);
	headers_fini(&handle->added);
}

/* A program that speaks traceparent itself is left to it. */
static void add_headers(struct handle *handle, const struct curl_real *real)
{
	struct curl_slist *own = handle->headers;
	struct curl_slist *list;

	if (headers_has(own, "traceparent"))
		return;
	list = headers_inject(&handle->added, own);
	if (list != own && real->easy_setopt(handle->easy, CURLOPT_HTTPHEADER, list) != CURLE_OK)
		headers_fini(&handle->added);
}

/* Without a readable URL libcurl will most likely refuse; the call is still worth a span, with its error. */
static void begin(struct request *request, const char *text, const void *mark)
{
	struct handle *handle = request->handle;
	struct target target;
	struct url url;
	bool known = url_parse(view_of(text), view_of(handle->scheme), &url);
	bool is_http = !known || url_is_http(&url);

	if (!known)
		url = (struct url){.port = 0};
	else if (view_equals_nocase(url.scheme, "file"))
		goto untraced;
	target_init(&target, &url, handle->port);
	request->span = is_http ? start_http(handle, &target) : start_other(url.scheme, &target);
	target_fini(&target);
	if (!flight_begin(request->span, mark)) {
		otel_span_end(request->span);
		goto untraced;
	}
	if (is_http)
		add_headers(handle, request->real);
	return;
untraced:
	request->real = NULL;
}

void request_begin(struct request *request, const struct curl_real *real, struct handle *handle, const void *mark)
{
	struct url_text text = url_text_of(real, handle);

	request->real = real;
	request->handle = handle;
	put_headers_back(handle, real);
	begin(request, text.text, mark);
	if (text.owned)
		real->free(text.owned);
}

void request_end(struct request *request)
{
	struct handle *handle = request->handle;

	put_headers_back(handle, request->real);
	flight_end();
	if (otel_span_is_recording(request->span))
		outcome_describe(request->span, request->real, handle, request->code);
	otel_span_end(request->span);
}
