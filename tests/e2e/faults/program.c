/* SPDX-License-Identifier: Apache-2.0
 *
 * program.c - makes spans, and tells what became of them and whether it was harmed.
 *
 *     faults SPANS wait      waits until each is accounted for, at most 40 s
 *     faults SPANS replay    the same, and until something from a spool was delivered
 *     faults SPANS twice     the same, then once more
 *     faults SPANS nofile    waits, then makes as many once more while it may open no file, until they failed to leave
 *     faults SPANS flow      makes one each millisecond, says "made", then waits as above
 *     faults SPANS flush     waits for the first failure, then flushes once
 *     faults SPANS stop      waits for the first failure, then stops
 *     faults SPANS quit      waits for the first failure, then leaves main
 *     faults SPANS leave     leaves main at once
 *     faults SPANS sleep     says "ready" after the first failure, then sleeps until a signal ends it
 *     faults SPANS fork      waits for the first failure, then forks a child that makes as many, and both wait
 *     faults SPANS exec      waits for the first failure, then becomes `faults SPANS wait`
 *     faults SPANS jump      waits for the first failure, sets its clock by $FAULTS_JUMP_S seconds, and waits
 *
 * One line: ok or failed, each counter that is not 0, then, if that is so, "unaccounted" (created is not accepted +
 * dropped + queued + spooled), and what was changed that is the program's.
 */
#include <otel/otel.h>
#include <otel/sdk.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "guest.h"
#include "jump.h"

static otel_sdk_stats look(void)
{
	otel_sdk_stats s = {.size = sizeof s};

	otel_sdk_get_stats(&s);
	return s;
}

static bool is_settled(const otel_sdk_stats *s)
{
	return s->spans_queued == 0;
}

static bool has_failed(const otel_sdk_stats *s)
{
	return s->export_failures > 0;
}

static void wait_until(bool (*is)(const otel_sdk_stats *s))
{
	for (int i = 0; i < 8000; i++) {
		const otel_sdk_stats s = look();
		if (is(&s))
			return;
		usleep(5000);
	}
}

static void make(int spans, useconds_t pause_us)
{
	while (spans-- > 0) {
		guest_errno_set();
		otel_span_end(otel_span_start(otel_tracer("faults", NULL), "work"));
		guest_errno_check();
		if (pause_us)
			usleep(pause_us);
	}
}

/* With $FAULTS_MAY_NOT_WRITE: who writes to a file gets SIGXFSZ, until it is told. */
static void limit_files(rlim_t most)
{
	struct rlimit limit;

	if (!getenv("FAULTS_MAY_NOT_WRITE"))
		return;
	getrlimit(RLIMIT_FSIZE, &limit);
	limit.rlim_cur = most < limit.rlim_max ? most : limit.rlim_max;
	setrlimit(RLIMIT_FSIZE, &limit);
}

/* ---- what is told ---- */

static void tell(const char *status)
{
	const otel_sdk_stats s = look();
	const struct {
		const char *name;
		uint64_t value;
	} rows[] = {
		{"created", s.spans_created},     {"accepted", s.spans_accepted},
		{"queued", s.spans_queued},       {"full", s.dropped_queue_full},
		{"rejected", s.dropped_rejected}, {"no_memory", s.dropped_no_memory},
		{"shutdown", s.dropped_shutdown}, {"processed", s.dropped_processed},
		{"retry", s.dropped_retry},       {"ambiguous", s.ambiguous},
		{"spooled", s.spooled},           {"replayed", s.replayed},
	};
	const uint64_t dropped = s.dropped_queue_full + s.dropped_rejected + s.dropped_no_memory + s.dropped_shutdown +
				 s.dropped_processed + s.dropped_retry;

	limit_files(RLIM_INFINITY);
	printf("%s", status);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (rows[i].value)
			printf(" %s=%llu", rows[i].name, (unsigned long long)rows[i].value);
	if (s.spans_created != s.spans_accepted + dropped + s.spans_queued + s.spooled)
		printf(" unaccounted");
	guest_tell_harm();
	printf("\n");
	fflush(stdout);
}

static void tell_at_exit(void)
{
	tell("ok");
}

static const char *word(otel_status status)
{
	return status == OTEL_OK ? "ok" : "failed";
}

