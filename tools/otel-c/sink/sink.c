/* SPDX-License-Identifier: Apache-2.0
 *
 * sink.c - otel-c sink: one thread, one poll loop over the servers, the signals and the clock.
 */
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "tools/otel-c/command.h"
#include "tools/otel-c/sink/file.h"
#include "tools/otel-c/sink/intake.h"
#include "tools/otel-c/sink/options.h"
#include "tools/otel-c/sink/servers.h"
#include "util/clock.h"

#define TREE_IDLE_MS  1000 /* a trace is printed when it had no news for so long */
#define LAST_WORDS_MS 1000 /* for answers under way when enough spans came */

struct sink {
	struct sink_options options;
	struct sink_intake intake;
	struct sink_servers servers;
};

static bool is_past(uint64_t at_ms, uint64_t now)
{
	return at_ms && now >= at_ms;
}

/* Milliseconds until the earliest of the servers' wish, the next tree and the deadline; -1 = until something comes. */
static int next_wait(const struct sink *s, uint64_t deadline, uint64_t now)
{
	const uint64_t enough = s->intake.enough_at_ms;
	uint64_t times[3] = {deadline, 0, enough ? enough + LAST_WORDS_MS : 0};
	int wait = sink_servers_wait_ms(&s->servers);
	uint64_t since;

	if (!s->options.until_spans && sink_output_oldest(&s->intake.output, &since))
		times[1] = since + TREE_IDLE_MS;
	for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
		uint64_t left = times[i] > now ? times[i] - now : 0;
		if (times[i] && (wait < 0 || left < (uint64_t)wait))
			wait = left < INT_MAX ? (int)left : INT_MAX;
	}
	return wait;
}

static bool is_done(const struct sink *s, uint64_t now)
{
	if (!s->intake.enough_at_ms)
		return false;
	return !sink_servers_active(&s->servers) || now >= s->intake.enough_at_ms + LAST_WORDS_MS;
}

static int time_is_up(const struct sink *s)
{
	fprintf(stderr, "otel-c sink: %" PRIu64 " of %" PRIu64 " spans came in %" PRIu64 " s\n", s->intake.spans,
		s->options.until_spans, s->options.timeout_ms / 1000);
	return EXIT_FAILED;
}

static int serve(struct sink *s, int signals)
{
	struct pollfd fds[1 + SINK_SERVERS_FDS] = {{.fd = signals, .events = POLLIN}};
	const nfds_t count = 1 + sink_servers_fds(&s->servers, fds + 1);
	uint64_t now = clock_mono_ms();
	uint64_t deadline = s->options.timeout_ms ? now + s->options.timeout_ms : 0;

	for (;;) {
		if (poll(fds, count, next_wait(s, deadline, now)) < 0 && errno != EINTR) {
			fprintf(stderr, "otel-c sink: poll: %s\n", strerror(errno));
			return EXIT_FAILED;
		}
		sink_servers_run(&s->servers);
		if (s->intake.enough_at_ms)
			sink_servers_finish(&s->servers);
		now = clock_mono_ms();
		if (!s->options.until_spans && now >= TREE_IDLE_MS)
			sink_output_idle(&s->intake.output, now - TREE_IDLE_MS);
		if (s->intake.output.failed)
			return EXIT_FAILED;
		if (is_done(s, now) || fds[0].revents)
			return EXIT_DONE;
		if (is_past(deadline, now) && !s->intake.enough_at_ms)
			return time_is_up(s);
	}
}

/* SIGINT and SIGTERM become readable, before anybody could send them to a sink that said it is ready. */
static int catch_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_BLOCK, &set, NULL);
	return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

static int start_and_serve(struct sink *s)
{
	const struct sink_handler handler = sink_intake_handler(&s->intake, s->options.headers);
	int signals = catch_signals();
	int code = sink_servers_start(&s->servers, &s->options, &handler);

	if (code == EXIT_DONE) {
		code = serve(s, signals);
		sink_output_rest(&s->intake.output);
		sink_intake_tell(&s->intake);
	}
	sink_servers_stop(&s->servers);
	close(signals);
	return s->intake.output.failed ? EXIT_FAILED : code;
}

static int sink_run(int argc, char **argv)
{
	struct sink s = {0};
	int code = EXIT_FAILED;

	if (!sink_options_parse(&s.options, argc, argv))
		return EXIT_USAGE;
	if (s.options.help) {
		fputs(sink_help, stdout);
		return EXIT_DONE;
	}
	sink_intake_init(&s.intake, &s.options.fail, s.options.until_spans);
	if (!sink_output_init(&s.intake.output, s.options.json, s.options.tee))
		return EXIT_FAILED;
	code = s.options.file ? sink_file_print(&s.intake.output, s.options.file) : start_and_serve(&s);
	sink_intake_fini(&s.intake);
	sink_output_fini(&s.intake.output);
	return code;
}

const struct command sink_command = {
	.name = "sink",
	.summary = "receives OTLP over HTTP and gRPC and prints it",
	.help = sink_help,
	.run = sink_run,
};
