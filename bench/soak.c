/* SPDX-License-Identifier: Apache-2.0
 *
 * soak.c - makes spans at a steady rate for a long time while the backend (flap.c) comes and goes, then adds up: each
 * span is accepted, dropped, queued or in the spool; what was accepted did arrive; second copies were foreseen; memory
 * and descriptors are bounded.
 *
 *     bench_soak SECONDS SPANS_PER_SECOND
 */
#include <dirent.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "backend.h"
#include "spans.h"

enum { PRODUCERS = 4, ROW_S = 10, SETTLE_S = 120, SLACK_MIB = 16, SLACK_FDS = 16 };

static _Atomic uint64_t made;
static uint64_t per_second, seconds;
static int failures;

/* ---- the spans ---- */

static void make_one(struct otel_tracer *tracer)
{
	char name[24];
	snprintf(name, sizeof name, "%llu", (unsigned long long)atomic_fetch_add(&made, 1));
	otel_span span = otel_span_start(tracer, name);
	attributes_1_to_5(span);
	otel_span_end(span);
}

/* Its share of the rate, made up for each millisecond after the clock. */
static void *produce(void *arg)
{
	struct otel_tracer *tracer = otel_tracer("soak", "1");
	uint64_t begin = now_ns(CLOCK_MONOTONIC), mine = 0, past;
	(void)arg;
	while ((past = now_ns(CLOCK_MONOTONIC) - begin) < seconds * 1000000000u) {
		for (uint64_t due = past / 1000 * per_second / PRODUCERS / 1000000; mine < due; mine++)
			make_one(tracer);
		sleep_us(1000);
	}
	return NULL;
}

/* ---- what becomes of them ---- */

static otel_sdk_stats look(void)
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

static double memory_mib(void)
{
	long pages = 0;
	FILE *file = fopen("/proc/self/statm", "re");
	if (file && fscanf(file, "%*d %ld", &pages) != 1)
		pages = 0;
	if (file)
		fclose(file);
	return (double)pages * (double)sysconf(_SC_PAGESIZE) / (1 << 20);
}

static int descriptors(void)
{
	int n = 0;
	DIR *dir = opendir("/proc/self/fd");
	while (dir && readdir(dir))
		n++;
	if (dir)
		closedir(dir);
	return n - 3; /* ".", ".." and the folder's own */
}

static void print_row(uint64_t at_s)
{
	otel_sdk_stats s = look();
	printf("  %5llu s %10llu %10llu %8llu %8llu %8llu %8llu %8.1f %5d\n", (unsigned long long)at_s,
	       (unsigned long long)s.spans_created, (unsigned long long)s.spans_accepted,
	       (unsigned long long)dropped(&s), (unsigned long long)s.spans_queued, (unsigned long long)s.spooled,
	       (unsigned long long)s.ambiguous, memory_mib(), descriptors());
	fflush(stdout);
}

static void check(bool ok, const char *what)
{
	printf("  %s %s\n", ok ? "ok    " : "FAILED", what);
	failures += !ok;
}

/* The most memory and descriptors of each half of the time. */
struct most {
	double mib[2];
	int fds[2];
};

static void weigh(struct most *most, bool late)
{
	double mib = memory_mib();
	int fds = descriptors();
	most->mib[late] = mib > most->mib[late] ? mib : most->mib[late];
	most->fds[late] = fds > most->fds[late] ? fds : most->fds[late];
}

/* Rows while the producers are at work, then until nothing waits. */
static void watch(struct most *most)
{
	uint64_t begin = now_ns(CLOCK_MONOTONIC), at_s = 0;
	for (uint64_t row = ROW_S; at_s < seconds + SETTLE_S; row += ROW_S) {
		while ((at_s = (now_ns(CLOCK_MONOTONIC) - begin) / 1000000000u) < row) {
			sleep_us(100000);
			weigh(most, at_s >= seconds / 2);
		}
		print_row(at_s);
		otel_sdk_stats s = look();
		if (at_s >= seconds && !s.spans_queued && !s.spooled)
			return;
	}
}

static void add_up(const struct most *most)
{
	otel_sdk_stats s = look();
	backend_connect();
	struct backend_counts came = backend_counts();
	unsigned long long copies = came.spans - came.different, ambiguous = s.ambiguous, accepted = s.spans_accepted;
	char text[160];

	check(s.spans_created == made, "each span that was made is counted");
	check(s.spans_created == s.spans_accepted + dropped(&s) + s.spans_queued + s.spooled,
	      "created = accepted + dropped + queued + spooled");
	snprintf(text, sizeof text, "what was accepted did arrive: %llu, %llu came", accepted, came.different);
	check(came.different >= accepted, text);
	snprintf(text, sizeof text, "copies were foreseen: %llu of %llu ambiguous ones", copies, ambiguous);
	check(copies <= ambiguous, text);
	snprintf(text, sizeof text, "MiB at most: %.1f, in the second half %.1f", most->mib[0], most->mib[1]);
	check(most->mib[1] <= most->mib[0] + SLACK_MIB, text);
	snprintf(text, sizeof text, "descriptors at most: %d, in the second half %d", most->fds[0], most->fds[1]);
	check(most->fds[1] <= most->fds[0] + SLACK_FDS, text);
	printf("  dropped: queue full %llu, rejected %llu, no memory %llu, given up %llu; attempts %llu, retried "
	       "%llu\n",
	       (unsigned long long)s.dropped_queue_full, (unsigned long long)s.dropped_rejected,
	       (unsigned long long)s.dropped_no_memory, (unsigned long long)s.dropped_retry,
	       (unsigned long long)s.export_attempts, (unsigned long long)s.retried);
}

int main(int argc, char **argv)
{
	pthread_t producers[PRODUCERS];
	struct most most = {{0, 0}, {0, 0}};

	if (argc != 3)
		return 2;
	seconds = strtoull(argv[1], NULL, 10);
	per_second = strtoull(argv[2], NULL, 10);
	if (otel_sdk_start(NULL) != OTEL_OK)
		return fprintf(stderr, "soak: %s\n", otel_last_error()), 1;
	printf("  %7s %10s %10s %8s %8s %8s %8s %8s %5s\n", "", "created", "accepted", "dropped", "queued", "spooled",
	       "ambig.", "RSS MiB", "fds");
	for (int i = 0; i < PRODUCERS; i++)
		if (pthread_create(&producers[i], NULL, produce, NULL) != 0)
			return perror("soak"), 1;
	watch(&most);
	for (int i = 0; i < PRODUCERS; i++)
		pthread_join(producers[i], NULL);
	add_up(&most);
	check(otel_sdk_stop(10000) == OTEL_OK, "it stops");
	return failures ? 1 : 0;
}
