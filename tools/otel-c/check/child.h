/* SPDX-License-Identifier: Apache-2.0
 *
 * child.h - runs code that may crash, hang or exit in a process of its own.
 */
#ifndef OTEL_TOOLS_CHECK_CHILD_H
#define OTEL_TOOLS_CHECK_CHILD_H

#include <stdbool.h>

struct child {
	void (*body)(void *arg);
	void *arg;
	/* In the parent, for each notes_tell() of the child. May be NULL. */
	void (*tell)(void *arg, char tag, const char *text);
	void *tell_arg;
};

/* Runs body() with stdin, stdout and stderr turned to files of their own, and takes over its notes. What ended it
 * before its end becomes a failure of its own. false: it did not come to its end. */
bool child_run(const struct child *child);

#endif
