/* SPDX-License-Identifier: Apache-2.0
 *
 * forker.c - forks N children while the first export is under way. Each child does what hangs when a lock was held at
 * the fork: resolves a name, dlopens a library, makes a span of its own. Prints how many did not come back in a minute.
 */
#include <dlfcn.h>
#include <netdb.h>
#include <otel/otel.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void child(void)
{
	struct addrinfo *found = NULL;
	alarm(60);
	if (getaddrinfo("localhost", "80", NULL, &found) == 0)
		freeaddrinfo(found);
	if (!dlopen("libanl.so.1", RTLD_NOW) && !dlopen("libutil.so.1", RTLD_NOW))
		_exit(4);
	otel_span span = otel_span_start(otel_tracer("forker", NULL), "in child");
	otel_span_end(span);
	_exit(0);
}

int main(int argc, char **argv)
{
	int n = argc > 1 ? atoi(argv[1]) : 200, bad = 0;
	for (int i = 0; i < n; i++) {
		otel_span span = otel_span_start(otel_tracer("forker", NULL), "in parent");
		pid_t pid = fork();
		if (pid == 0)
			child();
		otel_span_end(span);
		int status = 0;
		if (pid < 0 || waitpid(pid, &status, 0) != pid || status != 0)
			bad++;
	}
	printf("%d of %d children failed\n", bad, n);
	return bad ? 1 : 0;
}
