/* SPDX-License-Identifier: Apache-2.0
 *
 * producers.c - CPU per span (10 attributes and an event) when 1, 2 and 4 threads make spans at once, as a ratio to
 * one.
 *
 * The same threads take part in every round, and the rounds of 1, 2 and 4 alternate. Each burst of a thread is timed
 * with that thread's CPU clock. Beside it the floor, done at once by as many threads: what the machine itself loses
 * when more of its CPUs are busy.
 */
#include <otel/otel.h>
#include <otel/sdk.h>
#include <pthread.h>

#include "measure.h"
#include "rows.h"

enum { THREADS = 4, ROUNDS = 150, WARM_UP = 1000, OPS = 500, PAUSE_US = 5000, KINDS = 3 };

static const int at_once[KINDS] = {1, 2, THREADS};
static const struct row *row;
static struct otel_tracer *tracer;
static pthread_barrier_t begin, end;

static struct {
	double ns[KINDS][ROUNDS][THREADS], floor_ns[KINDS][ROUNDS][THREADS];
} result;

static double burst(void)
{
	row->loop(tracer, WARM_UP); /* after the pause */
	uint64_t start = now_ns(CLOCK_THREAD_CPUTIME_ID);
	row->loop(tracer, OPS);
	return (double)(now_ns(CLOCK_THREAD_CPUTIME_ID) - start) / OPS;
}

static void *produce(void *arg)
{
	int self = (int)(intptr_t)arg;
	row->loop(tracer, OPS); /* warm */
	for (int round = 0; round < ROUNDS; round++)
		for (int kind = 0; kind < KINDS; kind++) {
			pthread_barrier_wait(&begin);
			if (self < at_once[kind]) {
				result.floor_ns[kind][round][self] =
					floor_time(&row->floor, OPS, CLOCK_THREAD_CPUTIME_ID);
				result.ns[kind][round][self] = burst();
			}
			pthread_barrier_wait(&end);
			sleep_us(PAUSE_US); /* the queue drains; these threads would be in its way */
		}
	return NULL;
}

/* The median over all bursts of all threads that took part. */
static double middle(double values[ROUNDS][THREADS], int threads)
{
	static double all[ROUNDS * THREADS];
	size_t count = 0;
	for (int round = 0; round < ROUNDS; round++)
		for (int i = 0; i < threads; i++)
			all[count++] = values[round][i];
	return median(all, count);
}

static void print(void)
{
	double one = 0, one_floor = 0;
	for (int kind = 0; kind < KINDS; kind++) {
		double ns = middle(result.ns[kind], at_once[kind]);
		double floor_ns = middle(result.floor_ns[kind], at_once[kind]);
		one = kind ? one : ns;
		one_floor = kind ? one_floor : floor_ns;
		printf("  %d producer%-22s %8.1f ns   floor %7.1f ns   to one %5.3f (floor to one %5.3f)",
		       at_once[kind], at_once[kind] == 1 ? "" : "s", ns, floor_ns, ns / one, floor_ns / one_floor);
		if (at_once[kind] == THREADS) {
			printf("   budget 1.15");
			budget("4 producers", ns / one, "le", 1.15, "x one producer");
		}
		putchar('\n');
	}
}

int main(void)
{
	pthread_t threads[THREADS];
	row = row_find("10 attributes, event", ROW_RECORDED);
	if (!row || otel_sdk_start(NULL) != OTEL_OK)
		return fprintf(stderr, "producers: %s\n", otel_last_error()), 1;
	tracer = otel_tracer("bench", "1");
	pthread_barrier_init(&begin, NULL, THREADS);
	pthread_barrier_init(&end, NULL, THREADS);
	for (intptr_t i = 0; i < THREADS; i++)
		if (pthread_create(&threads[i], NULL, produce, (void *)i) != 0)
			return perror("producers"), 1;
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);

	otel_sdk_stats stats = {.size = sizeof stats};
	otel_status status = otel_sdk_stop(20000);
	otel_sdk_get_stats(&stats);
	if (status != OTEL_OK || stats.spans_accepted != stats.spans_created)
		return fprintf(stderr, "producers: of %llu spans only %llu were delivered\n",
			       (unsigned long long)stats.spans_created, (unsigned long long)stats.spans_accepted),
		       1;
	print();
	return 0;
}
