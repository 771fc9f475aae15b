/* SPDX-License-Identifier: Apache-2.0
 *
 * instructions.c - one row, to be counted by callgrind inside counted() alone; see scripts/instructions.sh.
 *
 *     instructions                    lists the rows: id, tab, state
 *     instructions ROW OPERATIONS
 */
#include <otel/otel.h>
#include <otel/sdk.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "rows.h"

enum { WARM_UP = 500 }; /* past everything that is made once for a thread */

void counted(const struct row *row, struct otel_tracer *tracer, int n);

__attribute__((noinline)) void counted(const struct row *row, struct otel_tracer *tracer, int n)
{
	row->loop(tracer, n);
}

static int list(void)
{
	static const char *const states[] = {"none", "unsampled", "recorded"};
	for (int i = 0; i < row_count; i++)
		printf("%s\t%s\n", rows[i].id, states[rows[i].state]);
	return 0;
}

int main(int argc, char **argv)
{
	struct otel_tracer *tracer = otel_tracer("bench", "1");
	const struct row *row = NULL;
	if (argc != 3)
		return list();
	for (int i = 0; i < row_count; i++)
		if (strcmp(rows[i].id, argv[1]) == 0)
			row = &rows[i];
	if (!row)
		return fprintf(stderr, "instructions: no row \"%s\"\n", argv[1]), 2;
	if (row->state != ROW_NONE && otel_sdk_start(NULL) != OTEL_OK)
		return fprintf(stderr, "instructions: %s\n", otel_last_error()), 1;
	row->loop(tracer, WARM_UP);
	counted(row, tracer, atoi(argv[2]));
	_exit(0); /* what is queued has nobody to go to */
}
