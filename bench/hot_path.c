/* SPDX-License-Identifier: Apache-2.0
 *
 * hot_path.c - what a span costs its caller, beside the floor of the same run.
 *
 *     hot_path none | unsampled | recorded
 *
 * Each row's floor and the row itself are timed in turn, round by round; both are given as their median over the
 * rounds that no neighbour disturbed. Where there are too few of those, all count, and a line says so. The pipeline is
 * the first of these neighbours: it rests while a round is timed if OTEL_BSP_MAX_EXPORT_BATCH_SIZE is more than that
 * makes and OTEL_BSP_SCHEDULE_DELAY longer than it takes. What it costs has rows of its own (delivery.c).
 */
#include <otel/otel.h>
#include <otel/sdk.h>
#include <string.h>

#include "measure.h"
#include "neighbour.h"
#include "rows.h"
#include "spans.h"

enum { ROUNDS = 201, ENOUGH = 31, SETS_MAX = 5, WARM_UP = 1000, OPS = 500, MAX_ROWS = 32 };

/* What was timed of a row; how long the same computation took around it. */
struct timed {
	int rounds;
	double ns[SETS_MAX * ROUNDS], floor_ns[SETS_MAX * ROUNDS], around_ns[SETS_MAX * ROUNDS];
};

static double time_loop(void (*loop)(struct otel_tracer *, int), struct otel_tracer *tracer)
{
	loop(tracer, WARM_UP); /* after the pause */
	uint64_t begin = now_ns(CLOCK_MONOTONIC);
	loop(tracer, OPS);
	return (double)(now_ns(CLOCK_MONOTONIC) - begin) / OPS;
}

static void time_row(const struct row *row, struct otel_tracer *tracer, struct timed *timed)
{
	const double before = neighbour_time();
	const double floor_ns = floor_time(&row->floor, OPS, CLOCK_MONOTONIC);
	const double ns = time_loop(row->loop, tracer);
	const double after = neighbour_time();

	timed->around_ns[timed->rounds] = before > after ? before : after;
	timed->floor_ns[timed->rounds] = floor_ns;
	timed->ns[timed->rounds++] = ns / row->calls;
}

static void time_rows(enum row_state state, int rounds, struct timed *timed)
{
	struct otel_tracer *tracer = otel_tracer("bench", "1");
	for (int round = 0; round < rounds; round++)
		for (int i = 0; i < row_count; i++) {
			if (rows[i].state != state)
				continue;
			time_row(&rows[i], tracer, &timed[i]);
			if (state == ROW_RECORDED)
				let_queue_drain(0);
		}
}

static double fastest(enum row_state state, const struct timed *timed)
{
	double best = 1e12;
	for (int i = 0; i < row_count; i++)
		for (int round = 0; rows[i].state == state && round < timed[i].rounds; round++)
			if (timed[i].around_ns[round] < best)
				best = timed[i].around_ns[round];
	return best;
}

/* Moves the undisturbed rounds to the front; how many they are. */
static int sift(struct timed *timed, double limit)
{
	int kept = 0;
	for (int round = 0; round < timed->rounds; round++) {
		if (timed->around_ns[round] > limit)
			continue;
		const double ns = timed->ns[round], floor_ns = timed->floor_ns[round],
			     around_ns = timed->around_ns[round];
		timed->ns[round] = timed->ns[kept];
		timed->floor_ns[round] = timed->floor_ns[kept];
		timed->around_ns[round] = timed->around_ns[kept];
		timed->ns[kept] = ns;
		timed->floor_ns[kept] = floor_ns;
		timed->around_ns[kept++] = around_ns;
	}
	return kept;
}

/* In sets, until each row has rounds enough that count, or for so long. How many rounds of the fewest do. */
static int measure(enum row_state state, struct timed *timed)
{
	int fewest = 0;
	time_rows(state, 1, timed); /* warms up */
	for (int i = 0; i < row_count; i++)
		timed[i].rounds = 0;
	for (int set = 0; set < SETS_MAX && fewest < ENOUGH; set++) {
		time_rows(state, ROUNDS, timed);
		const double limit = fastest(state, timed) * NEIGHBOUR_TOLERANCE;
		fewest = SETS_MAX * ROUNDS;
		for (int i = 0; i < row_count; i++) {
			const int kept = rows[i].state == state ? sift(&timed[i], limit) : fewest;
			fewest = kept < fewest ? kept : fewest;
		}
	}
	return fewest;
}

static void print_rows(enum row_state state, struct timed *timed, int fewest)
{
	const double limit = fastest(state, timed) * NEIGHBOUR_TOLERANCE;
	if (fewest < ENOUGH)
		printf("  (a neighbour uses this core nearly all the time: disturbed rounds count too)\n");
	for (int i = 0; i < row_count; i++) {
		if (rows[i].state != state)
			continue;
		const size_t rounds = (size_t)(fewest < ENOUGH ? timed[i].rounds : sift(&timed[i], limit));
		double ns = median(timed[i].ns, rounds);
		double floor_ns = median(timed[i].floor_ns, rounds);
		printf("  %-32s %8.1f ns   floor %7.1f ns   ratio %6.3f   (%zu rounds)", rows[i].id, ns, floor_ns,
		       ns / floor_ns, rounds);
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
	const int fewest = measure((enum row_state)state, timed);
	int failed = state == ROW_NONE ? 0 : stop();
	if (!failed)
		print_rows((enum row_state)state, timed, fewest);
	return failed;
}
