/* SPDX-License-Identifier: Apache-2.0
 *
 * delivery.c - how many spans a second reach a server, and what CPU time each costs behind the caller's back, beside a
 * raw socket that sends the same bytes.
 *
 * One thread makes spans as fast as the queue takes them, and naps while it is full, so that none is dropped; what
 * counts is what the server saw. CPU per exported span is that of the process without the thread that makes them. The
 * raw socket sends the largest request that the server got from us, again and again. Rounds of both alternate. Budgets
 * are for OTLP/HTTP; over gRPC the rows have none.
 */
#include <otel/otel.h>
#include <otel/sdk.h>

#include <string.h>

#include "backend.h"
#include "measure.h"
#include "spans.h"

enum { ROUNDS = 9, SPANS = 400000, BURST = 256, NAP_US = 50 };

struct round {
	double per_second, cpu_ns, raw_cpu_ns, raw_per_second;
};

static void make_spans(uint32_t room)
{
	struct otel_tracer *tracer = otel_tracer("bench", "1");
	otel_sdk_stats stats = {.size = sizeof stats};
	for (int made = 0; made < SPANS; made += BURST) {
		for (otel_sdk_get_stats(&stats); stats.spans_queued > room; otel_sdk_get_stats(&stats))
			sleep_us(NAP_US);
		for (int i = 0; i < BURST; i++)
			span_10_event(tracer);
	}
}

static bool send_by_sdk(struct round *round, uint32_t room)
{
	struct backend_counts before = backend_counts();
	uint64_t own = now_ns(CLOCK_THREAD_CPUTIME_ID), all = now_ns(CLOCK_PROCESS_CPUTIME_ID);
	uint64_t begin = now_ns(CLOCK_MONOTONIC);
	make_spans(room);
	otel_status status = otel_sdk_flush(20000);
	double seconds = (double)(now_ns(CLOCK_MONOTONIC) - begin) / 1e9;
	own = now_ns(CLOCK_THREAD_CPUTIME_ID) - own;
	all = now_ns(CLOCK_PROCESS_CPUTIME_ID) - all;
	double spans = (double)(backend_counts().spans - before.spans);
	round->per_second = spans / seconds;
	round->cpu_ns = (double)(all - own) / spans;
	return status == OTEL_OK && spans >= SPANS;
}

static bool send_raw(struct round *round)
{
	size_t len;
	char *request = backend_largest(&len);
	struct backend_counts before = backend_counts(), after;
	uint64_t begin = now_ns(CLOCK_MONOTONIC), own = now_ns(CLOCK_THREAD_CPUTIME_ID);
	bool ok = true;
	for (size_t sent = 0; ok && sent < (size_t)SPANS * 400; sent += len)
		ok = backend_post(request, len);
	own = now_ns(CLOCK_THREAD_CPUTIME_ID) - own;
	double seconds = (double)(now_ns(CLOCK_MONOTONIC) - begin) / 1e9;
	after = backend_counts();
	round->raw_per_second = (double)(after.spans - before.spans) / seconds;
	round->raw_cpu_ns = (double)own / (double)(after.spans - before.spans);
	free(request);
	return ok;
}

static void print(struct round *rounds, const char *protocol)
{
	bool is_http = !strncmp(protocol, "http/", 5);
	double per_second[ROUNDS], cpu[ROUNDS], raw[ROUNDS], raw_per_second[ROUNDS];
	for (int i = 0; i < ROUNDS; i++) {
		per_second[i] = rounds[i].per_second / 1e6;
		raw_per_second[i] = rounds[i].raw_per_second / 1e6;
		cpu[i] = rounds[i].cpu_ns;
		raw[i] = rounds[i].raw_cpu_ns;
	}
	double rate = median(per_second, ROUNDS), ns = median(cpu, ROUNDS), raw_ns = median(raw, ROUNDS);
	printf("  %-32s %8.2f M spans/s   raw socket %5.2f M/s%s\n", is_http ? "delivered" : "delivered over gRPC",
	       rate, median(raw_per_second, ROUNDS), is_http ? "   budget 3.00" : "");
	printf("  %-32s %8.1f ns   raw socket %5.1f ns   ratio %6.3f%s\n",
	       is_http ? "CPU per exported span" : "CPU per exported span over gRPC", ns, raw_ns, ns / raw_ns,
	       is_http ? "   budget 2.00" : "");
	if (!is_http)
		return;
	budget("delivered", rate, "ge", 3, "M spans/s");
	budget("CPU per exported span", ns / raw_ns, "le", 2, "x raw socket");
}

int main(void)
{
	static struct round rounds[ROUNDS];
	const char *queue = getenv("OTEL_BSP_MAX_QUEUE_SIZE"), *protocol = getenv("OTEL_EXPORTER_OTLP_PROTOCOL");
	uint32_t room = (uint32_t)(queue ? atoi(queue) : 2048) / 4 * 3;
	backend_connect();
	if (otel_sdk_start(NULL) != OTEL_OK)
		return fprintf(stderr, "delivery: %s\n", otel_last_error()), 1;
	for (int i = -1; i < ROUNDS; i++) { /* the first only warms up */
		struct round *round = &rounds[i < 0 ? 0 : i];
		if (!send_by_sdk(round, room) || !send_raw(round))
			return fputs("delivery: spans were lost\n", stderr), 1;
	}
	if (otel_sdk_stop(20000) != OTEL_OK)
		return fprintf(stderr, "delivery: %s\n", otel_last_error()), 1;
	print(rounds, protocol ? protocol : "http/protobuf");
	return 0;
}
