/* SPDX-License-Identifier: Apache-2.0
 *
 * send.c - otel-c send: files in, requests out.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tools/otel-c/command.h"
#include "tools/otel-c/send/delivery.h"
#include "tools/otel-c/send/options.h"
#include "tools/otel-c/send/signal.h"

enum { EXIT_UNDELIVERED = 3 };

struct send {
	struct send_options options;
	struct send_counts counts;
	bool is_bad; /* something could not be read */
	bool is_stuck; /* no use to go on */
	uint32_t unwanted; /* signals that no exporter takes */
};

static void complain(const char *file, uint64_t line, const char *why)
{
	if (line)
		fprintf(stderr, "otel-c send: %s:%" PRIu64 ": %s\n", file, line, why);
	else
		fprintf(stderr, "otel-c send: %s: %s\n", file, why);
}

/* Once for each signal: a file may have a million lines of it. */
static void tell_unwanted(struct send *s, const char *file, const struct send_input *input)
{
	char why[120];

	if (s->unwanted & input->signal)
		return;
	s->unwanted |= input->signal;
	snprintf(why, sizeof why, "no exporter takes %s: look at %s, or ask otel-c doctor",
		 send_signal_items(input->signal), send_signal_variable(input->signal));
	complain(file, input->line, why);
}

static void send_request(struct send *s, const char *file, const struct send_input *input)
{
	char why[120];

	switch (send_deliver(&s->counts, input, s->options.timeout_ms)) {
	case SEND_SETTLED:
		return;
	case SEND_TOO_LARGE:
		complain(file, input->line, "larger than the 16 MiB that can be under way, or memory is short");
		return;
	case SEND_LATE:
		snprintf(why, sizeof why, "not delivered within %" PRIu64 " s; what comes after it was not sent",
			 s->options.timeout_ms / 1000);
		complain(file, input->line, why);
		break;
	case SEND_NOBODY:
		tell_unwanted(s, file, input);
		return;
	}
	s->is_stuck = true;
}

static void send_all(struct send *s, const char *file, struct send_input *input)
{
	struct otlp_fault fault;

	while (!s->is_stuck) {
		switch (send_input_next(input, &fault)) {
		case SEND_REQUEST:
			send_request(s, file, input);
			break;
		case SEND_BROKEN:
			complain(file, input->line, fault.text);
			s->is_bad = true;
			break;
		case SEND_UNREADABLE:
			complain(file, input->line, fault.text);
			s->is_bad = true;
			return;
		case SEND_END:
			return;
		}
	}
}

static void send_file(struct send *s, const char *file)
{
	const bool is_stdin = strcmp(file, "-") == 0;
	const int fd = is_stdin ? STDIN_FILENO : open(file, O_RDONLY | O_CLOEXEC);
	struct send_input input;

	if (fd < 0) {
		complain(file, 0, strerror(errno));
		s->is_bad = true;
		return;
	}
	send_input_init(&input, fd, s->options.signal);
	send_all(s, is_stdin ? "standard input" : file, &input);
	send_input_fini(&input);
}

static int report(const struct send *s)
{
	const struct send_counts *counts = &s->counts;
	const uint64_t known = counts->accepted + counts->rejected;
	const uint64_t undelivered = counts->sent > known ? counts->sent - known : 0;

	printf("%" PRIu64 " accepted, %" PRIu64 " rejected, %" PRIu64 " retries\n", counts->accepted, counts->rejected,
	       counts->retries);
	if (undelivered)
		fprintf(stderr, "otel-c send: %" PRIu64 " undelivered\n", undelivered);
	if (fflush(stdout)) {
		fprintf(stderr, "otel-c send: standard output: %s\n", strerror(errno));
		return EXIT_FAILED;
	}
	if (s->is_stuck || s->unwanted)
		return EXIT_UNDELIVERED;
	return counts->rejected || s->is_bad ? EXIT_FAILED : EXIT_DONE;
}

static int run(int argc, char **argv)
{
	struct send s = {.is_bad = false};

	if (!send_options_parse(&s.options, argc, argv))
		return EXIT_USAGE;
	if (s.options.help) {
		fputs(send_help, stdout);
		return EXIT_DONE;
	}
	if (!send_delivery_start(s.options.distro)) {
		fputs("otel-c send: nothing was sent, for the SDK does not start\n", stderr);
		return EXIT_UNDELIVERED;
	}
	for (char **file = s.options.files; *file && !s.is_stuck; file++)
		send_file(&s, *file);
	send_delivery_end(&s.counts);
	return report(&s);
}

const struct command send_command = {
	.name = "send",
	.summary = "sends telemetry that lies in files",
	.help = send_help,
	.run = run,
};
