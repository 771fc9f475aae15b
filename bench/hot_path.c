/* SPDX-License-Identifier: Apache-2.0
 *
 * hot_path.c - what a span costs its caller, beside the floor of the same run.
 *
 *     hot_path none | unsampled | recorded
 *
 * Each row's floor and the row itself are timed in turn, round by round; both are given as their median over the
 * rounds.
 */
#include <otel/otel.h>
#include <otel/sdk.h>
#include <string.h>

#include "measure.h"
#include "rows.h"
#include "spans.h"

enum { ROUNDS = 201, WARM_UP = 1000, OPS = 500, MAX_ROWS = 32 };

struct timed {
	double ns[ROUNDS], floor_ns[ROUNDS];
};

static double time_loop(void (*loop)(struct otel_tracer *, int), struct otel_tracer *tracer)
{
	loop(tracer, WARM_UP); /* after the pause */
	uint64_t begin = now_ns(CLOCK_MONOTONIC);
	loop(tracer, OPS);
	return (double)(now_ns(CLOCK_MONOTONIC) - begin) / OPS;
}

static void measure(enum row_state state, struct timed *timed)
{
	struct otel_tracer *tracer = otel_tracer("bench", "1");
	for (int round = -1; round < ROUNDS; round++) /* the first only warms up */
		for (int i = 0; i < row_count; i++) {
			if (rows[i].state != state)
				continue;
			double floor_ns = floor_time(&rows[i].floor, OPS, CLOCK_MONOTONIC);
			double ns = time_loop(rows[i].loop, tracer);
			if (state == ROW_RECORDED)
				let_queue_drain();
			if (round < 0)
				continue;
			timed[i].floor_ns[round] = floor_ns;
			timed[i].ns[round] = ns / rows[i].calls;
		}
}

static void print_rows(enum row_state state, struct timed *timed)
{
	for (int i = 0; i < row_count; i++) {
		if (rows[i].state != state)
			continue;
		double ns = median(timed[i].ns, ROUNDS);
		double floor_ns = median(timed[i].floor_ns, ROUNDS);
		printf("  %-32s %8.1f ns   floor %7.1f ns   ratio %6.3f", rows[i].id, ns, floor_ns, ns / floor_ns);
		if (rows[i].limit > 0) {
			printf("   budget %.2f", rows[i].limit);
			budget(rows[i].id, ns / floor_ns, "le", rows[i].limit, "x floor");
		}
		putchar('\n');
	}
}

/* A span that is dropped is cheaper than one that is kept: then the rows say nothing. */
static int stop(void)
{
	otel_sdk_stats stats = {.size = sizeof stats};
	otel_status status = otel_sdk_stop(20000);
	otel_sdk_get_stats(&stats);
	if (status == OTEL_OK && stats.spans_accepted == stats.spans_created)
		return 0;
	fprintf(stderr, "hot_path: of %llu spans only %llu were delivered\n", (unsigned long long)stats.spans_created,
		(unsigned long long)stats.spans_accepted);
	return 1;
}

int main(int argc, char **argv)
{
	static const char *const names[] = {"none", "unsampled", "recorded"};
	static struct timed timed[MAX_ROWS];
	int state = 0;
	while (state < 3 && (argc != 2 || strcmp(argv[1], names[state]) != 0))
		state++;
	if (state == 3)
		return fputs("usage: hot_path none | unsampled | recorded\n", stderr), 2;
	if (state != ROW_NONE && otel_sdk_start(NULL) != OTEL_OK)
		return fprintf(stderr, "hot_path: %s\n", otel_last_error()), 1;
	measure((enum row_state)state, timed);
	int failed = state == ROW_NONE ? 0 : stop();
	if (!failed)
		print_rows((enum row_state)state, timed);
	return failed;
}
