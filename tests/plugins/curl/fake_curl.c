/* SPDX-License-Identifier: Apache-2.0
 *
 * fake_curl.c - see fake_curl.h.
 */
#include "plugins/curl/fake_curl.h"

#include <otel/plugin.h>

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include "plugins/curl/fake_api.h"

struct fake_curl fake_curl;
static char handles[8];
static int handle_count;

void fake_curl_reset(void)
{
	memset(&fake_curl, 0, sizeof fake_curl);
	fake_curl.status = 200;
	fake_curl.version = CURL_HTTP_VERSION_1_1;
	fake_curl.scheme = "HTTP";
	fake_curl.ip = "127.0.0.1";
	fake_curl.port = 8080;
	handle_count = 0;
}

static void *init(void)
{
	return &handles[handle_count++];
}

static int setopt(void *easy, int option, ...)
{
	va_list args;
	void *value;

	(void)easy;
	va_start(args, option);
	value = va_arg(args, void *);
	va_end(args);
	fake_curl.setopts++;
	if (fake_curl.setopt_code == 0 && option == CURLOPT_HTTPHEADER)
		fake_curl.headers = value;
	return fake_curl.setopt_code;
}

static int perform(void *easy)
{
	fake_curl.performs++;
	fake_curl.span_was_current = fake_api.span.current;
	for (struct curl_slist *n = fake_curl.headers; n; n = n->next) {
		strcat(fake_curl.sent, n->data);
		strcat(fake_curl.sent, "\n");
	}
	if (fake_curl.during)
		fake_curl.during(easy);
	errno = fake_curl.errno_after;
	return fake_curl.code;
}

static int getinfo(void *easy, int info, ...)
{
	const struct {
		int info;
		long number;
		const char *text;
	} answers[] = {
		{CURLINFO_RESPONSE_CODE, fake_curl.status, NULL}, {CURLINFO_REDIRECT_COUNT, fake_curl.redirects, NULL},
		{CURLINFO_HTTP_VERSION, fake_curl.version, NULL}, {CURLINFO_PRIMARY_PORT, fake_curl.port, NULL},
		{CURLINFO_PRIMARY_IP, 0, fake_curl.ip},           {CURLINFO_EFFECTIVE_URL, 0, fake_curl.effective_url},
		{CURLINFO_SCHEME, 0, fake_curl.scheme},
	};
	va_list args;
	void *out;

	(void)easy;
	errno = EBADF; /* as if libcurl had tried something */
	va_start(args, info);
	out = va_arg(args, void *);
	va_end(args);
	for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
		if (answers[i].info != info)
			continue;
		if ((info & CURLINFO_TYPEMASK) == CURLINFO_STRING)
			memcpy(out, &answers[i].text, sizeof answers[i].text);
		else
			memcpy(out, &answers[i].number, sizeof answers[i].number);
		return CURLE_OK;
	}
	return CURLE_UNKNOWN_OPTION;
}

static void reset(void *easy)
{
	(void)easy;
	fake_curl.resets++;
	fake_curl.headers = NULL;
}

static void *duphandle(void *easy)
{
	(void)easy;
	return init();
}

static void cleanup(void *easy)
{
	(void)easy;
	fake_curl.cleanups++;
}

static const char *text_of(int code)
{
	return code == CURLE_COULDNT_CONNECT ? "Couldn't connect to server" : "Some error";
}

const struct curl_real fake_real = {
	.easy_init = init,
	.easy_perform = perform,
	.easy_setopt = setopt,
	.easy_getinfo = getinfo,
	.easy_reset = reset,
	.easy_duphandle = duphandle,
	.easy_cleanup = cleanup,
	.easy_strerror = text_of,
};

/* ---- the module's registration ---- */

static const struct curl_calls *registered;
extern const otel_plugin otel_plugin_v1;

static otel_status add(otel_setup *registration, otel_kind kind, const char *name, const void *vtable, void *self)
{
	const otel_instrumentation *instrumentation = vtable;

	(void)registration;
	(void)name;
	(void)self;
	if (kind == OTEL_COMPONENT_INSTRUMENTATION)
		registered = instrumentation->calls;
	return OTEL_OK;
}

const struct curl_calls *fake_calls(void)
{
	static const otel_host host = {
		.size = offsetof(otel_host, add) + sizeof host.add, .abi_major = OTEL_PLUGIN_ABI_MAJOR, .add = add};

	if (!registered)
		otel_plugin_v1.setup(&host, NULL);
	return registered;
}
