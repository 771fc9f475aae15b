/* SPDX-License-Identifier: Apache-2.0
 *
 * idioms.c - the short forms: a function, a call, a span that ends in a callback, a thread that leaves early, a key handle.
 *
 *     OTEL_DISTRO=splunk OTEL_TRACES_EXPORTER=console idioms
 */
#include <errno.h>
#include <fcntl.h>
#include <otel/otel.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

OTEL_TRACER("idioms", "1.0");

/* One line, and the function is a span with its name and place. */
static int parse(const char *text)
{
	OTEL_TRACE_FUNCTION();
	return text[0] - '0';
}

/* Another name, a kind, attributes that never change; more of them when they are known. */
static int query(int shard)
{
	OTEL_TRACE_FUNCTION(.kind = OTEL_KIND_CLIENT, .name = "database_query", OTEL_STR("db.system.name", "postgresql"),
			    OTEL_INT("db.pool.size", 4));
	otel_span_set_int(OTEL_FUNCTION_SPAN, "shard", shard);
	return parse("7");
}

/* Calls of other people's functions; a failed one fails its span, with the name of the error. */
static int read_settings(void)
{
	OTEL_TRACE_FUNCTION();
	int fd = OTEL_TRACE_CALL(open("/nonexistent/settings", O_RDONLY | O_CLOEXEC), otel_result < 0);
	int saved = errno;
	int null = OTEL_TRACE_CALL(open("/dev/null", O_RDONLY | O_CLOEXEC), otel_result < 0);

	if (null >= 0)
		close(null);
	return fd < 0 ? saved : 0;
}

/* The span of an operation that ends elsewhere. */
static void *finish(void *arg)
{
	otel_span span = *(otel_span *)arg;

	otel_span_set_str(span, "finished.by", "callback");
	otel_span_end(span);
	return NULL;
}

static void begin_async(void)
{
	OTEL_SPAN(span, otel_tracer("idioms", "1.0"), "async");
	otel_span handed = otel_span_detach(span);
	pthread_t thread;

	if (!pthread_create(&thread, NULL, finish, &handed))
		pthread_join(thread, NULL);
	else
		finish(&handed);
}

/* Leaving by pthread_exit() ends the scopes on the way. */
static void *leave_early(void *unused)
{
	(void)unused;
	OTEL_TRACE_FUNCTION();
	pthread_exit(NULL);
}

/* A key that is set very often. */
static void count(otel_span span)
{
	OTEL_KEY(rounds, "rounds");
	for (int i = 0; i < 1000; i++)
		otel_span_set_int_k(span, &rounds, i);
}

int main(void)
{
	pthread_t thread;

	OTEL_TRACE_FUNCTION();
	printf("%d %d\n", query(2), read_settings());
	begin_async();
	if (!pthread_create(&thread, NULL, leave_early, NULL))
		pthread_join(thread, NULL);
	count(OTEL_FUNCTION_SPAN);
	return 0;
}
