/* SPDX-License-Identifier: Apache-2.0
 *
 * rows.c - see rows.h.
 *
 * The floor of a span is reading the clock: twice for an empty one, three times with an event. One with 10 attributes
 * and an event also pays for its 13 calls into a library and for copying its bytes once. The parts are timed each on
 * its own and added up.
 */
#include "rows.h"

#include <string.h>
#include <time.h>

#include "call.h"
#include "measure.h"
#include "spans.h"

#define LOOP(name, ...)                                                                                                \
	__attribute__((noinline)) static void loop_##name(struct otel_tracer *tracer, int n)                           \
	{                                                                                                              \
		for (int i = 0; i < n; i++) {                                                                          \
			__VA_ARGS__;                                                                                   \
			__asm__ volatile("" ::"r"(tracer) : "memory");                                                 \
		}                                                                                                      \
	}

/* ---- floors ---- */

static unsigned char from[ROWS_WIRE_BYTES];
static _Thread_local unsigned char to[ROWS_WIRE_BYTES];
static volatile size_t wire_bytes = ROWS_WIRE_BYTES; /* or the compiler would unroll the copy */

__attribute__((noinline)) static void read_clocks(int n)
{
	struct timespec t;
	for (int i = 0; i < n; i++) {
		clock_gettime(CLOCK_REALTIME, &t);
		__asm__ volatile("" ::"r"(&t) : "memory");
	}
}

__attribute__((noinline)) static void make_calls(int n)
{
	for (int i = 0; i < n; i++)
		bench_call((uint64_t)i, "http.request.method", 19, "a value of 16 b.", 16);
}

__attribute__((noinline)) static void make_copies(int n)
{
	for (int i = 0; i < n; i++) {
		memcpy(to, from, wire_bytes);
		__asm__ volatile("" ::"r"(to) : "memory");
	}
}

static double part_time(void (*part)(int n), int n, clockid_t clock)
{
	uint64_t begin = now_ns(clock);
	part(n);
	return (double)(now_ns(clock) - begin);
}

double floor_time(const struct floor *floor, int n, clockid_t clock)
{
	return (part_time(read_clocks, n * floor->clocks, clock) + part_time(make_calls, n * floor->calls, clock) +
		part_time(make_copies, n * floor->copies, clock)) /
	       n;
}

/* ---- spans ---- */

LOOP(empty, span_empty(tracer))
LOOP(scope, span_scope(tracer))
LOOP(attributes_5, span_5(tracer))
LOOP(attributes_10, span_10(tracer))
LOOP(attributes_10_handles, span_10_handles(tracer))
LOOP(attributes_10_event, span_10_event(tracer))

const struct row rows[] = {
	{"no SDK, per call", ROW_NONE, loop_attributes_5, {2, 0, 0}, 7, 0.04}, /* start, five setters, end */
	{"no SDK, start and end, per call", ROW_NONE, loop_empty, {2, 0, 0}, 2, 0},
	{"no SDK, scope macro", ROW_NONE, loop_scope, {2, 0, 0}, 1, 0},
	{"unsampled", ROW_UNSAMPLED, loop_empty, {2, 0, 0}, 1, 0.3},
	{"unsampled, 5 attributes", ROW_UNSAMPLED, loop_attributes_5, {2, 0, 0}, 1, 0},
	{"empty", ROW_RECORDED, loop_empty, {2, 0, 0}, 1, 1.3},
	{"scope macro", ROW_RECORDED, loop_scope, {2, 0, 0}, 1, 0},
	{"5 attributes", ROW_RECORDED, loop_attributes_5, {2, 0, 0}, 1, 0},
	{"10 attributes", ROW_RECORDED, loop_attributes_10, {2, 12, 1}, 1, 0},
	{"10 attributes by key handle", ROW_RECORDED, loop_attributes_10_handles, {2, 12, 1}, 1, 0},
	{"10 attributes, event", ROW_RECORDED, loop_attributes_10_event, {3, 13, 1}, 1, 1.3},
};
const int row_count = sizeof rows / sizeof rows[0];

const struct row *row_find(const char *id, enum row_state state)
{
	for (int i = 0; i < row_count; i++)
		if (rows[i].state == state && strcmp(rows[i].id, id) == 0)
			return &rows[i];
	return NULL;
}
