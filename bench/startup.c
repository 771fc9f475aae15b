/* SPDX-License-Identifier: Apache-2.0
 *
 * startup.c - how much longer a program takes from being spawned to its exit with the API alone, with the SDK started,
 * and with a distro on top (its profile and its module), beside a program that does nothing. The programs lie beside
 * this one and take turns.
 */
#include <spawn.h>
#include <stdbool.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "measure.h"

enum { ROUNDS = 301, KINDS = 4 };

/* Each adds one part to the one before. */
static const struct {
	const char *name;
	const char *program;
	char *environment[2];
	double limit; /* of what it adds to a plain program, in ms; 0 = none */
} kinds[KINDS] = {
	{"start-up: plain program", "plain", {NULL}, 0},
	{"start-up: API", "api", {NULL}, 0},
	{"start-up: SDK", "sdk", {NULL}, 0.5},
	{"start-up: SDK and distro", "sdk", {(char *)"OTEL_DISTRO=aws", NULL}, 2.0},
};
static char directory[4000];

static bool run_once(int kind, double *ms)
{
	char path[4096];
	char *argv[] = {path, NULL};
	pid_t child;
	int status = -1;
	snprintf(path, sizeof path, "%s/bench_start_%s", directory, kinds[kind].program);
	uint64_t begin = now_ns(CLOCK_MONOTONIC);
	if (posix_spawn(&child, path, NULL, NULL, argv, kinds[kind].environment) != 0)
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
			if (!run_once(i, &ms[i][round]))
				return fprintf(stderr, "startup: bench_start_%s failed\n", kinds[i].program), 1;
	double plain = median(ms[0], ROUNDS);
	for (int i = 0; i < KINDS; i++) {
		double total = median(ms[i], ROUNDS);
		printf("  %-32s %8.3f ms   added %6.3f ms", kinds[i].name, total, total - plain);
		if (kinds[i].limit > 0) {
			printf("   budget %.2f", kinds[i].limit);
			budget(kinds[i].name, total - plain, "le", kinds[i].limit, "ms added");
		}
		putchar('\n');
	}
	return 0;
}
