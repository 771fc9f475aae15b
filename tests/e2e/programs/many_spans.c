/* SPDX-License-Identifier: Apache-2.0
 *
 * many_spans.c - `open N`: N spans open at once on one thread, ended in order of start; `threads N`: N short threads,
 * 50 at a time, each with one span of three attributes.
 */
#include <otel/otel.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct otel_tracer *tracer;

static void open_at_once(int n)
{
	otel_span *spans = calloc((size_t)n, sizeof *spans);
	for (int i = 0; i < n; i++)
		spans[i] = otel_span_start(tracer, "open");
	for (int i = 0; i < n; i++)
		otel_span_set_int(spans[i], "number", i);
	for (int i = 0; i < n; i++)
		otel_span_end(spans[i]);
	free(spans);
}

static void *short_life(void *arg)
{
	OTEL_SPAN(span, tracer, "short");
	otel_span_set_int(span, "number", (int)(long)arg);
	otel_span_set_str(span, "kind", "thread");
	otel_span_set_bool(span, "short", true);
	return NULL;
}

static void short_threads(int n)
{
	enum { AT_ONCE = 50 };
	pthread_t threads[AT_ONCE];
	for (int i = 0; i < n; i += AT_ONCE) {
		int count = n - i < AT_ONCE ? n - i : AT_ONCE;
		for (int k = 0; k < count; k++)
			if (pthread_create(&threads[k], NULL, short_life, (void *)(long)(i + k)) != 0)
				exit(9);
		for (int k = 0; k < count; k++)
			pthread_join(threads[k], NULL);
	}
}

int main(int argc, char **argv)
{
	if (argc != 3)
		return 2;
	tracer = otel_tracer("many_spans", NULL);
	if (strcmp(argv[1], "open") == 0)
		open_at_once(atoi(argv[2]));
	else
		short_threads(atoi(argv[2]));
	return 0;
}
