/* SPDX-License-Identifier: Apache-2.0
 *
 * clock_tsc.c - the counter: whether it may be used, its samples, and the line that every thread reads.
 *
 * Nothing waits, here or there: the first line is drawn when two samples are far enough apart, and a reader that comes
 * while it is drawn anew asks the system.
 */
#include "util/clock_tsc.h"

#include "util/clock_line.h"

_Atomic uint32_t clock_tsc_version = 1;

#if defined(__x86_64__)

#include <cpuid.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <x86intrin.h>

#define CLOCKSOURCE    "/sys/devices/system/clocksource/clocksource0/current_clocksource"
#define GET_CPUID      0x1011 /* ARCH_GET_CPUID of asm/prctl.h: 0 if the instruction faults */
#define LEAF_POWER     0x80000007u
#define INVARIANT_TSC  (1u << 8)
#define CALIBRATION_MS 100
#define ALIGNMENT_MS   1000
#define TRIES          8

/* The line, in words that may be read while they change. */
static struct {
	_Atomic uint64_t ticks, real_ns, scale, max_ticks;
} shown;

enum { OFF, ASKED, ON };
static _Atomic int state;

/* The pipeline thread's. */
static struct {
	struct clock_line line;
	struct clock_sample last;
	uint64_t due_ms;
} tsc;

/* ---- reading ---- */

uint64_t clock_tsc_unix_ns(void)
{
	const uint32_t version = atomic_load_explicit(&clock_tsc_version, memory_order_acquire);
	const struct clock_line line = {
		.ticks = atomic_load_explicit(&shown.ticks, memory_order_acquire),
		.real_ns = atomic_load_explicit(&shown.real_ns, memory_order_acquire),
		.scale = atomic_load_explicit(&shown.scale, memory_order_acquire),
		.max_ticks = atomic_load_explicit(&shown.max_ticks, memory_order_acquire),
	};
	uint64_t ns;

	if (version & 1 || atomic_load_explicit(&clock_tsc_version, memory_order_relaxed) != version ||
	    !clock_line_read(&line, __rdtsc(), &ns))
		return clock_unix_ns();
	return ns;
}

/* ---- showing a line ---- */

static void hide(void)
{
	atomic_fetch_or_explicit(&clock_tsc_version, 1, memory_order_relaxed);
}

/* Each store releases the odd version: a reader that sees one of them sees that it came too early. */
static void show(const struct clock_line *line)
{
	hide();
	atomic_store_explicit(&shown.ticks, line->ticks, memory_order_release);
	atomic_store_explicit(&shown.real_ns, line->real_ns, memory_order_release);
	atomic_store_explicit(&shown.scale, line->scale, memory_order_release);
	atomic_store_explicit(&shown.max_ticks, line->max_ticks, memory_order_release);
	atomic_fetch_add_explicit(&clock_tsc_version, 1, memory_order_release);
}

/* ---- samples ---- */

/* The clocks lie between two readings of the counter: of a few pairs the closest, which nothing interrupted. */
static struct clock_sample take_sample(void)
{
	struct clock_sample best = {0};
	uint64_t narrowest = UINT64_MAX;

	for (int i = 0; i < TRIES; i++) {
		const uint64_t from = __rdtsc();
		const uint64_t real_ns = clock_read(CLOCK_REALTIME);
		const uint64_t mono_ns = clock_read(CLOCK_MONOTONIC);
		const uint64_t width = __rdtsc() - from;
		if (width >= narrowest)
			continue;
		narrowest = width;
		best = (struct clock_sample){from + width / 2, real_ns, mono_ns};
	}
	return best;
}

/* The first sample, and each after which there is no line, only begins anew. */
static void align(uint64_t now_ms, bool is_first)
{
	const struct clock_sample now = take_sample();
	bool drawn = false;

	if (is_first)
		tsc.line = (struct clock_line){0};
	else
		drawn = clock_line_draw(&tsc.line, &tsc.last, &now);
	if (drawn)
		show(&tsc.line);
	else
		hide();
	tsc.last = now;
	tsc.due_ms = now_ms + (drawn ? ALIGNMENT_MS : CALIBRATION_MS);
}

void clock_tsc_align(uint64_t now_ms)
{
	int asked = ASKED;

	if (atomic_compare_exchange_strong(&state, &asked, ON))
		align(now_ms, true);
	else if (asked == ON && now_ms >= tsc.due_ms)
		align(now_ms, false);
}

uint64_t clock_tsc_due(void)
{
	switch (atomic_load(&state)) {
	case OFF:
		return UINT64_MAX;
	case ASKED:
		return 0;
	default:
		return tsc.due_ms;
	}
}

/* ---- whether it may be used ---- */

static bool is_invariant(void)
{
	unsigned a, b, c, d = 0;

	return syscall(SYS_arch_prctl, GET_CPUID, 0) && __get_cpuid(LEAF_POWER, &a, &b, &c, &d) && d & INVARIANT_TSC;
}

/* The kernel watches it over all processors, and takes another clock when it finds fault with it. */
static bool is_clock_of_kernel(void)
{
	char name[8] = "";
	const int fd = open(CLOCKSOURCE, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return false;
	const ssize_t len = read(fd, name, sizeof name);
	close(fd);
	return len == 4 && !memcmp(name, "tsc\n", 4);
}

const char *clock_tsc_begin(void)
{
	const int saved = errno;
	const char *why = NULL;

	clock_tsc_end();
	if (clock_counter_is_forbidden())
		why = "this process may not read the processor's time stamp counter (PR_TSC_SIGSEGV)";
	else if (!is_invariant())
		why = "the processor's time stamp counter is not invariant";
	else if (!is_clock_of_kernel())
		why = "the kernel does not use the time stamp counter as its clock (" CLOCKSOURCE ")";
	errno = saved;
	if (!why)
		atomic_store(&state, ASKED);
	return why;
}

void clock_tsc_end(void)
{
	atomic_store(&state, OFF);
	hide();
}

#else

const char *clock_tsc_begin(void)
{
	return "this processor has no time stamp counter that otel-c knows";
}

void clock_tsc_end(void)
{
}

void clock_tsc_align(uint64_t now_ms)
{
	(void)now_ms;
}

uint64_t clock_tsc_due(void)
{
	return UINT64_MAX;
}

uint64_t clock_tsc_unix_ns(void)
{
	return clock_unix_ns();
}

#endif
