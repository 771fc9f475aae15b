/* SPDX-License-Identifier: Apache-2.0
 *
 * calls.c - the thunks: libcurl's easy calls as a program sees them when libotel_preload.so stands before libcurl.
 *
 * Debian has libcurl twice, told apart by symbol versions alone, and one process may use both. So each thunk exists in
 * both versions and looks for the real function of its own.
 */
#include "plugins/curl/calls.h"

#include <stdarg.h>
#include <stdbool.h>

#include "plugins/preload/resolve.h"
#include "plugins/preload/wake.h"

/* The third argument of curl_easy_setopt is a long, a pointer or a curl_off_t: one machine word. */
_Static_assert(sizeof(void *) == 8, "setopt passes its argument on as one word of 64 bits");

enum { CODE_FAILED_INIT = 2 }; /* CURLE_FAILED_INIT */

enum flavour { OPENSSL, GNUTLS, FLAVOURS };

static const struct real_name names[] = {
	{"curl_easy_init", offsetof(struct curl_real, easy_init)},
	{"curl_easy_perform", offsetof(struct curl_real, easy_perform)},
	{"curl_easy_setopt", offsetof(struct curl_real, easy_setopt)},
	{"curl_easy_getinfo", offsetof(struct curl_real, easy_getinfo)},
	{"curl_easy_reset", offsetof(struct curl_real, easy_reset)},
	{"curl_easy_duphandle", offsetof(struct curl_real, easy_duphandle)},
	{"curl_easy_cleanup", offsetof(struct curl_real, easy_cleanup)},
	{"curl_easy_strerror", offsetof(struct curl_real, easy_strerror)},
	{"curl_url_get", offsetof(struct curl_real, url_get)},
	{"curl_free", offsetof(struct curl_real, free)},
};

static struct real_cache caches[FLAVOURS];

#define LIBRARY(flavour, version_name)                                                                                 \
	[flavour] = {                                                                                                  \
		.file = CURL_CALLS_LIBRARY,                                                                            \
		.version = version_name,                                                                               \
		.names = names,                                                                                        \
		.name_count = sizeof names / sizeof *names,                                                            \
		.size = sizeof(struct curl_real),                                                                      \
		.cache = &caches[flavour],                                                                             \
	}

static const struct real_library libraries[FLAVOURS] = {
	LIBRARY(OPENSSL, "CURL_OPENSSL_4"),
	LIBRARY(GNUTLS, "CURL_GNUTLS_3"),
};

static struct wake wake = {.module = "curl.so", .library = CURL_CALLS_LIBRARY};

/* Who answers a call: the instrumentation, or NULL for the real function. false: there is no real function. */
static bool route(enum flavour flavour, const void *caller, struct curl_real *real, const struct curl_calls **calls)
{
	enum real_caller who = real_find(&libraries[flavour], caller, real);
	const struct curl_calls *found = who == REAL_PROGRAM ? wake_calls(&wake) : NULL;

	*calls = found && found->size >= sizeof *found && found->real_size == sizeof *real ? found : NULL;
	return who != REAL_MISSING;
}

static void *call_init(enum flavour flavour, const void *caller)
{
	const struct curl_calls *calls;
	struct curl_real real;

	if (!route(flavour, caller, &real, &calls))
		return NULL;
	return calls ? calls->init(&real) : real.easy_init();
}

static int call_perform(enum flavour flavour, const void *caller, void *easy)
{
	const struct curl_calls *calls;
	struct curl_real real;

	if (!route(flavour, caller, &real, &calls) || !real.easy_perform)
		return CODE_FAILED_INIT;
	return calls ? calls->perform(&real, easy) : real.easy_perform(easy);
}

static int call_setopt(enum flavour flavour, const void *caller, void *easy, int option, void *value)
{
	const struct curl_calls *calls;
	struct curl_real real;

	if (!route(flavour, caller, &real, &calls) || !real.easy_setopt)
		return CODE_FAILED_INIT;
	return calls ? calls->setopt(&real, easy, option, value) : real.easy_setopt(easy, option, value);
}

static void call_reset(enum flavour flavour, const void *caller, void *easy)
{
	const struct curl_calls *calls;
	struct curl_real real;

	if (!route(flavour, caller, &real, &calls) || !real.easy_reset)
		return;
	if (calls)
		calls->reset(&real, easy);
	else
		real.easy_reset(easy);
}

static void *call_duphandle(enum flavour flavour, const void *caller, void *easy)
{
	const struct curl_calls *calls;
	struct curl_real real;

	if (!route(flavour, caller, &real, &calls) || !real.easy_duphandle)
		return NULL;
	return calls ? calls->duphandle(&real, easy) : real.easy_duphandle(easy);
}

static void call_cleanup(enum flavour flavour, const void *caller, void *easy)
{
	const struct curl_calls *calls;
	struct curl_real real;

	if (!route(flavour, caller, &real, &calls) || !real.easy_cleanup)
		return;
	if (calls)
		calls->cleanup(&real, easy);
	else
		real.easy_cleanup(easy);
}

/* One exported function under a symbol version; "remove" keeps its plain name out of the symbol table. */
#define THUNK(type, function, parameters, symbol)                                                                      \
	__attribute__((visibility("default"))) type function parameters;                                               \
	__asm__(".symver " #function ", " symbol ", remove");                                                          \
	type function parameters

#define THUNKS(flavour, prefix, at_version)                                                                            \
	THUNK(void *, prefix##_init, (void), "curl_easy_init" at_version)                                              \
	{                                                                                                              \
		return call_init(flavour, __builtin_return_address(0));                                                \
	}                                                                                                              \
	THUNK(int, prefix##_perform, (void *easy), "curl_easy_perform" at_version)                                     \
	{                                                                                                              \
		return call_perform(flavour, __builtin_return_address(0), easy);                                       \
	}                                                                                                              \
	THUNK(int, prefix##_setopt, (void *easy, int option, ...), "curl_easy_setopt" at_version)                      \
	{                                                                                                              \
		void *value;                                                                                           \
		va_list args;                                                                                          \
		va_start(args, option);                                                                                \
		value = va_arg(args, void *);                                                                          \
		va_end(args);                                                                                          \
		return call_setopt(flavour, __builtin_return_address(0), easy, option, value);                         \
	}                                                                                                              \
	THUNK(void, prefix##_reset, (void *easy), "curl_easy_reset" at_version)                                        \
	{                                                                                                              \
		call_reset(flavour, __builtin_return_address(0), easy);                                                \
	}                                                                                                              \
	THUNK(void *, prefix##_duphandle, (void *easy), "curl_easy_duphandle" at_version)                              \
	{                                                                                                              \
		return call_duphandle(flavour, __builtin_return_address(0), easy);                                     \
	}                                                                                                              \
	THUNK(void, prefix##_cleanup, (void *easy), "curl_easy_cleanup" at_version)                                    \
	{                                                                                                              \
		call_cleanup(flavour, __builtin_return_address(0), easy);                                              \
	}

/* @@: what a program linked without versions gets. */
THUNKS(OPENSSL, openssl_easy, "@@CURL_OPENSSL_4")
THUNKS(GNUTLS, gnutls_easy, "@CURL_GNUTLS_3")
