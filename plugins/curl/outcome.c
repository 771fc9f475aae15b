/* SPDX-License-Identifier: Apache-2.0
 *
 * outcome.c - status code, peer, protocol version, redirects and errors of a finished request.
 */
#include "plugins/curl/outcome.h"

#include <curl/curl.h>
#include <stdio.h>

#include "plugins/curl/errors.h"
#include "plugins/curl/target.h"
#include "plugins/curl/url.h"

struct outcome {
	otel_span span;
	const struct curl_real *real;
	const struct handle *handle;
	int code;
};

static long info_long(const struct outcome *o, int info)
{
	long value = 0;

	return o->real->easy_getinfo(o->handle->easy, info, &value) == CURLE_OK ? value : 0;
}

static const char *info_str(const struct outcome *o, int info)
{
	char *value = NULL;

	return o->real->easy_getinfo(o->handle->easy, info, &value) == CURLE_OK && value ? value : "";
}

static const char *version_name(long version)
{
	static const struct {
		long version;
		const char *name;
	} versions[] = {
		{CURL_HTTP_VERSION_1_0, "1.0"},
		{CURL_HTTP_VERSION_1_1, "1.1"},
		{CURL_HTTP_VERSION_2_0, "2"},
		{CURL_HTTP_VERSION_3, "3"},
	};

	for (size_t i = 0; i < sizeof versions / sizeof *versions; i++)
		if (versions[i].version == version)
			return versions[i].name;
	return NULL;
}

static void describe_peer(const struct outcome *o)
{
	const char *address = info_str(o, CURLINFO_PRIMARY_IP);
	long port = info_long(o, CURLINFO_PRIMARY_PORT);

	if (!*address)
		return;
	otel_span_set_str(o->span, "network.peer.address", address);
	if (port > 0)
		otel_span_set_int(o->span, "network.peer.port", port);
}

/* The URL as libcurl completed it. After a redirect it is another one, and a malformed one is not shown. */
static void describe_url(const struct outcome *o)
{
	struct target target;
	struct url url;

	if (o->code == CURLE_URL_MALFORMAT ||
	    !url_parse(view_of(info_str(o, CURLINFO_EFFECTIVE_URL)), view_of(o->handle->scheme), &url))
		return;
	target_init(&target, &url, o->handle->port);
	otel_span_set_attrs(o->span, target.attrs, target.count);
	target_fini(&target);
}

/* 0 when no HTTP response came. */
static long describe_response(const struct outcome *o)
{
	struct view scheme = view_of(info_str(o, CURLINFO_SCHEME));
	long status = info_long(o, CURLINFO_RESPONSE_CODE);
	const char *version = version_name(info_long(o, CURLINFO_HTTP_VERSION));

	if (status <= 0 || !(view_equals_nocase(scheme, "http") || view_equals_nocase(scheme, "https")))
		return 0;
	otel_span_set_int(o->span, "http.response.status_code", status);
	if (version)
		otel_span_set_str(o->span, "network.protocol.version", version);
	return status;
}

/* The status code says more than libcurl's result: with CURLOPT_FAILONERROR both speak of the same error. That the
 * program itself cancelled is none. */
static void describe_error(const struct outcome *o, long status)
{
	char text[24];
	const char *type = text;
	const char *description = NULL;

	if (status >= 400) {
		snprintf(text, sizeof text, "%ld", status);
	} else if (o->code != CURLE_OK && o->code != CURLE_ABORTED_BY_CALLBACK) {
		type = error_name(o->code);
		description = o->real->easy_strerror ? o->real->easy_strerror(o->code) : NULL;
	} else {
		return;
	}
	otel_span_set_str(o->span, "error.type", type);
	otel_span_set_status(o->span, OTEL_STATUS_ERROR, description);
}

void outcome_describe(otel_span span, const struct curl_real *real, const struct handle *handle, int code)
{
	const struct outcome o = {.span = span, .real = real, .handle = handle, .code = code};
	long redirects = info_long(&o, CURLINFO_REDIRECT_COUNT);

	if (redirects > 0)
		otel_span_set_int(span, "http.request.resend_count", redirects);
	else
		describe_url(&o);
	describe_peer(&o);
	describe_error(&o, describe_response(&o));
}
