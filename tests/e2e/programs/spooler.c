/* SPDX-License-Identifier: Apache-2.0
 *
 * spooler.c - spooler STEP…: makes spans, and looks at what becomes of them.
 *
 *     spans N      ends N spans                  flush        once, whatever comes of it
 *     until X N    until counter X is N          kill         itself, with SIGKILL
 *     fork         a child ends 2 spans, stops   close        all descriptors from 3 on
 *     touch FILE   so that others know           wait FILE    until it is there
 *     pace N       N spans, a millisecond apart, and how long that took
 *     print        the counters, on one line
 */
#include <otel/otel.h>
#include <otel/sdk.h>

#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE_MS = 60000, PAUSE_MS = 20 };

static otel_sdk_stats stats(void)
{
	otel_sdk_stats s = {.size = sizeof s};

	otel_sdk_get_stats(&s);
	return s;
}

static uint64_t dropped(const otel_sdk_stats *s)
{
	return s->dropped_queue_full + s->dropped_rejected + s->dropped_no_memory + s->dropped_shutdown +
	       s->dropped_processed + s->dropped_retry;
}

static void print(void)
{
	const otel_sdk_stats s = stats();

	printf("created %" PRIu64 " accepted %" PRIu64 " dropped %" PRIu64 " queued %" PRIu64 " spooled %" PRIu64
	       " replayed %" PRIu64 "\n",
	       s.spans_created, s.spans_accepted, dropped(&s), s.spans_queued, s.spooled, s.replayed);
	fflush(stdout);
}

static void spans(long count)
{
	while (count-- > 0)
		otel_span_end(otel_span_start(otel_tracer("spooler", "1"), "spooled"));
}

static uint64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

static void pace(long count)
{
	const uint64_t from = now_ms();

	for (long i = 0; i < count; i++) {
		spans(1);
		nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
	}
	printf("%ld spans in %" PRIu64 " ms\n", count, now_ms() - from);
	fflush(stdout);
}

static uint64_t counter(const char *name)
{
	const otel_sdk_stats s = stats();

	if (strcmp(name, "accepted") == 0)
		return s.spans_accepted;
	if (strcmp(name, "spooled") == 0)
		return s.spooled;
	return s.replayed;
}

static void pause_a_little(int *waited)
{
	nanosleep(&(struct timespec){.tv_nsec = PAUSE_MS * 1000000}, NULL);
	if ((*waited += PAUSE_MS) < PATIENCE_MS)
		return;
	print();
	exit(3);
}

static void until(const char *name, uint64_t value)
{
	for (int waited = 0; counter(name) != value;)
		pause_a_little(&waited);
}

static void wait_for(const char *file)
{
	for (int waited = 0; access(file, F_OK);)
		pause_a_little(&waited);
}

static void in_child(void)
{
	const pid_t pid = fork();
	int status;

	if (pid == 0) {
		spans(2);
		const otel_status stopped = otel_sdk_stop(30000);
		(void)stopped; /* there is no backend */
		_exit(0); /* a leak checker would miss the parent's threads */
	}
	if (waitpid(pid, &status, 0) != pid || status)
		exit(4);
}

static void close_all(void)
{
	for (int fd = 3; fd < 1024; fd++)
		close(fd);
}

/* How many words it took. */
static int step(char **word)
{
	if (strcmp(*word, "flush") == 0) {
		const otel_status status = otel_sdk_flush(30000);
		(void)status;
	} else if (strcmp(*word, "kill") == 0) {
		kill(getpid(), SIGKILL);
	} else if (strcmp(*word, "fork") == 0) {
		in_child();
	} else if (strcmp(*word, "close") == 0) {
		close_all();
	} else if (strcmp(*word, "print") == 0) {
		print();
	} else if (!word[1]) {
		return 1;
	} else if (strcmp(*word, "spans") == 0) {
		spans(strtol(word[1], NULL, 10));
		return 2;
	} else if (strcmp(*word, "pace") == 0) {
		pace(strtol(word[1], NULL, 10));
		return 2;
	} else if (strcmp(*word, "touch") == 0) {
		close(open(word[1], O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
		return 2;
	} else if (strcmp(*word, "wait") == 0) {
		wait_for(word[1]);
		return 2;
	} else if (strcmp(*word, "until") == 0 && word[2]) {
		until(word[1], strtoull(word[2], NULL, 10));
		return 3;
	}
	return 1;
}

int main(int argc, char **argv)
{
	const otel_status started = otel_sdk_start(NULL);

	if (started)
		return 2;
	for (int i = 1; i < argc;)
		i += step(argv + i);
	return 0;
}