/* ---- what is done ---- */

static const char *do_wait(int spans)
{
	(void)spans;
	wait_until(is_settled);
	return "ok";
}

static bool has_replayed(const otel_sdk_stats *s)
{
	return s->replayed > 0 && s->spans_queued == 0;
}

static const char *do_replay(int spans)
{
	(void)spans;
	wait_until(has_replayed);
	return "ok";
}

static const char *do_twice(int spans)
{
	wait_until(is_settled);
	usleep(200000); /* the server may close meanwhile what was kept open */
	make(spans, 0);
	wait_until(is_settled);
	return "ok";
}

static const char *do_nofile(int spans)
{
	struct rlimit limit, none;

	wait_until(is_settled);
	getrlimit(RLIMIT_NOFILE, &limit);
	none = (struct rlimit){.rlim_cur = 0, .rlim_max = limit.rlim_max};
	setrlimit(RLIMIT_NOFILE, &none);
	make(spans, 0);
	wait_until(has_failed);
	setrlimit(RLIMIT_NOFILE, &limit);
	wait_until(is_settled);
	return "ok";
}

static const char *do_flow(int spans)
{
	make(spans, 1000);
	printf("made\n");
	fflush(stdout);
	wait_until(is_settled);
	return "ok";
}

static const char *do_flush(int spans)
{
	(void)spans;
	wait_until(has_failed);
	return word(otel_sdk_flush(10000));
}

static const char *do_stop(int spans)
{
	(void)spans;
	wait_until(has_failed);
	return word(otel_sdk_stop(10000));
}

static const char *do_quit(int spans)
{
	(void)spans;
	wait_until(has_failed);
	return NULL;
}

static const char *do_leave(int spans)
{
	(void)spans;
	return NULL;
}

static const char *do_sleep(int spans)
{
	(void)spans;
	wait_until(has_failed);
	printf("ready\n");
	fflush(stdout);
	pause();
	return "failed";
}

static const char *do_fork(int spans)
{
	wait_until(has_failed);
	const pid_t child = fork();
	int status = 0;

	if (child == 0) {
		make(spans, 0);
		wait_until(is_settled);
		tell("child");
		exit(0);
	}
	waitpid(child, &status, 0);
	wait_until(is_settled);
	return status ? "child-failed" : "ok";
}

static const char *do_exec(int spans)
{
	char number[16];

	wait_until(has_failed);
	guest_expect_fds();
	snprintf(number, sizeof number, "%d", spans);
	execl("/proc/self/exe", "faults", number, "wait", (char *)NULL);
	return "failed";
}

static const char *do_jump(int spans)
{
	const char *by = getenv("FAULTS_JUMP_S");

	(void)spans;
	wait_until(has_failed);
	if (!clock_jump || !by)
		return "failed";
	clock_jump(atol(by));
	wait_until(is_settled);
	return "ok";
}

static const struct {
	const char *name;
	const char *(*act)(int spans); /* NULL: what is told is told at exit */
	bool makes;
} ways[] = {
	{"wait", do_wait, false},     {"twice", do_twice, false}, {"replay", do_replay, false},
	{"nofile", do_nofile, false}, {"flow", do_flow, true},    {"flush", do_flush, false},
	{"stop", do_stop, false},     {"quit", do_quit, false},   {"leave", do_leave, false},
	{"sleep", do_sleep, false},   {"fork", do_fork, false},   {"exec", do_exec, false},
	{"jump", do_jump, false},
};

int main(int argc, char **argv)
{
	const int spans = argc == 3 ? atoi(argv[1]) : 0;
	size_t way = 0;

	while (argc == 3 && way < sizeof ways / sizeof *ways && strcmp(argv[2], ways[way].name))
		way++;
	if (argc != 3 || way == sizeof ways / sizeof *ways)
		return 2;
	guest_begin();
	const bool at_exit = ways[way].act == do_quit || ways[way].act == do_leave;
	if (at_exit)
		atexit(tell_at_exit); /* before the SDK's handler is registered, so it runs after it */
	limit_files(0);
	if (otel_sdk_start(NULL) != OTEL_OK)
		return 1;
	if (!ways[way].makes)
		make(spans, 0);
	const char *status = ways[way].act(spans);
	if (status)
		tell(status);
	return 0;
}
