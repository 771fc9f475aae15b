/* SPDX-License-Identifier: Apache-2.0
 *
 * status.c - see the header.
 */
#include "tools/otel-c/spool/status.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "util/str.h"

struct totals {
	uint64_t spans;
	uint64_t batches;
};

static struct totals add_up(const struct spool_summary *summaries, size_t count)
{
	struct totals totals = {0};

	for (size_t i = 0; i < count; i++) {
		totals.spans += summaries[i].spans;
		totals.batches += summaries[i].batches;
	}
	return totals;
}

static uint64_t age_ms(uint64_t stored_ms, uint64_t now_ms)
{
	return now_ms > stored_ms ? now_ms - stored_ms : 0;
}

static const char *plural(uint64_t count, const char *one, const char *many)
{
	return count == 1 ? one : many;
}

/* ---- for people ---- */

static void print_age(uint64_t ms)
{
	static const struct {
		uint64_t seconds;
		const char *word;
	} units[] = {{86400, "d"}, {3600, "h"}, {60, "min"}, {1, "s"}};
	const uint64_t seconds = ms / 1000;
	size_t unit = 0;

	while (unit < 3 && seconds < units[unit].seconds)
		unit++;
	printf("%" PRIu64 " %s", seconds / units[unit].seconds, units[unit].word);
}

static void print_row(const struct spool_row *row, uint64_t now_ms)
{
	printf("  %-16s %" PRIu64 " %s in %" PRIu64 " %s, %" PRIu64 " bytes, oldest ", row->exporter, row->items,
	       spool_items_word(row->signal, row->items), row->batches, plural(row->batches, "batch", "batches"),
	       row->bytes);
	print_age(age_ms(row->oldest_ms, now_ms));
	if (row->taken_batches)
		printf("; %" PRIu64 " %s in %" PRIu64 " %s under way in running processes", row->taken_items,
		       spool_items_word(row->signal, row->taken_items), row->taken_batches,
		       plural(row->taken_batches, "batch", "batches"));
	putchar('\n');
}

static void print_one(const struct spool_summary *summary, uint64_t now_ms)
{
	printf("%s: %" PRIu64 " bytes\n", summary->directory, summary->bytes);
	for (size_t i = 0; i < summary->row_count; i++)
		print_row(&summary->rows[i], now_ms);
	if (summary->quarantined)
		printf("  left aside, unreadable: %" PRIu64 " %s (*.bad)\n", summary->quarantined,
		       plural(summary->quarantined, "file", "files"));
}

void spool_status_print(const struct spool_summary *summaries, size_t count, uint64_t now_ms)
{
	const struct totals totals = add_up(summaries, count);

	printf("%" PRIu64 " %s, %" PRIu64 " %s\n", totals.spans, spool_items_word(1, totals.spans), totals.batches,
	       plural(totals.batches, "batch", "batches"));
	for (size_t i = 0; i < count; i++)
		print_one(&summaries[i], now_ms);
}

/* ---- for programs ---- */

/* Paths may hold any bytes; JSON may not. */
static json_t *path_of(const char *path)
{
	const size_t len = strlen(path);
	char *scrubbed = malloc(3 * len + 1);
	json_t *text = NULL;

	if (!scrubbed)
		return NULL;
	str_scrub_utf8(scrubbed, 3 * len + 1, path, len);
	text = json_string(scrubbed);
	free(scrubbed);
	return text;
}

static const char *signal_word(uint32_t signal)
{
	return signal == 1 ? "traces" : signal == 2 ? "metrics" : "logs";
}

static json_t *row_of(const struct spool_row *row, uint64_t now_ms)
{
	return json_pack("{s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:I}", "exporter", row->exporter, "signal",
			 signal_word(row->signal), "items", (json_int_t)row->items, "batches", (json_int_t)row->batches,
			 "bytes", (json_int_t)row->bytes, "oldest_ms", (json_int_t)age_ms(row->oldest_ms, now_ms),
			 "under_way_items", (json_int_t)row->taken_items, "under_way_batches",
			 (json_int_t)row->taken_batches);
}

static json_t *one_of(const struct spool_summary *summary, uint64_t now_ms)
{
	json_t *rows = json_array();

	for (size_t i = 0; i < summary->row_count; i++)
		json_array_append_new(rows, row_of(&summary->rows[i], now_ms));
	return json_pack("{s:o, s:I, s:I, s:I, s:I, s:o}", "directory", path_of(summary->directory), "spans",
			 (json_int_t)summary->spans, "batches", (json_int_t)summary->batches, "bytes",
			 (json_int_t)summary->bytes, "quarantined", (json_int_t)summary->quarantined, "exporters",
			 rows);
}

bool spool_status_print_json(const struct spool_summary *summaries, size_t count, uint64_t now_ms)
{
	const struct totals totals = add_up(summaries, count);
	json_t *spools = json_array();

	for (size_t i = 0; i < count; i++)
		json_array_append_new(spools, one_of(&summaries[i], now_ms));
	json_t *all = json_pack("{s:I, s:I, s:o}", "spans", (json_int_t)totals.spans, "batches",
				(json_int_t)totals.batches, "spools", spools);
	const bool is_printed = all && json_dumpf(all, stdout, JSON_INDENT(2)) == 0;
	json_decref(all);
	putchar('\n');
	return is_printed;
}
