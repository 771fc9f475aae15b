/* SPDX-License-Identifier: Apache-2.0
 *
 * calm.c - in each test program, before its main: what it inherited of its caller decides nothing.
 */
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DESCRIPTORS = 1024 };

/* Set in what a test program starts itself: that environment is meant. */
static const char mark[] = "OTEL_C_TEST_CALM";

/* What begins like one of these is forgotten, unless it begins like the last. */
static const char *const strange[] = {"OTEL_",       "SPLUNK_",     "AWS_",      "DEPLOYMENT_ENVIRONMENT",
				      "TRACEPARENT", "TRACESTATE",  "BAGGAGE",   "http_proxy",
				      "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY",
				      "no_proxy",    "NO_PROXY",    "SSL_CERT_", "OTEL_C_TEST_"};

#define BEFORE_ALL __attribute__((no_sanitize("address", "thread", "undefined")))

BEFORE_ALL static bool begins(const char *text, const char *with)
{
	while (*with && *text == *with)
		text++, with++;
	return *with == '\0';
}

BEFORE_ALL static bool is_strange(const char *variable)
{
	const size_t last = sizeof strange / sizeof *strange - 1;

	for (size_t i = 0; i < last; i++)
		if (begins(variable, strange[i]))
			return !begins(variable, strange[last]);
	return false;
}

/* Libraries look into the environment when they are loaded: this is earlier. */
BEFORE_ALL static void forget(int argc, char **argv, char **environment)
{
	char **kept = environment;

	(void)argc, (void)argv;
	for (char **e = environment; *e; e++)
		if (begins(*e, mark))
			return;
	for (char **e = environment; *e; e++)
		if (!is_strange(*e))
			*kept++ = *e;
	*kept = NULL;
}

__attribute__((section(".preinit_array"), used)) static void (*const first)(int, char **, char **) = forget;

static void signals_as_at_login(void)
{
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	for (int i = 1; i < NSIG; i++) {
		struct sigaction now;
		if (sigaction(i, NULL, &now) == 0 && now.sa_handler == SIG_IGN)
			signal(i, SIG_DFL);
	}
}

__attribute__((constructor)) static void calm(void)
{
	struct rlimit limit;

	setenv(mark, "yes", 1);
	if (getenv("TMPDIR") && strpbrk(getenv("TMPDIR"), " \t'\"$")) /* it gets into shells' lines */
		unsetenv("TMPDIR");
	umask(022);
	signals_as_at_login();
	close_range(STDERR_FILENO + 1, ~0U, 0);
	if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
		limit.rlim_cur = limit.rlim_max < DESCRIPTORS ? limit.rlim_max : DESCRIPTORS;
		setrlimit(RLIMIT_NOFILE, &limit);
	}
}
