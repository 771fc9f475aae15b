/* SPDX-License-Identifier: Apache-2.0
 *
 * mutex.h - a mutex with a deadline.
 */
#ifndef OTEL_UTIL_MUTEX_H
#define OTEL_UTIL_MUTEX_H

#include <pthread.h>
#include <stdbool.h>
#include <time.h>

/* As pthread_mutex_clocklock() by CLOCK_MONOTONIC; false at the deadline. gcc 12's ThreadSanitizer does not see that
 * call take the mutex, so under it the mutex is tried again and again. */
static inline bool mutex_lock_until(pthread_mutex_t *mutex, const struct timespec *deadline)
{
#ifdef __SANITIZE_THREAD__
	static const struct timespec nap = {0, 500000};
	struct timespec now;

	while (pthread_mutex_trylock(mutex)) {
		clock_gettime(CLOCK_MONOTONIC, &now);
		if (now.tv_sec > deadline->tv_sec ||
		    (now.tv_sec == deadline->tv_sec && now.tv_nsec >= deadline->tv_nsec))
			return false;
		clock_nanosleep(CLOCK_MONOTONIC, 0, &nap, NULL);
	}
	return true;
#else
	return pthread_mutex_clocklock(mutex, CLOCK_MONOTONIC, deadline) == 0;
#endif
}

#endif
