/* SPDX-License-Identifier: Apache-2.0
 *
 * timer.c - a short unsorted array: there are few timers, and they are seldom looked at.
 */
#include "sdk/timer.h"

#include <pthread.h>

struct timer {
	uint64_t due;
	void (*fire)(void *arg);
	void *arg;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct timer timers[TIMERS_MAX];
static size_t count;

otel_status timer_add(uint64_t due_ms, void (*fire)(void *arg), void *arg)
{
	otel_status status = OTEL_UNSUPPORTED;

	if (!fire)
		return OTEL_INVALID;
	pthread_mutex_lock(&lock);
	if (count < TIMERS_MAX) {
		timers[count++] = (struct timer){due_ms, fire, arg};
		status = OTEL_OK;
	}
	pthread_mutex_unlock(&lock);
	return status;
}

/* Under the lock: the earliest, TIMERS_MAX if there is none. */
static size_t earliest(void)
{
	size_t first = count ? 0 : TIMERS_MAX;

	for (size_t i = 1; i < count; i++)
		if (timers[i].due < timers[first].due)
			first = i;
	return first;
}

uint64_t timer_due(void)
{
	pthread_mutex_lock(&lock);
	const size_t first = earliest();
	const uint64_t due = first == TIMERS_MAX ? UINT64_MAX : timers[first].due;
	pthread_mutex_unlock(&lock);
	return due;
}

static bool take_due(uint64_t now_ms, struct timer *timer)
{
	pthread_mutex_lock(&lock);
	const size_t first = earliest();
	const bool is_due = first != TIMERS_MAX && timers[first].due <= now_ms;
	if (is_due) {
		*timer = timers[first];
		timers[first] = timers[--count];
	}
	pthread_mutex_unlock(&lock);
	return is_due;
}

void timer_fire(uint64_t now_ms)
{
	struct timer timer;

	/* At most as many as there can be: one that sets itself again at once does not hold up the rest. */
	for (int i = 0; i < TIMERS_MAX && take_due(now_ms, &timer); i++)
		timer.fire(timer.arg);
}

void timer_clear(void)
{
	pthread_mutex_lock(&lock);
	count = 0;
	pthread_mutex_unlock(&lock);
}

void timer_fork_prepare(void)
{
	pthread_mutex_lock(&lock);
}

void timer_fork_parent(void)
{
	pthread_mutex_unlock(&lock);
}

void timer_fork_child(void)
{
	pthread_mutex_init(&lock, NULL);
}
