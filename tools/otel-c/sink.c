/* SPDX-License-Identifier: Apache-2.0
 *
 * sink.c - otel-c sink: one thread, one poll loop over the server, the signals and the clock.
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

#include "command.h"
#include "sink_copies.h"
#include "sink_fault.h"
#include "sink_file.h"
#include "sink_headers.h"
#include "sink_listen.h"
#include "sink_options.h"
#include "sink_output.h"
#include "sink_server.h"
#include "util/clock.h"

#define DEFAULT_LISTEN "127.0.0.1:4318"
#define TREE_IDLE_MS   1000 /* a trace is printed when it had no news for so long */
#define LAST_WORDS_MS  1000 /* for answers under way when enough spans came */

struct sink {
	struct sink_options options;
	struct sink_output output;
	struct sink_copies copies;
	struct buf headers; /* the line for the request being answered */
	uint64_t spans;
	uint64_t copied; /* of them */
	uint64_t data_points;
	uint64_t log_records;
	uint64_t enough_at_ms; /* when the last span that was waited for came; 0 = not yet */
};

static void on_header(void *self, const struct sink_request *request, const char *name, const char *value)
{
	struct sink *s = self;

	if (!s->headers.len)
		sink_headers_begin(&s->headers, request->method, request->path);
	if (name) {
		sink_headers_add(&s->headers, name, value);
		return;
	}
	fprintf(stderr, "%s\n", buf_str(&s->headers));
	buf_clear(&s->headers);
}

static void take_spans(struct sink *s, struct otlp_request *came, uint64_t now)
{
	s->spans += came->spans;
	s->copied += sink_copies_add(&s->copies, came->message);
	sink_output_take(&s->output, came, now);
	if (s->options.until_spans && s->spans >= s->options.until_spans && !s->enough_at_ms)
		s->enough_at_ms = now;
}

static void count(uint64_t *counter, const struct sink_arrival *arrival)
{
	if (!*counter && arrival->items)
		fprintf(stderr, "otel-c sink: %s are counted, not printed\n", sink_items_of(arrival->signal));
	*counter += arrival->items;
}

static void on_request(void *self, const struct sink_request *request, struct sink_answer *answer)
{
	struct sink *s = self;
	struct sink_arrival arrival;
	struct otlp_fault fault;
	const struct sink_fail *fail;

	if (!sink_exchange(request, answer, &arrival, &fault)) {
		fprintf(stderr, "otel-c sink: answered %u: %s\n", answer->status, fault.text);
		return;
	}
	fail = sink_fail_next(&s->options.fail);
	if (fail) {
		sink_fault_apply(fail, &arrival, answer, fault.text, sizeof fault.text);
		fprintf(stderr, "otel-c sink: --fail: %s\n", fault.text);
	}
	if (arrival.spans)
		take_spans(s, arrival.spans, clock_mono_ms());
	else if (arrival.signal != OTEL_SIGNAL_TRACES)
		count(arrival.signal == OTEL_SIGNAL_METRICS ? &s->data_points : &s->log_records, &arrival);
	sink_arrival_fini(&arrival);
}

static void tell_counts(const struct sink *s)
{
	fprintf(stderr, "otel-c sink: %" PRIu64 " spans, %" PRIu64 " copies", s->spans, s->copied);
	if (s->data_points)
		fprintf(stderr, ", %" PRIu64 " data points", s->data_points);
	if (s->log_records)
		fprintf(stderr, ", %" PRIu64 " log records", s->log_records);
	fputc('\n', stderr);
	if (s->copies.is_full)
		fprintf(stderr, "otel-c sink: only copies of the first %zu spans were looked for\n", s->copies.used);
}

static bool is_past(uint64_t at_ms, uint64_t now)
{
	return at_ms && now >= at_ms;
}

