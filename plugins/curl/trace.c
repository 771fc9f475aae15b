/* SPDX-License-Identifier: Apache-2.0
 *
 * trace.c - the instrumentation of libcurl's easy interface: what stands in place of each call, and the descriptor
 * through which the preload finds it.
 *
 * It is called by the thunks of calls.c and calls libcurl only through the functions they pass, which are those of the
 * copy the program uses. Neither results nor errno nor ownership change.
 */
#include <otel/otel.h>
#include <otel/plugin.h>

#include <curl/curl.h>
#include <errno.h>

#include "plugins/curl/calls.h"
#include "plugins/curl/flight.h"
#include "plugins/curl/handles.h"
#include "plugins/curl/options.h"
#include "plugins/curl/request.h"

static void *trace_init(const struct curl_real *real)
{
	void *easy = real->easy_init();
	int saved = errno;

	flight_is_on(flight_mark());
	if (easy && !otel_is_suppressed())
		handle_add(easy);
	errno = saved;
	return easy;
}

static int trace_setopt(const struct curl_real *real, void *easy, int option, void *value)
{
	int code = real->easy_setopt(easy, option, value);
	int saved = errno;
	struct handle *handle = code == CURLE_OK ? handle_find(easy) : NULL;

	if (handle)
		options_note(handle, option, value);
	errno = saved;
	return code;
}

static void trace_reset(const struct curl_real *real, void *easy)
{
	struct handle *handle;
	int saved;

	real->easy_reset(easy);
	saved = errno;
	flight_is_on(flight_mark());
	handle = handle_find(easy);
	if (handle)
		handle_clear(handle);
	else if (easy && !otel_is_suppressed())
		handle_add(easy);
	errno = saved;
}

static void *trace_duphandle(const struct curl_real *real, void *easy)
{
	void *copy = real->easy_duphandle(easy);
	int saved = errno;
	struct handle *from = copy ? handle_find(easy) : NULL;
	struct handle *to = from ? handle_add(copy) : NULL;

	if (to)
		handle_copy(to, from);
	/* In a callback of a traced transfer the copy has our list, which ends with the transfer. */
	if (from)
		real->easy_setopt(copy, CURLOPT_HTTPHEADER, from->headers);
	errno = saved;
	return copy;
}

static void trace_cleanup(const struct curl_real *real, void *easy)
{
	int saved = errno;

	flight_is_on(flight_mark());
	/* Before the real call: after it the address may belong to a new handle. */
	handle_drop(easy);
	errno = saved;
	real->easy_cleanup(easy);
}

/* However the call is left: a callback may throw, or end its thread. That the program itself gave up is no error. */
static void leave(struct request *request)
{
	int saved = errno;

	if (request->real)
		request_end(request);
	errno = saved;
}

static int trace_perform(const struct curl_real *real, void *easy)
{
	__attribute__((cleanup(leave))) struct request request = {.code = CURLE_ABORTED_BY_CALLBACK};
	const void *mark = flight_mark();
	int saved = errno;
	struct handle *handle = otel_is_suppressed() || flight_is_on(mark) ? NULL : handle_find(easy);

	if (handle)
		request_begin(&request, real, handle, mark);
	errno = saved;
	request.code = real->easy_perform(easy);
	return request.code;
}

static const struct curl_calls calls = {
	.size = sizeof calls,
	.real_size = sizeof(struct curl_real),
	.init = trace_init,
	.perform = trace_perform,
	.setopt = trace_setopt,
	.reset = trace_reset,
	.duphandle = trace_duphandle,
	.cleanup = trace_cleanup,
};

static const otel_instrumentation instrumentation = {
	.component = {.size = sizeof instrumentation},
	.library = CURL_CALLS_LIBRARY,
	.calls = &calls,
};

static otel_status setup(const otel_host *host, otel_setup *registration)
{
	if (!OTEL_OFFERS(host, add))
		return OTEL_UNSUPPORTED;
	handles_setup();
	flight_setup();
	return host->add(registration, OTEL_COMPONENT_INSTRUMENTATION, "curl", &instrumentation, NULL);
}

OTEL_EXPORT extern const otel_plugin otel_plugin_v1;
const otel_plugin otel_plugin_v1 = {
	.size = sizeof otel_plugin_v1,
	.abi_major = OTEL_PLUGIN_ABI_MAJOR,
	.abi_minor = OTEL_PLUGIN_ABI_MINOR,
	.name = "curl",
	.version = OTEL_C_VERSION,
	.license = "Apache-2.0",
	.setup = setup,
};
