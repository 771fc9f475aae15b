/* SPDX-License-Identifier: Apache-2.0
 *
 * memory.c - what a queued span takes of memory, beside its bytes on the wire.
 *
 *     memory ROW
 *
 * The server holds its answer back while 60,000 spans are made, so that they stay queued; the process grows by so much
 * (resident set). Then the server goes on, and counts the bytes that these spans are on the wire.
 */
#include <otel/otel.h>
#include <otel/sdk.h>
#include <unistd.h>

#include "backend.h"
#include "measure.h"
#include "rows.h"

enum { SPANS = 60000, BURST = 500, SETTLE_US = 300000 };

static double resident_bytes(void)
{
	unsigned long pages = 0;
	FILE *f = fopen("/proc/self/statm", "re");
	if (f && fscanf(f, "%*u %lu", &pages) != 1)
		pages = 0;
	if (f)
		fclose(f);
	return (double)pages * (double)sysconf(_SC_PAGESIZE);
}

/* Everything that is loaded or made once is there after this, and one export is held up. */
static bool prepare(const struct row *row, struct otel_tracer *tracer)
{
	row->loop(tracer, 100);
	if (otel_sdk_flush(20000) != OTEL_OK)
		return false;
	backend_hold();
	unsigned long long before = backend_counts().requests;
	row->loop(tracer, 1);
	for (int i = 0; backend_counts().requests == before; i++) {
		if (i == 1000)
			return false;
		sleep_us(10000);
	}
	return true;
}

static void print(const struct row *row, double grown, double wire)
{
	char id[64];
	snprintf(id, sizeof id, "queued span: %s", row->id);
	printf("  %-32s %8.1f B   wire %6.1f B   ratio %6.3f   budget 1.10\n", id, grown, wire, grown / wire);
	budget(id, grown / wire, "le", 1.1, "x wire bytes");
}

int main(int argc, char **argv)
{
	const struct row *row = argc == 2 ? row_find(argv[1], ROW_RECORDED) : NULL;
	struct otel_tracer *tracer = otel_tracer("bench", "1");
	otel_sdk_stats stats = {.size = sizeof stats};
	if (!row)
		return fputs("usage: memory ROW\n", stderr), 2;
	backend_connect();
	if (otel_sdk_start(NULL) != OTEL_OK || !prepare(row, tracer))
		return fprintf(stderr, "memory: %s\n", otel_last_error()), 1;

	struct backend_counts before = backend_counts();
	double resident = resident_bytes();
	for (int i = 0; i < SPANS; i += BURST) {
		row->loop(tracer, BURST);
		sleep_us(500);
	}
	sleep_us(SETTLE_US);
	double grown = (resident_bytes() - resident) / SPANS;
	otel_sdk_get_stats(&stats);
	backend_release();
	if (stats.spans_queued < SPANS || otel_sdk_stop(20000) != OTEL_OK)
		return fprintf(stderr, "memory: only %llu spans were queued\n", (unsigned long long)stats.spans_queued),
		       1;
	struct backend_counts after = backend_counts();
	print(row, grown, (double)(after.bytes - before.bytes) / (double)(after.spans - before.spans));
	return 0;
}
