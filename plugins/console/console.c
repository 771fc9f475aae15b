/* SPDX-License-Identifier: Apache-2.0
 *
 * console.c - the exporter "console": traces as trees on standard output, for looking at a program while developing it.
 * Selected by name ([traces] exporter = console), so writing to the program's output is what was asked for.
 */
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include <otel/plugin.h>

#include "otlp/text/gather.h"

#define WAIT_MS 200 /* for a terminal or pipe that takes no more just now */

struct console {
	const otel_host *host;
	otel_setup *setup;
	bool failed; /* the last write did not go through */
};

static otel_status console_open(void *self, const otel_host *host, otel_setup *setup)
{
	struct console *console = self;

	console->host = host;
	console->setup = setup;
	return OTEL_OK;
}

/* Without stdio: the program's own buffer is neither flushed nor locked by us. */
static void write_all(void *arg, const char *text, size_t len)
{
	struct console *console = arg;
	struct pollfd ready = {.fd = STDOUT_FILENO, .events = POLLOUT};

	while (len && !console->failed) {
		ssize_t written = write(STDOUT_FILENO, text, len);
		if (written >= 0) {
			text += written;
			len -= (size_t)written;
		} else if (errno == EAGAIN) {
			console->failed = poll(&ready, 1, WAIT_MS) <= 0;
		} else {
			console->failed = errno != EINTR;
		}
	}
}

/* A reader that went away must not end the program: the SIGPIPE of our own writes is taken back. */
static void without_sigpipe(struct gather *gather)
{
	static const struct timespec at_once = {0, 0};
	sigset_t pipe, before, pending;

	sigpending(&pending);
	sigemptyset(&pipe);
	sigaddset(&pipe, SIGPIPE);
	pthread_sigmask(SIG_BLOCK, &pipe, &before);
	gather_print_all(gather);
	if (!sigismember(&pending, SIGPIPE))
		sigtimedwait(&pipe, NULL, &at_once);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

static otel_export_result drop(struct console *console, const char *why)
{
	console->host->log(console->setup, OTEL_LOG_WARN, "spans are not shown: %s", why);
	return OTEL_EXPORT_DROP;
}

static otel_export_result print(struct console *console, struct otlp_request *request)
{
	struct tree_style style = {.colour = isatty(STDOUT_FILENO), .write = write_all, .arg = console};
	struct gather *gather = gather_create(&style);
	bool whole = gather && gather_add(gather, request, 0);

	console->failed = false;
	if (gather)
		without_sigpipe(gather);
	gather_destroy(gather);
	if (!whole)
		return drop(console, "out of memory");
	return console->failed ? drop(console, "standard output cannot be written") : OTEL_EXPORT_DONE;
}

/* Each batch is shown as it comes: a trace whose spans come in two batches is shown in two parts. */
static otel_export_result console_export(void *self, const otel_batch *batch, otel_export_op *op)
{
	struct console *console = self;
	struct otlp_request *request;
	struct otlp_fault fault;
	otel_export_result result;
	int saved = errno;

	(void)op;
	if (otlp_request_decode(batch->data, batch->len, &request, &fault) == OTLP_GOOD)
		result = print(console, request);
	else
		result = drop(console, fault.text);
	otlp_request_unref(request);
	errno = saved;
	return result;
}

static const otel_exporter console_exporter = {
	.component = {.size = sizeof(console_exporter), .state_size = sizeof(struct console), .open = console_open},
	.signals = OTEL_SIGNAL_TRACES,
	.export_batch = console_export,
};

static otel_status console_setup(const otel_host *host, otel_setup *setup)
{
	return host->add(setup, OTEL_COMPONENT_EXPORTER, "console", &console_exporter, NULL);
}

OTEL_EXPORT extern const otel_plugin otel_plugin_v1;

const otel_plugin otel_plugin_v1 = {
	.size = sizeof(otel_plugin_v1),
	.abi_major = OTEL_PLUGIN_ABI_MAJOR,
	.abi_minor = OTEL_PLUGIN_ABI_MINOR,
	.name = "console",
	.version = "0.1.0",
	.license = "Apache-2.0",
	.setup = console_setup,
};
