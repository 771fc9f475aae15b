/* SPDX-License-Identifier: Apache-2.0
 *
 * faults.c - makes spans and tells what became of them.
 *
 *     faults SPANS wait     waits until each is accounted for, at most 20 s
 *     faults SPANS flush    waits for the first failure, then flushes once
 *     faults SPANS stop     waits for the first failure, then stops
 *
 * "accounted" is 1 when created = accepted + dropped + queued.
 */
#include <otel/otel.h>
#include <otel/sdk.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static otel_sdk_stats look(void)
{
	otel_sdk_stats s = {.size = sizeof s};

	otel_sdk_get_stats(&s);
	return s;
}

static bool is_settled(const otel_sdk_stats *s)
{
	return s->spans_queued == 0;
}

static bool has_failed(const otel_sdk_stats *s)
{
	return s->export_failures > 0;
}

static void wait_until(bool (*is)(const otel_sdk_stats *s))
{
	for (int i = 0; i < 4000; i++) {
		const otel_sdk_stats s = look();
		if (is(&s))
			return;
		usleep(5000);
	}
}

static otel_status act(const char *how)
{
	if (!strcmp(how, "wait")) {
		wait_until(is_settled);
		return OTEL_OK;
	}
	wait_until(has_failed);
	return !strcmp(how, "flush") ? otel_sdk_flush(10000) : otel_sdk_stop(10000);
}

static void tell(otel_status status)
{
	const otel_sdk_stats s = look();
	const uint64_t dropped = s.dropped_queue_full + s.dropped_rejected + s.dropped_no_memory + s.dropped_shutdown +
				 s.dropped_processed + s.dropped_retry;

	printf("%s accepted=%llu rejected=%llu retry=%llu shutdown=%llu queued=%llu ambiguous=%llu accounted=%d\n",
	       status == OTEL_OK ? "ok" : "failed", (unsigned long long)s.spans_accepted,
	       (unsigned long long)s.dropped_rejected, (unsigned long long)s.dropped_retry,
	       (unsigned long long)s.dropped_shutdown, (unsigned long long)s.spans_queued,
	       (unsigned long long)s.ambiguous, s.spans_created == s.spans_accepted + dropped + s.spans_queued);
}

int main(int argc, char **argv)
{
	if (argc < 3 || otel_sdk_start(NULL) != OTEL_OK)
		return 1;
	for (int i = atoi(argv[1]); i > 0; i--)
		otel_span_end(otel_span_start(otel_tracer("faults", NULL), "work"));
	tell(act(argv[2]));
	return 0;
}
