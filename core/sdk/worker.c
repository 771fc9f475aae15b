/* SPDX-License-Identifier: Apache-2.0
 *
 * worker.c - thread creation for a guest.
 */
#include "sdk/worker.h"

#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <string.h>

enum { STACK = 256 * 1024 };

/* glibc puts the static TLS of the whole process onto every thread's stack and tells nobody how much that is. Private
 * to glibc, so it may be missing: default attributes then. */
static size_t (*min_stack)(const pthread_attr_t *attr);

void worker_setup(void)
{
	void *symbol = dlsym(RTLD_DEFAULT, "__pthread_get_minstack");
	memcpy(&min_stack, &symbol, sizeof(min_stack));
}

static int create(pthread_t *thread, const pthread_attr_t *attr, void *(*run)(void *))
{
	sigset_t all, before;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	int rc = pthread_create(thread, attr, run, NULL);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return rc;
}

static int create_small(pthread_t *thread, void *(*run)(void *))
{
	pthread_attr_t attr;
	if (!min_stack || pthread_attr_init(&attr) != 0)
		return EINVAL;
	int rc = pthread_attr_setstacksize(&attr, STACK + min_stack(&attr));
	if (rc == 0)
		rc = create(thread, &attr, run);
	pthread_attr_destroy(&attr);
	return rc;
}

int worker_create(pthread_t *thread, void *(*run)(void *))
{
	int saved = errno;
	int rc = create_small(thread, run);
	if (rc != 0)
		rc = create(thread, NULL, run);
	errno = saved;
	return rc;
}
