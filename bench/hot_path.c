/* SPDX-License-Identifier: Apache-2.0
 *
 * hot_path.c - what a span costs its caller, beside the floor of the same run.
 *
 *     hot_path recorded | unsampled | none [THREADS]
 *
 * Rows and their floor are measured in turn, round by round, and each is given as its median over the rounds in ns per
 * operation. The floor of a span is reading the clock: twice for an empty one, three times with an event; a span with
 * 10 attributes also pays for its 13 calls and for copying its bytes.
 */
#include <otel/otel.h>
#include <otel/sdk.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROUNDS = 41, OPS = 500, PAUSE_US = 3000 };

static struct otel_tracer *tracer;

static uint64_t now_ns(clockid_t id)
{
	struct timespec t;
	clock_gettime(id, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* ---- floors ---- */

static volatile uint64_t sink;
static unsigned char from[512], to[512];

static void clocks(int n)
{
	for (int i = 0; i < n; i++)
		sink = now_ns(CLOCK_REALTIME);
}

static void floor_2_clocks(void)
{
	clocks(2);
}

/* 3 clocks, 13 calls through the PLT (abs of libc), a copy of the 440 bytes such a span has on the wire. */
static void floor_10_attributes(void)
{
	static int (*volatile call)(int) = abs;
	clocks(3);
	for (int i = 0; i < 13; i++)
		sink = (uint64_t)call(i);
	memcpy(to, from, 440);
	__asm__ volatile("" ::: "memory");
}

/* ---- rows ---- */

static void attributes(otel_span span, int fives)
{
	for (int i = 0; i < fives; i++) {
		static const char *const keys[2][5] = {
			{"http.request.method", "url.path", "server.address", "http.response.status_code", "load"},
			{"db.system.name", "db.namespace", "db.operation.name", "db.rows", "db.cost"},
		};
		otel_span_set_str(span, keys[i][0], "a value of 16 b.");
		otel_span_set_str(span, keys[i][1], "another 16 bytes");
		otel_span_set_str(span, keys[i][2], "www.example.test");
		otel_span_set_int(span, keys[i][3], 200);
		otel_span_set_double(span, keys[i][4], 0.5);
	}
}

static void span_empty(void)
{
	otel_span_end(otel_span_start(tracer, "bench"));
}

static void span_5(void)
{
	otel_span span = otel_span_start(tracer, "bench");
	attributes(span, 1);
	otel_span_end(span);
}

static void span_10(void)
{
	otel_span span = otel_span_start(tracer, "bench");
	attributes(span, 2);
	otel_span_end(span);
}

static void span_10_event(void)
{
	otel_span span = otel_span_start(tracer, "bench");
	attributes(span, 2);
	otel_span_add_event(span, "event");
	otel_span_end(span);
}

static void calls_per_span(void) /* for "none": 2 calls, reported per call */
{
	otel_span_end(otel_span_start(tracer, "bench"));
}

struct row {
	const char *name;
	void (*op)(void);
	void (*floor)(void);
	int calls; /* operations that one op() counts as */
	double limit; /* budget, as a ratio to the floor */
};

static const struct row recorded[] = {
	{"empty span", span_empty, floor_2_clocks, 1, 1.3},
	{"5 attributes", span_5, floor_10_attributes, 1, 0},
	{"10 attributes", span_10, floor_10_attributes, 1, 0},
	{"10 attributes + event", span_10_event, floor_10_attributes, 1, 1.3},
	{NULL, NULL, NULL, 0, 0},
};
static const struct row unsampled[] = {
	{"unsampled span", span_empty, floor_2_clocks, 1, 0.3},
	{NULL, NULL, NULL, 0, 0},
};
static const struct row none[] = {
	{"no SDK, per call", calls_per_span, floor_2_clocks, 2, 0.04},
	{NULL, NULL, NULL, 0, 0},
};

/* ---- measuring ---- */

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return x < y ? -1 : x > y;
}

static double time_round(void (*op)(void))
{
	uint64_t begin = now_ns(CLOCK_MONOTONIC);
	for (int i = 0; i < OPS; i++)
		op();
	return (double)(now_ns(CLOCK_MONOTONIC) - begin) / OPS;
}

static void pause_for_export(void)
{
	struct timespec t = {.tv_nsec = PAUSE_US * 1000L};
	nanosleep(&t, NULL);
}

static void measure(const struct row *row)
{
	double op[ROUNDS], base[ROUNDS];
	for (int i = 0; i < ROUNDS; i++) {
		base[i] = time_round(row->floor);
		op[i] = time_round(row->op);
		pause_for_export();
	}
	qsort(op, ROUNDS, sizeof *op, by_value);
	qsort(base, ROUNDS, sizeof *base, by_value);
	double ns = op[ROUNDS / 2] / row->calls, floor_ns = base[ROUNDS / 2];
	printf("%-24s %8.1f ns   floor %7.1f ns   ratio %5.2f", row->name, ns, floor_ns, ns / floor_ns);
	if (row->limit > 0)
		printf("   budget %.2f", row->limit);
	putchar('\n');
}

/* ---- producers in parallel: CPU per span ---- */

static void *produce(void *arg)
{
	double *cpu_ns = arg;
	uint64_t begin = now_ns(CLOCK_THREAD_CPUTIME_ID);
	for (int round = 0; round < ROUNDS; round++) {
		for (int i = 0; i < OPS / 5; i++)
			span_10_event();
		pause_for_export();
	}
	*cpu_ns = (double)(now_ns(CLOCK_THREAD_CPUTIME_ID) - begin) / (ROUNDS * (OPS / 5));
	return NULL;
}

static void measure_threads(int n)
{
	pthread_t threads[16];
	double cpu[16], sum = 0;
	for (int i = 0; i < n; i++)
		pthread_create(&threads[i], NULL, produce, &cpu[i]);
	for (int i = 0; i < n; i++) {
		pthread_join(threads[i], NULL);
		sum += cpu[i];
	}
	printf("%-24s %8.1f ns CPU per span (10 attributes + event), %d at once\n", "producers", sum / n, n);
}

static int usage(void)
{
	fputs("usage: hot_path recorded | unsampled | none [THREADS]\n", stderr);
	return 2;
}

int main(int argc, char **argv)
{
	const char *mode = argc > 1 ? argv[1] : "";
	int threads = argc > 2 ? atoi(argv[2]) : 0;
	const struct row *rows = strcmp(mode, "recorded") == 0	? recorded
				 : strcmp(mode, "unsampled") == 0 ? unsampled
				 : strcmp(mode, "none") == 0	  ? none
								  : NULL;
	if (!rows || threads < 0 || threads > 16)
		return usage();
	tracer = otel_tracer("bench", "1");
	if (rows != none && otel_sdk_start(NULL) != OTEL_OK)
		return fprintf(stderr, "hot_path: %s\n", otel_last_error()), 1;
	if (threads)
		measure_threads(threads);
	else
		for (; rows->name; rows++)
			measure(rows);
	if (rows == none || strcmp(mode, "none") == 0)
		return 0;

	otel_sdk_stats stats = {.size = sizeof stats};
	otel_status flushed = otel_sdk_stop(10000);
	otel_sdk_get_stats(&stats);
	fprintf(stderr, "%s: created %llu, accepted %llu, dropped %llu%s\n", mode, (unsigned long long)stats.spans_created,
		(unsigned long long)stats.spans_accepted, (unsigned long long)stats.dropped_queue_full,
		flushed == OTEL_OK ? "" : ", stop failed");
	return 0;
}
