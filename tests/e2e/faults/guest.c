/* SPDX-License-Identifier: Apache-2.0
 *
 * guest.c - see the header.
 */
#include "guest.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define MEMORY_MAX_KB (512l << 10)
#else
#define MEMORY_MAX_KB (48l << 10)
#endif

enum {
	OWN_FDS = 64, /* whose numbers are the program's: the SDK's are moved above them */
	SDK_FDS_MAX = 16,
	LIBCURL_FDS = 2,
	RESOLVING_MAX = 4,
	ALL_FDS = 1024,
	STRANGE_ERRNO = 4711,
};

extern char **environ;

static struct {
	struct sigaction actions[NSIG];
	sigset_t mask;
	struct statx fds[ALL_FDS];
	bool is_open[ALL_FDS];
	char locale[64];
	char **environ;
	long memory_kb;
	bool errno_changed;
} before;

/* Not fstat(): ThreadSanitizer would take the look for a use. */
static bool fd_look(int fd, struct statx *st)
{
	return statx(fd, "", AT_EMPTY_PATH, STATX_INO, st) == 0;
}

static long memory_kb(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_maxrss;
}

static int fds_before(void)
{
	int count = 0;

	for (int fd = 0; fd < ALL_FDS; fd++)
		count += before.is_open[fd];
	return count;
}

void guest_begin(void)
{
	for (int i = 1; i < NSIG; i++)
		sigaction(i, NULL, &before.actions[i]);
	pthread_sigmask(SIG_SETMASK, NULL, &before.mask);
	for (int fd = 0; fd < ALL_FDS; fd++)
		before.is_open[fd] = fd_look(fd, &before.fds[fd]);
	snprintf(before.locale, sizeof before.locale, "%s", setlocale(LC_ALL, NULL));
	before.environ = environ;
	before.memory_kb = memory_kb();
}

void guest_expect_fds(void)
{
	char number[16];

	snprintf(number, sizeof number, "%d", fds_before());
	setenv("FAULTS_FDS", number, 1);
}

void guest_errno_set(void)
{
	errno = STRANGE_ERRNO;
}

void guest_errno_check(void)
{
	before.errno_changed = before.errno_changed || errno != STRANGE_ERRNO;
}

static bool signals_differ(void)
{
	struct sigaction now;
	sigset_t mask;
	bool differ = false;

	pthread_sigmask(SIG_SETMASK, NULL, &mask);
	for (int i = 1; i < NSIG; i++) {
		differ = differ || sigismember(&mask, i) != sigismember(&before.mask, i);
		if (sigaction(i, NULL, &now) == 0)
			differ = differ || now.sa_handler != before.actions[i].sa_handler;
	}
	return differ;
}

static bool is_another(const struct statx *a, const struct statx *b)
{
	return a->stx_ino != b->stx_ino || a->stx_dev_major != b->stx_dev_major || a->stx_dev_minor != b->stx_dev_minor;
}

/* The program's descriptors are what they were; others are few, closed at exec, and out of its way, but for the one
 * pair that libcurl makes and keeps the numbers of. */
static void tell_fds(void)
{
	const int pairs = getenv("FAULTS_RESOLVING") ? RESOLVING_MAX : 1;
	int others = 0, in_the_way = 0;
	struct statx st;

	for (int fd = 0; fd < ALL_FDS; fd++) {
		const bool is_open = fd_look(fd, &st);
		const bool was_open = before.is_open[fd];
		if (was_open && (!is_open || is_another(&st, &before.fds[fd])))
			printf(" fd-%d-is-another", fd);
		if (!is_open || was_open)
			continue;
		others++;
		in_the_way += fd < OWN_FDS;
		if (!getenv("FAULTS_RESOLVING") && !(fcntl(fd, F_GETFD) & FD_CLOEXEC))
			printf(" fd-%d-survives-exec", fd);
	}
	if (others > SDK_FDS_MAX || in_the_way > pairs * LIBCURL_FDS)
		printf(" fds=%d in-the-way=%d", others, in_the_way);
}

void guest_tell_harm(void)
{
	const long grown = memory_kb() - before.memory_kb;

	const char *expected = getenv("FAULTS_FDS");

	if (expected && atoi(expected) != fds_before())
		printf(" started-with-%d-fds", fds_before());
	if (before.errno_changed)
		printf(" errno");
	if (signals_differ())
		printf(" signals");
	if (strcmp(before.locale, setlocale(LC_ALL, NULL)) != 0)
		printf(" locale");
	if (before.environ != environ)
		printf(" environ");
	if (grown > MEMORY_MAX_KB)
		printf(" memory=%ldK", grown);
	tell_fds();
}
