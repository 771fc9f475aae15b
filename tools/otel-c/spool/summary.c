/* SPDX-License-Identifier: Apache-2.0
 *
 * summary.c - see the header.
 */
#include "tools/otel-c/spool/summary.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "spool/spool_dir.h"
#include "spool/spool_file.h"

struct walk {
	struct spool_summary *summary;
	int dir;
};

const char *spool_items_word(uint32_t signal, uint64_t count)
{
	static const char *const words[][2] = {
		{"spans", "span"}, {"data points", "data point"}, {"log records", "log record"}};

	const size_t row = signal >> 1;

	return words[row < 3 ? row : 0][count == 1];
}

/* File names only have a number for it. */
static void name_exporter(const struct walk *walk, struct spool_row *row, const struct spool_name *file)
{
	struct spool_record record;
	uint8_t *memory;
	const char *why;

	snprintf(row->exporter, sizeof row->exporter, "?%08x", row->number);
	if (spool_file_read(walk->dir, file, &record, &memory, &why) != SPOOL_GOT)
		return;
	memcpy(row->exporter, record.exporter, sizeof row->exporter);
	free(memory);
}

static struct spool_row *row_of(const struct walk *walk, const struct spool_name *file)
{
	struct spool_summary *summary = walk->summary;

	for (size_t i = 0; i < summary->row_count; i++)
		if (summary->rows[i].number == file->exporter && summary->rows[i].signal == file->signal)
			return &summary->rows[i];
	if (summary->row_count == SPOOL_ROWS_MAX)
		return NULL;
	struct spool_row *row = &summary->rows[summary->row_count++];
	*row = (struct spool_row){.number = file->exporter, .signal = file->signal, .oldest_ms = UINT64_MAX};
	name_exporter(walk, row, file);
	return row;
}

static void count_in_row(struct spool_row *row, const struct spool_name *file, bool is_taken)
{
	row->items += file->items;
	row->batches++;
	row->bytes += file->bytes;
	if (file->stored_ms < row->oldest_ms)
		row->oldest_ms = file->stored_ms;
	if (!is_taken)
		return;
	row->taken_items += file->items;
	row->taken_batches++;
}

static void see(void *arg, const struct spool_name *file, enum spool_standing standing)
{
	const struct walk *walk = arg;
	struct spool_summary *summary = walk->summary;

	if (standing == SPOOL_LITTER || file->state == SPOOL_PART)
		return;
	summary->bytes += file->bytes;
	if (standing == SPOOL_QUARANTINED) {
		summary->quarantined++;
		return;
	}
	struct spool_row *row = row_of(walk, file);
	if (row)
		count_in_row(row, file, standing == SPOOL_TAKEN);
	summary->batches++;
	summary->spans += file->signal == 1 ? file->items : 0;
	summary->taken_batches += standing == SPOOL_TAKEN;
	summary->waiting_items += standing == SPOOL_WAITING ? file->items : 0;
}

const char *spool_summarise(struct spool_summary *summary, const char *directory, bool may_lack)
{
	struct walk walk = {.summary = summary};
	const char *why;

	*summary = (struct spool_summary){.directory = directory};
	walk.dir = spool_dir_open(directory, false, &why);
	if (walk.dir < 0)
		return why ? why : may_lack ? NULL : "it does not exist";
	why = spool_survey(walk.dir, 0, see, &walk) ? NULL : "it cannot be listed";
	close(walk.dir);
	return why;
}
