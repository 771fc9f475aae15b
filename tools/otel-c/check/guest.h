/* SPDX-License-Identifier: Apache-2.0
 *
 * guest.h - what a plugin must leave as it was in the process that it is a guest of.
 */
#ifndef OTEL_TOOLS_CHECK_GUEST_H
#define OTEL_TOOLS_CHECK_GUEST_H

#include <limits.h>
#include <locale.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#define GUEST_FDS 1024

struct guest {
	sigset_t mask;
	struct sigaction actions[NSIG];
	uint8_t fds[GUEST_FDS / 8]; /* bits: open */
	locale_t own_locale;
	char locale[256];
	uint64_t environment; /* a sum of it */
	mode_t umask;
	char directory[PATH_MAX];
	unsigned threads;
	off_t printed[2]; /* to stdout and stderr */
	bool may_print; /* to stdout: that is only odd. Set by the caller, after guest_look() */
};

void guest_look(struct guest *guest);

/* Notes what differs from `before`. step: "setup()". */
void guest_compare(const struct guest *before, const char *step);

#endif
