/* SPDX-License-Identifier: Apache-2.0
 *
 * startup.c - how much longer a program takes from being spawned to its exit with the API alone, and with the SDK
 * started, beside a program that does nothing. The programs lie beside this one and take turns.
 */
#include <spawn.h>
#include <stdbool.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "measure.h"

enum { ROUNDS = 301, KINDS = 3 };

static const char *const programs[KINDS] = {"plain", "api", "sdk"};
static const char *const names[KINDS] = {"start-up: plain program", "start-up: API", "start-up: SDK"};
static char *const environment[] = {NULL};
static char directory[4000];

static bool run_once(const char *program, double *ms)
{
	char path[4096];
	char *argv[] = {path, NULL};
	pid_t child;
	int status = -1;
	snprintf(path, sizeof path, "%s/bench_start_%s", directory, program);
	uint64_t begin = now_ns(CLOCK_MONOTONIC);
	if (posix_spawn(&child, path, NULL, NULL, argv, environment) != 0)
		return false;
	waitpid(child, &status, 0);
	*ms = (double)(now_ns(CLOCK_MONOTONIC) - begin) / 1e6;
	return status == 0;
}

int main(void)
{
	static double ms[KINDS][ROUNDS];
	ssize_t len = readlink("/proc/self/exe", directory, sizeof directory - 1);
	*(len > 0 ? strrchr(directory, '/') : directory) = '\0';
	for (int round = 0; round < ROUNDS; round++)
		for (int i = 0; i < KINDS; i++)
			if (!run_once(programs[i], &ms[i][round]))
				return fprintf(stderr, "startup: bench_start_%s failed\n", programs[i]), 1;
	double plain = median(ms[0], ROUNDS);
	for (int i = 0; i < KINDS; i++) {
		double total = median(ms[i], ROUNDS);
		printf("  %-32s %8.3f ms   added %6.3f ms", names[i], total, total - plain);
		if (i == KINDS - 1) {
			printf("   budget 0.50");
			budget(names[i], total - plain, "le", 0.5, "ms added");
		}
		putchar('\n');
	}
	return 0;
}
