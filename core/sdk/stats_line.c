/* SPDX-License-Identifier: Apache-2.0
 *
 * stats_line.c - see the header.
 */
#include "sdk/stats_line.h"

#include <stdarg.h>
#include <stdio.h>

#include "util/diag.h"

struct line {
	char *out;
	size_t cap;
	size_t len;
};

static __attribute__((format(printf, 2, 3))) void add(struct line *line, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	const int n = vsnprintf(line->out + line->len, line->cap - line->len, format, args);
	va_end(args);
	if (n > 0)
		line->len += (size_t)n < line->cap - line->len ? (size_t)n : line->cap - line->len - 1;
}

static unsigned long long big(uint64_t n)
{
	return n;
}

static const char *plural(uint64_t n)
{
	return n == 1 ? "" : "s";
}

static void add_dropped(struct line *line, const otel_sdk_stats *stats)
{
	const struct {
		uint64_t count;
		const char *reason;
	} reasons[] = {
		{stats->dropped_queue_full, "queue full"}, {stats->dropped_rejected, "rejected"},
		{stats->dropped_retry, "not in time"},     {stats->dropped_shutdown, "shutdown"},
		{stats->dropped_processed, "processor"},   {stats->dropped_no_memory, "no memory"},
	};
	const size_t count = sizeof reasons / sizeof *reasons;
	const char *before = " (";
	uint64_t all = 0;

	for (size_t i = 0; i < count; i++)
		all += reasons[i].count;
	add(line, ", %llu dropped", big(all));
	for (size_t i = 0; i < count; i++) {
		if (!reasons[i].count)
			continue;
		add(line, "%s%llu %s", before, big(reasons[i].count), reasons[i].reason);
		before = ", ";
	}
	if (all)
		add(line, ")");
}

static void add_if(struct line *line, uint64_t count, const char *what)
{
	if (count)
		add(line, ", %llu %s", big(count), what);
}

void stats_line(char *out, size_t cap, const otel_sdk_stats *stats)
{
	struct line line = {out, cap, 0};

	add(&line, "%llu span%s: %llu accepted", big(stats->spans_created), plural(stats->spans_created),
	    big(stats->spans_accepted));
	add_dropped(&line, stats);
	add_if(&line, stats->spooled, "spooled");
	add_if(&line, stats->spans_queued, "queued");
	add_if(&line, stats->ambiguous, "ambiguous");
	if (stats->items_submitted) {
		add(&line, "; %llu other item%s: %llu accepted, %llu dropped", big(stats->items_submitted),
		    plural(stats->items_submitted), big(stats->items_accepted), big(stats->items_dropped));
		add_if(&line, stats->items_spooled, "spooled");
	}
	if (stats->replayed)
		add(&line, "; %llu from the spool", big(stats->replayed));
	add(&line, "; %llu request%s, %llu retried", big(stats->export_attempts), plural(stats->export_attempts),
	    big(stats->retried));
	add_if(&line, stats->export_failures, "failed");
}

void stats_line_say(void)
{
	otel_sdk_stats stats = {.size = sizeof stats};
	char text[512];

	if (!diag_enabled(DIAG_INFO)) /* then nobody asked: by default only problems are told */
		return;
	otel_sdk_get_stats(&stats);
	stats_line(text, sizeof text, &stats);
	diag(DIAG_INFO, "%s", text);
}
