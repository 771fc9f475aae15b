/* SPDX-License-Identifier: Apache-2.0
 *
 * offspring.c - a parent and a child with a span each. With an argument the child is made at once, before anything can
 * have been exported; else after a flush.
 */
#include <otel/otel.h>
#include <otel/sdk.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void make(const char *name)
{
	otel_span span = otel_span_start(otel_tracer("offspring", NULL), name);
	otel_span_set_int(span, "pid", getpid());
	otel_span_end(span);
}

int main(int argc, char **argv)
{
	int status = 1;

	(void)argv;
	make("parent");
	if (argc > 1)
		usleep(50000); /* the thread is there, and has begun to ask */
	else if (otel_sdk_flush(30000) != OTEL_OK)
		return 2;
	const pid_t child = fork();
	if (child == 0) {
		make("child");
		exit(otel_sdk_flush(30000) != OTEL_OK);
	}
	waitpid(child, &status, 0);
	return status || otel_sdk_flush(30000) != OTEL_OK;
}
