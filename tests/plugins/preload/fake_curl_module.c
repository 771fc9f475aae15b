/* SPDX-License-Identifier: Apache-2.0
 *
 * fake_curl_module.c - stands in for curl.so: tells on stderr which calls reached it, and passes them on.
 */
#include <otel/plugin.h>

#include <stdio.h>
#include <unistd.h>

#include "plugins/curl/calls.h"

static void tell(const char *what)
{
	if (write(STDERR_FILENO, what, 1) < 0)
		return;
}

static void *init(const struct curl_real *real)
{
	tell("i");
	return real->easy_init();
}

static int perform(const struct curl_real *real, void *easy)
{
	tell("p");
	return real->easy_perform(easy);
}

static int setopt(const struct curl_real *real, void *easy, int option, void *value)
{
	tell("s");
	return real->easy_setopt(easy, option, value);
}

static void reset(const struct curl_real *real, void *easy)
{
	tell("r");
	real->easy_reset(easy);
}

static void *duphandle(const struct curl_real *real, void *easy)
{
	tell("d");
	return real->easy_duphandle(easy);
}

static void cleanup(const struct curl_real *real, void *easy)
{
	tell("c");
	real->easy_cleanup(easy);
}

static const struct curl_calls calls = {sizeof calls, sizeof(struct curl_real), init, perform, setopt, reset, duphandle,
					cleanup};

static const otel_instrumentation instrumentation = {
	.component = {.size = sizeof instrumentation}, .library = CURL_CALLS_LIBRARY, .calls = &calls};

static otel_status setup(const otel_host *host, otel_setup *registration)
{
	/* A host that can only take registrations must not offer more. */
	if (OTEL_OFFERS(host, log) || OTEL_OFFERS(host, config_str))
		return OTEL_FAILED;
	return host->add(registration, OTEL_COMPONENT_INSTRUMENTATION, "curl", &instrumentation, NULL);
}

OTEL_EXPORT extern const otel_plugin otel_plugin_v1;
const otel_plugin otel_plugin_v1 = {
	.size = sizeof otel_plugin_v1,
	.abi_major = OTEL_PLUGIN_ABI_MAJOR,
	.abi_minor = OTEL_PLUGIN_ABI_MINOR,
	.name = "curl",
	.version = "0",
	.license = "Apache-2.0",
	.setup = setup,
};
