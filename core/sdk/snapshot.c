/* SPDX-License-Identifier: Apache-2.0
 *
 * snapshot.c - snapshots are never freed, since somebody may still read one; but of one state there is only one, so
 * that starting and stopping again and again does not grow the heap.
 */
#include "sdk/snapshot.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct taken {
	const struct otel_boot *boot;
	struct taken *next;
};

static struct taken *_Atomic list;

static bool same_fd_2(const struct otel_boot *boot)
{
	struct stat st;
	if (fstat(STDERR_FILENO, &st))
		return !boot->err_ino;
	return boot->err_dev == st.st_dev && boot->err_ino == st.st_ino;
}

static bool is_current(const struct otel_boot *boot)
{
	char *const *now = environ;
	size_t i = 0;
	while (boot->env[i] && now && now[i] && !strcmp(boot->env[i], now[i]))
		i++;
	return !boot->env[i] && !(now && now[i]) && same_fd_2(boot);
}

static const struct otel_boot *find(struct taken *at)
{
	while (at && !is_current(at->boot))
		at = at->next;
	return at ? at->boot : NULL;
}

const struct otel_boot *snapshot_take(void)
{
	int saved = errno;
	struct taken *first = atomic_load(&list);
	const struct otel_boot *boot = find(first);
	struct taken *node = NULL;

	if (!boot)
		node = malloc(sizeof *node);
	if (node)
		boot = otel_boot_take();
	if (node && boot) {
		*node = (struct taken){boot, first};
		while (!atomic_compare_exchange_weak(&list, &node->next, node))
			;
	} else {
		free(node);
	}
	errno = saved;
	return boot;
}
