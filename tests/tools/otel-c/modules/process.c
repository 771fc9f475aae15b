/* SPDX-License-Identifier: Apache-2.0
 *
 * process.c - a setup() that does something to the process, or to its thread.
 */
#define _GNU_SOURCE
#include "base.h"

#include <fcntl.h>
#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

UNUSED static void nothing(int number)
{
	(void)number;
}

UNUSED static void *sleep_long(void *arg)
{
	sleep(60);
	return arg;
}

UNUSED static void compute(void)
{
	struct timespec t;
	do
		clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	while (t.tv_sec == 0 && t.tv_nsec < 200000000);
}

UNUSED static void change_mask(void)
{
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigprocmask(SIG_BLOCK, &set, NULL);
}

UNUSED static void start_thread(void)
{
	pthread_t thread;
	pthread_create(&thread, NULL, sleep_long, NULL);
}

UNUSED static void start_process(void)
{
	if (fork() == 0)
		_exit(0);
}

UNUSED static void print(FILE *file)
{
	fputs("hello", file);
	fflush(file);
}

static otel_status setup(const otel_host *host, otel_setup *self)
{
	(void)host, (void)self;
	FAULT;
	return OTEL_OK;
}

static const otel_config_row row = {"process", "level", NULL, OTEL_CONFIG_STRING, 0, NULL, NULL, "Level."};
PLUGIN("process", .rows = &row, .row_count = 1);
