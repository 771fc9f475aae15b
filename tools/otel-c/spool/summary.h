/* SPDX-License-Identifier: Apache-2.0
 *
 * summary.h - what lies in a spool, counted.
 */
#ifndef OTEL_TOOLS_SPOOL_SUMMARY_H
#define OTEL_TOOLS_SPOOL_SUMMARY_H

#include "spool/spool_record.h"
#include "spool/spool_survey.h"

enum { SPOOL_ROWS_MAX = 24 }; /* exporters by signals */

struct spool_row {
	char exporter[SPOOL_NAME_MAX];
	uint32_t number; /* of the exporter, as file names have it */
	uint32_t signal;
	uint64_t items;
	uint64_t batches;
	uint64_t bytes;
	uint64_t oldest_ms; /* since the Unix epoch */
	uint64_t taken_items; /* of them, by running processes */
	uint64_t taken_batches;
};

struct spool_summary {
	const char *directory;
	struct spool_row rows[SPOOL_ROWS_MAX];
	size_t row_count;
	uint64_t spans; /* of all rows of that signal */
	uint64_t batches;
	uint64_t bytes;
	uint64_t taken_batches;
	uint64_t waiting_items; /* of all signals, for whoever comes */
	uint64_t quarantined; /* files */
};

/* What the items of a signal are called. */
const char *spool_items_word(uint32_t signal, uint64_t count);

/* NULL, or why it cannot be read. A directory that does not exist is an empty spool if `may_lack`. */
const char *spool_summarise(struct spool_summary *summary, const char *directory, bool may_lack);

#endif
