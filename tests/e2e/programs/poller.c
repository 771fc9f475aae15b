/* SPDX-License-Identifier: Apache-2.0
 *
 * poller.c - a program that has no thread but its own, and lets the SDK work when it has time.
 *
 *     poller poll | flush | exit | restart | fork
 *
 * Prints the number of threads it had at most.
 */
#include <dirent.h>
#include <otel/otel.h>
#include <otel/sdk.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int most;

static void count_threads(void)
{
	DIR *tasks = opendir("/proc/self/task");
	int n = 0;

	while (tasks && readdir(tasks))
		n++;
	if (tasks)
		closedir(tasks);
	if (n - 2 > most)
		most = n - 2;
}

static void make_spans(int n)
{
	for (int i = 0; i < n; i++) {
		OTEL_SPAN(span, otel_tracer("poller", "1"), "work");
		otel_span_set_int(span, "i", i);
	}
	count_threads();
}

/* As an event loop would. */
static int poll_until_accepted(uint64_t wanted)
{
	otel_sdk_stats stats = {.size = sizeof stats};

	for (int i = 0; i < 2000; i++) {
		uint32_t wait = otel_sdk_poll(0);
		count_threads();
		otel_sdk_get_stats(&stats);
		if (stats.spans_accepted >= wanted)
			return 0;
		if (wait == UINT32_MAX)
			return 1;
		nanosleep(&(struct timespec){.tv_nsec = (wait < 20 ? wait : 20) * 1000000L}, NULL);
	}
	return 1;
}

static int run(const char *how)
{
	if (otel_sdk_start(NULL) != OTEL_OK)
		return fprintf(stderr, "poller: %s\n", otel_last_error()), 1;
	make_spans(20);
	if (!strcmp(how, "poll"))
		return poll_until_accepted(20);
	if (!strcmp(how, "flush"))
		return otel_sdk_flush(30000) != OTEL_OK;
	if (!strcmp(how, "restart")) {
		for (int i = 0; i < 3; i++)
			if (otel_sdk_stop(30000) != OTEL_OK || otel_sdk_start(NULL) != OTEL_OK)
				return 1;
		make_spans(20);
		return otel_sdk_stop(30000) != OTEL_OK;
	}
	if (!strcmp(how, "fork")) {
		pid_t child = fork();
		int status = 1;
		make_spans(20);
		if (!child)
			_exit(otel_sdk_flush(30000) != OTEL_OK);
		waitpid(child, &status, 0);
		return status || otel_sdk_flush(30000) != OTEL_OK;
	}
	return 0;
}

int main(int argc, char **argv)
{
	int status = run(argc > 1 ? argv[1] : "exit");

	count_threads();
	printf("%d\n", most);
	return status;
}
