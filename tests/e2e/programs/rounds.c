/* SPDX-License-Identifier: Apache-2.0
 *
 * rounds.c - a host that does the same thing over and over; nothing may grow.
 *
 *     rounds restart            starts and stops the SDK 50 times, a span each
 *     rounds close LIBRARY      opens and closes a library that uses the API 100 times, a span and an open one each
 *     rounds hung               stops while the backend says nothing, and tries to start again
 *
 * Prints what it found: "restart" and "close" by how many descriptors, mappings and KiB of heap the second half of the
 * rounds made it grow, "hung" what the calls returned.
 */
#include <dirent.h>
#include <dlfcn.h>
#include <malloc.h>
#include <otel/otel.h>
#include <otel/sdk.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct size {
	int descriptors;
	int mappings;
	long heap;
};

static int count_entries(const char *path)
{
	DIR *dir = opendir(path);
	int n = 0;

	while (dir && readdir(dir))
		n++;
	if (dir)
		closedir(dir);
	return n;
}

static int count_lines(const char *path)
{
	FILE *file = fopen(path, "re");
	int c, n = 0;

	while (file && (c = getc(file)) != EOF)
		n += c == '\n';
	if (file)
		fclose(file);
	return n;
}

static struct size measure(void)
{
	const struct mallinfo2 heap = mallinfo2();

	return (struct size){count_entries("/proc/self/fd"), count_lines("/proc/self/maps"),
			     (long)(heap.uordblks + heap.hblkhd)};
}

static int tell_growth(const struct size *before)
{
	const struct size now = measure();

	printf("%d %d %ld\n", now.descriptors - before->descriptors, now.mappings - before->mappings,
	       (now.heap - before->heap) / 1024);
	return 0;
}

static void make(const char *name)
{
	otel_span_end(otel_span_start(otel_tracer("rounds", "1"), name));
}

static int restart(void)
{
	struct size half = {0};

	for (int i = 0; i < 50; i++) {
		if (i == 25)
			half = measure();
		if (otel_sdk_start(NULL) != OTEL_OK)
			return fprintf(stderr, "round %d: %s\n", i, otel_last_error()), 1;
		make("round");
		if (otel_sdk_stop(30000) != OTEL_OK)
			return fprintf(stderr, "round %d: not stopped in time\n", i), 1;
	}
	return tell_growth(&half);
}

static int use_library(const char *path, otel_span *left_open)
{
	void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	otel_span (*work)(void) = NULL;

	if (library)
		*(void **)&work = dlsym(library, "library_work");
	if (!work)
		return fprintf(stderr, "%s\n", dlerror()), 0;
	*left_open = work();
	return dlclose(library) == 0;
}

/* What the library left open ends when its code is gone. */
static int close_library(const char *path)
{
	struct size half = {0};
	otel_span left_open;

	for (int i = 0; i < 100; i++) {
		if (i == 50)
			half = measure();
		if (!use_library(path, &left_open))
			return 1;
		otel_span_set_str(left_open, "ended.by", "the program");
		otel_span_end(left_open);
	}
	return tell_growth(&half);
}

static long now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int stop_hung(void)
{
	otel_status flushed, stopped, again;
	long began;

	if (otel_sdk_start(NULL) != OTEL_OK)
		return 1;
	make("never answered");
	flushed = otel_sdk_flush(200);
	began = now_ms();
	stopped = otel_sdk_stop(300);
	printf("%s ", now_ms() - began < 10000 ? "bounded" : "late");
	again = otel_sdk_start(NULL);
	make("in the second round");
	printf("%d %d %d %d\n", flushed == OTEL_TIMEOUT, stopped == OTEL_TIMEOUT, again == OTEL_OK,
	       otel_sdk_stop(300) == OTEL_TIMEOUT);
	return 0;
}

int main(int argc, char **argv)
{
	const char *how = argc > 1 ? argv[1] : "";

	if (!strcmp(how, "restart"))
		return restart();
	if (!strcmp(how, "close") && argc > 2)
		return close_library(argv[2]);
	if (!strcmp(how, "hung"))
		return stop_hung();
	return 2;
}
