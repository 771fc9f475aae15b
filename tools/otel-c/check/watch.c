/* SPDX-License-Identifier: Apache-2.0
 *
 * watch.c - a call waits when the thread gave up the processor of its own accord, and computes when it used it. So a
 * busy machine makes nobody guilty. Of several calls the shortest counts.
 */
#include "tools/otel-c/check/watch.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/resource.h>
#include <time.h>

#include "tools/otel-c/check/notes.h"

#define MS               1000000u
#define WAIT_MS_ONCE     50u /* what is called once may meet a cold file */
#define WAIT_MS_REPEATED 5u
#define COMPUTE_MS       50u
#define OWN_ERRNO        EXDEV /* what it is before, and should be after */

static uint64_t now_ns(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static long waits(void)
{
	struct rusage usage;

	getrusage(RUSAGE_THREAD, &usage);
	return usage.ru_nvcsw;
}

void watch_init(struct watch *call, const char *format, ...)
{
	va_list args;

	*call = (struct watch){.wall_ns = UINT64_MAX, .cpu_ns = UINT64_MAX, .waited = true};
	va_start(args, format);
	vsnprintf(call->step, sizeof call->step, format, args);
	va_end(args);
	guest_look(&call->before);
	notes_step("%s", call->step);
}

void watch_begin(struct watch *call)
{
	call->waits_from = waits();
	call->cpu_from = now_ns(CLOCK_THREAD_CPUTIME_ID);
	call->wall_from = now_ns(CLOCK_MONOTONIC);
	errno = OWN_ERRNO;
}

void watch_end(struct watch *call)
{
	const bool lost = errno != OWN_ERRNO;
	const uint64_t wall = now_ns(CLOCK_MONOTONIC) - call->wall_from;
	const uint64_t cpu = now_ns(CLOCK_THREAD_CPUTIME_ID) - call->cpu_from;

	call->lost_errno |= lost;
	call->waited &= waits() > call->waits_from;
	call->wall_ns = wall < call->wall_ns ? wall : call->wall_ns;
	call->cpu_ns = cpu < call->cpu_ns ? cpu : call->cpu_ns;
	call->count++;
}

void watch_judge(struct watch *call)
{
	const uint64_t limit = (call->count > 1 ? WAIT_MS_REPEATED : WAIT_MS_ONCE) * MS;
	char rule[RULE_SIZE];

	snprintf(rule, sizeof rule, "%s does not wait", call->step);
	note(!call->waited || call->wall_ns < limit, rule,
	     "start the work with host->http() or host->timer(), and answer when it is done", "%s blocked for %llu ms",
	     call->step, (unsigned long long)(call->wall_ns / MS));
	snprintf(rule, sizeof rule, "%s is quick", call->step);
	note(call->cpu_ns < COMPUTE_MS * MS, rule, "do less at once, or spread it over host->timer()",
	     "%s computed for %llu ms", call->step, (unsigned long long)(call->cpu_ns / MS));
	if (call->keeps_errno) {
		snprintf(rule, sizeof rule, "%s keeps errno", call->step);
		note(!call->lost_errno, rule, "save errno and put it back: the host may be about to look at it",
		     "%s changed errno", call->step);
	}
	guest_compare(&call->before, call->step);
}
