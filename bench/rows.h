/* SPDX-License-Identifier: Apache-2.0
 *
 * rows.h - what is timed and counted: loops over one kind of span, and over its floor. Each is a function of its own,
 * so that nothing of the harness is inside and callgrind can be told to count it alone.
 */
#ifndef BENCH_ROWS_H
#define BENCH_ROWS_H

#include <otel/otel.h>
#include <time.h>

enum row_state { ROW_NONE, ROW_UNSAMPLED, ROW_RECORDED };

/* What nobody can do without: so many readings of the clock, calls into a library, copies of a span's bytes. */
struct floor {
	int clocks, calls, copies;
};

struct row {
	const char *id; /* as in bench/instructions.txt */
	enum row_state state; /* what must be there: no SDK, one that drops, one that records */
	void (*loop)(struct otel_tracer *tracer, int n); /* n operations */
	struct floor floor;
	int calls; /* an operation is so many calls, and reported by call */
	double limit; /* budget: at most so many times the floor; 0 = none */
};

extern const struct row rows[];
extern const int row_count;

/* NULL if there is none of that name and state. */
const struct row *row_find(const char *id, enum row_state state);

/* Times the parts of a floor one after the other, each n times, by that clock; their sum in ns per operation. */
double floor_time(const struct floor *floor, int n, clockid_t clock);

/* How many bytes a span with 10 attributes and an event has on the wire; a copy is of as many. */
#define ROWS_WIRE_BYTES 402

#endif
