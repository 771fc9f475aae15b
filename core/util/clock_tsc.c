/* SPDX-License-Identifier: Apache-2.0
 *
 * clock_tsc.c - the counter: whether it may be used, how fast it is, and the readings that it lengthens.
 */
#include "util/clock_tsc.h"

#include "util/clock_pace.h"

_Atomic uint64_t clock_tsc_reach;
_Atomic uint64_t clock_tsc_scale;

#if defined(__x86_64__)

#include <cpuid.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define CLOCKSOURCE    "/sys/devices/system/clocksource/clocksource0/current_clocksource"
#define GET_CPUID      0x1011 /* ARCH_GET_CPUID of asm/prctl.h: 0 if the instruction faults */
#define LEAF_POWER     0x80000007u
#define INVARIANT_TSC  (1u << 8)
#define REACH_NS       1000000u
#define CALIBRATION_MS 100
#define CHECK_MS       1000
#define TRIES          8
/* Of a reach: a reading that took longer was interrupted; an anchor that is older says nothing about the counter. */
#define CLOSE 256
#define YOUNG 64

enum { OFF, ASKED, MEASURING, ON };
static _Atomic int state;

/* The pipeline thread's: the last sample, with CLOCK_MONOTONIC, which is slewed like the other but never set. */
static struct {
	struct clock_sample last;
	uint64_t last_ms;
} tsc;

/* ---- reading ---- */

/* Whoever finds that the counter does not go with the clock, or that this was set, has it measured anew. */
static void doubt(void)
{
	int on = ON;

	atomic_store_explicit(&clock_tsc_reach, 0, memory_order_relaxed);
	atomic_compare_exchange_strong(&state, &on, ASKED);
}

static void check(const struct clock_anchor *before, const struct clock_anchor *now, uint64_t reach)
{
	const struct clock_sample from = {before->ticks, before->real_ns}, to = {now->ticks, now->real_ns};
	const uint64_t scale = atomic_load_explicit(&clock_tsc_scale, memory_order_relaxed);

	if (now->ticks - before->ticks < reach * YOUNG && !clock_pace_holds(scale, clock_pace(&from, &to)))
		doubt();
}

uint64_t clock_tsc_renew(struct clock_anchor *anchor)
{
	const uint64_t reach = atomic_load_explicit(&clock_tsc_reach, memory_order_relaxed);
	const uint64_t from = __builtin_ia32_rdtsc();
	const uint64_t real_ns = clock_unix_ns();
	const uint64_t width = __builtin_ia32_rdtsc() - from;
	const struct clock_anchor now = {from + width / 2, real_ns};

	if (width >= reach / CLOSE)
		return real_ns;
	check(anchor, &now, reach);
	*anchor = now;
	return real_ns;
}

/* ---- measuring ---- */

/* The clock lies between two readings of the counter: of a few pairs the closest, which nothing interrupted. */
static struct clock_sample take_sample(void)
{
	struct clock_sample best = {0};
	uint64_t narrowest = UINT64_MAX;

	for (int i = 0; i < TRIES; i++) {
		const uint64_t from = __builtin_ia32_rdtsc();
		const uint64_t ns = clock_read(CLOCK_MONOTONIC);
		const uint64_t width = __builtin_ia32_rdtsc() - from;
		if (width >= narrowest)
			continue;
		narrowest = width;
		best = (struct clock_sample){from + width / 2, ns};
	}
	return best;
}

static void begin(uint64_t now_ms)
{
	int asked = ASKED;

	if (clock_tsc_obstacle()) {
		atomic_compare_exchange_strong(&state, &asked, OFF);
		return;
	}
	tsc.last = take_sample();
	tsc.last_ms = now_ms;
	atomic_compare_exchange_strong(&state, &asked, MEASURING);
}

/* From the second sample on. The state may have been changed meanwhile by who doubts or ends it: that wins. */
static void go_on(int was, uint64_t now_ms)
{
	const struct clock_sample now = take_sample();
	const uint64_t scale = clock_pace(&tsc.last, &now);
	const uint64_t before = atomic_load_explicit(&clock_tsc_scale, memory_order_relaxed);

	tsc.last = now;
	tsc.last_ms = now_ms;
	if (!scale || (was == ON && !clock_pace_holds(before, scale))) {
		doubt();
		return;
	}
	atomic_store_explicit(&clock_tsc_scale, scale, memory_order_relaxed);
	if (was == ON || !atomic_compare_exchange_strong(&state, &was, ON))
		return;
	atomic_store_explicit(&clock_tsc_reach, ((uint64_t)REACH_NS << 32) / scale, memory_order_release);
	if (atomic_load(&state) != ON)
		atomic_store_explicit(&clock_tsc_reach, 0, memory_order_relaxed);
}

void clock_tsc_measure(uint64_t now_ms)
{
	const int now = atomic_load_explicit(&state, memory_order_relaxed);

	if (now == ASKED)
		begin(now_ms);
	else if ((now == MEASURING && now_ms >= tsc.last_ms + CALIBRATION_MS) ||
		 (now == ON && now_ms >= tsc.last_ms + CHECK_MS))
		go_on(now, now_ms);
}

uint64_t clock_tsc_due(void)
{
	switch (atomic_load_explicit(&state, memory_order_relaxed)) {
	case ASKED:
		return 0;
	case MEASURING:
		return tsc.last_ms + CALIBRATION_MS;
	default:
		return UINT64_MAX;
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

const char *clock_tsc_obstacle(void)
{
	const int saved = errno;
	const char *why = NULL;

	/* By the start thread, whose right the program's threads have; the pipeline thread may have more. */
	if (atomic_load_explicit(&clock_by_call, memory_order_relaxed))
		why = "this process may not read the processor's time stamp counter (PR_TSC_SIGSEGV)";
	else if (!is_invariant())
		why = "the processor's time stamp counter is not invariant";
	else if (!is_clock_of_kernel())
		why = "the kernel does not use the time stamp counter as its clock (" CLOCKSOURCE ")";
	errno = saved;
	return why;
}

void clock_tsc_begin(void)
{
	clock_tsc_end();
	atomic_store(&state, ASKED);
}

void clock_tsc_end(void)
{
	atomic_store(&state, OFF);
	atomic_store_explicit(&clock_tsc_reach, 0, memory_order_relaxed);
}

#else

const char *clock_tsc_obstacle(void)
{
	return "this processor has no time stamp counter that otel-c knows";
}

void clock_tsc_begin(void)
{
}

void clock_tsc_end(void)
{
}

void clock_tsc_measure(uint64_t now_ms)
{
	(void)now_ms;
}

uint64_t clock_tsc_due(void)
{
	return UINT64_MAX;
}

uint64_t clock_tsc_renew(struct clock_anchor *anchor)
{
	(void)anchor;
	return clock_unix_ns();
}

#endif
