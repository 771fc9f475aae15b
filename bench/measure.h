/* SPDX-License-Identifier: Apache-2.0
 *
 * measure.h - clocks, medians and result lines of the benchmarks.
 *
 * What a person reads goes to stdout. What has a budget is also appended to the file named by BENCH_RESULTS, a line
 * each: id, measured value, "le" or "ge", limit, unit; tabs between them. scripts/bench.sh reads that.
 */
#ifndef BENCH_MEASURE_H
#define BENCH_MEASURE_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static inline uint64_t now_ns(clockid_t id)
{
	struct timespec t;
	clock_gettime(id, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static inline void sleep_us(long us)
{
	struct timespec t = {.tv_sec = us / 1000000, .tv_nsec = us % 1000000 * 1000};
	nanosleep(&t, NULL);
}

static inline int measure_compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return x < y ? -1 : x > y;
}

/* Sorts the values. */
static inline double median(double *values, size_t count)
{
	qsort(values, count, sizeof *values, measure_compare);
	return count % 2 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

/* relation: "le", the value may be at most the limit, or "ge", it must be at least that. */
static inline void budget(const char *id, double value, const char *relation, double limit, const char *unit)
{
	const char *path = getenv("BENCH_RESULTS");
	FILE *f = path ? fopen(path, "ae") : NULL;
	if (!f)
		return;
	fprintf(f, "%s\t%.4f\t%s\t%g\t%s\n", id, value, relation, limit, unit);
	fclose(f);
}

#endif