/* Milliseconds until the earliest of the server's wish, the next tree and the deadline; -1 = until something comes. */
static int next_wait(const struct sink *s, const struct sink_server *server, uint64_t deadline, uint64_t now)
{
	uint64_t times[3] = {deadline, 0, s->enough_at_ms ? s->enough_at_ms + LAST_WORDS_MS : 0};
	int wait = sink_server_wait_ms(server);
	uint64_t since;

	if (!s->options.until_spans && sink_output_oldest(&s->output, &since))
		times[1] = since + TREE_IDLE_MS;
	for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
		uint64_t left = times[i] > now ? times[i] - now : 0;
		if (times[i] && (wait < 0 || left < (uint64_t)wait))
			wait = left < INT_MAX ? (int)left : INT_MAX;
	}
	return wait;
}

static bool is_done(const struct sink *s, const struct sink_server *server, uint64_t now)
{
	if (!s->enough_at_ms)
		return false;
	return !sink_server_active(server) || now >= s->enough_at_ms + LAST_WORDS_MS;
}

static int serve(struct sink *s, struct sink_server *server, int signals)
{
	struct pollfd fds[] = {{.fd = sink_server_fd(server), .events = POLLIN}, {.fd = signals, .events = POLLIN}};
	uint64_t now = clock_mono_ms();
	uint64_t deadline = s->options.timeout_ms ? now + s->options.timeout_ms : 0;

	for (;;) {
		if (poll(fds, 2, next_wait(s, server, deadline, now)) < 0 && errno != EINTR) {
			fprintf(stderr, "otel-c sink: poll: %s\n", strerror(errno));
			return EXIT_FAILED;
		}
		sink_server_run(server);
		now = clock_mono_ms();
		if (!s->options.until_spans && now >= TREE_IDLE_MS)
			sink_output_idle(&s->output, now - TREE_IDLE_MS);
		if (s->output.failed)
			return EXIT_FAILED;
		if (is_done(s, server, now) || fds[1].revents)
			return EXIT_DONE;
		if (is_past(deadline, now) && !s->enough_at_ms) {
			fprintf(stderr, "otel-c sink: %" PRIu64 " of %" PRIu64 " spans came in %" PRIu64 " s\n",
				s->spans, s->options.until_spans, s->options.timeout_ms / 1000);
			return EXIT_FAILED;
		}
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
	const char *address = s->options.listen ? s->options.listen : DEFAULT_LISTEN;
	struct sink_handler handler = {
		.self = s, .answer = on_request, .header = s->options.headers ? on_header : NULL};
	struct sink_server *server;
	char bound[SINK_ADDRESS_MAX];
	int signals = catch_signals();
	int code = EXIT_FAILED;
	int listen_fd;

	switch (sink_listen(address, &listen_fd, bound)) {
	case SINK_NO_ADDRESS:
		code = EXIT_USAGE;
		goto out;
	case SINK_NOT_BOUND:
		goto out;
	default:
		break;
	}
	server = sink_server_start(listen_fd, &handler);
	if (server) {
		fprintf(stderr, "listening on %s\n", bound);
		code = serve(s, server, signals);
		sink_output_rest(&s->output);
		tell_counts(s);
		sink_server_stop(server);
	} else {
		fprintf(stderr, "otel-c sink: the HTTP server could not be started\n");
	}
out:
	close(signals);
	return s->output.failed ? EXIT_FAILED : code;
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
	if (!sink_output_init(&s.output, s.options.json, s.options.tee))
		return EXIT_FAILED;
	buf_init(&s.headers, 64 * 1024);
	code = s.options.file ? sink_file_print(&s.output, s.options.file) : start_and_serve(&s);
	buf_fini(&s.headers);
	sink_copies_fini(&s.copies);
	sink_output_fini(&s.output);
	return code;
}

const struct command sink_command = {
	.name = "sink",
	.summary = "receives traces over OTLP/HTTP and prints them",
	.help = sink_help,
	.run = sink_run,
};
