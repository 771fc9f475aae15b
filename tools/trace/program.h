/* SPDX-License-Identifier: Apache-2.0
 *
 * program.h - the program to be run: where it is, and why it cannot be traced.
 */
#ifndef OTEL_TRACE_PROGRAM_H
#define OTEL_TRACE_PROGRAM_H

#include <limits.h>

/* Exit codes as shells and env(1) use them. */
enum { EXIT_USAGE = 2, EXIT_CANNOT_RUN = 126, EXIT_NOT_FOUND = 127 };

struct program {
	char path[PATH_MAX];
	char obstacle[512]; /* a clause: why it will not be traced; "" = it can be */
};

/* Finds a program as execvp() would. 0, or an exit code with *problem, a clause. */
int program_find(const char *name, struct program *program, const char **problem);

/* Fills program->obstacle. Of a script the interpreter is looked at. */
void program_check(struct program *program);

#endif
