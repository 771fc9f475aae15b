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

/* Signals are the host's; but a fault of the thread itself, were it blocked, would end the process without the host's
 * crash handler. What the host keeps from its own threads is kept from this one. abort() opens SIGABRT itself, so that
 * one stays closed: watchdogs send it to processes. */
static void close_mask(const sigset_t *before, sigset_t *mask)
{
	static const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGSYS};

	sigfillset(mask);
	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
		if (sigismember(before, faults[i]) == 0)
			sigdelset(mask, faults[i]);
}

static int create(pthread_t *thread, const pthread_attr_t *attr, void *(*run)(void *arg), void *arg)
{
	sigset_t mask, before;
	pthread_sigmask(SIG_SETMASK, NULL, &before);
	close_mask(&before, &mask);
	pthread_sigmask(SIG_SETMASK, &mask, NULL);
	int rc = pthread_create(thread, attr, run, arg);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return rc;
}

static int create_small(pthread_t *thread, void *(*run)(void *arg), void *arg)
{
	pthread_attr_t attr;
	if (!min_stack || pthread_attr_init(&attr) != 0)
		return EINVAL;
	int rc = pthread_attr_setstacksize(&attr, STACK + min_stack(&attr));
	if (rc == 0)
		rc = create(thread, &attr, run, arg);
	pthread_attr_destroy(&attr);
	return rc;
}

int worker_create(pthread_t *thread, void *(*run)(void *arg), void *arg)
{
	int saved = errno;
	int rc = create_small(thread, run, arg);
	if (rc != 0)
		rc = create(thread, NULL, run, arg);
	errno = saved;
	return rc;
}
