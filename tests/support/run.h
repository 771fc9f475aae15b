/* SPDX-License-Identifier: Apache-2.0
 *
 * run.h - runs a program and keeps what it printed.
 */
#ifndef TESTS_SUPPORT_RUN_H
#define TESTS_SUPPORT_RUN_H

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct run {
	char out[65536];
	char err[65536];
	int status; /* exit status; 1000 + signal if it was killed */
};

static inline void run_read(const char *path, char *out, size_t cap)
{
	FILE *f = fopen(path, "re");
	size_t len = f ? fread(out, 1, cap - 1, f) : 0;

	out[len] = '\0';
	if (f)
		fclose(f);
	unlink(path);
}

/* Runs argv[0] with these variables added to the environment: "NAME=value", or "NAME" to take one out. Ends after 60
 * seconds at the latest. */
static inline void run_program(struct run *run, char *const *argv, const char *const *variables)
{
	char out[] = "/tmp/otel-c-test-XXXXXX";
	char err[] = "/tmp/otel-c-test-XXXXXX";
	int fd_out = mkstemp(out);
	int fd_err = mkstemp(err);
	int status = 0;
	pid_t child = fork();

	if (child == 0) {
		dup2(fd_out, STDOUT_FILENO);
		dup2(fd_err, STDERR_FILENO);
		for (; variables && *variables; variables++)
			if (putenv((char *)(size_t)*variables) != 0)
				_exit(125);
		alarm(60);
		execvp(argv[0], argv);
		_exit(125);
	}
	waitpid(child, &status, 0);
	run->status = WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
	close(fd_out);
	close(fd_err);
	run_read(out, run->out, sizeof run->out);
	run_read(err, run->err, sizeof run->err);
}

#define RUN_ARGV(...)      ((char *[]){__VA_ARGS__, NULL})
#define RUN_VARIABLES(...) ((const char *[]){__VA_ARGS__, NULL})

#endif
