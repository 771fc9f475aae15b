/* SPDX-License-Identifier: Apache-2.0
 *
 * spool_backlog.c - see the header.
 */
#include "spool/spool_backlog.h"

#include <string.h>

void spool_backlog_init(struct spool_backlog *backlog, uint32_t exporter, uint32_t signals)
{
	backlog->exporter = exporter;
	backlog->signals = signals;
	backlog->next = backlog->count = 0;
}

void spool_backlog_offer(struct spool_backlog *backlog, const struct spool_name *name)
{
	size_t at = backlog->count;

	if (name->exporter != backlog->exporter || !(name->signal & backlog->signals))
		return;
	while (at && spool_name_compare(name, &backlog->names[at - 1]) < 0)
		at--;
	if (at == SPOOL_BACKLOG_MAX)
		return;
	if (backlog->count < SPOOL_BACKLOG_MAX)
		backlog->count++;
	memmove(&backlog->names[at + 1], &backlog->names[at], (backlog->count - at - 1) * sizeof *backlog->names);
	backlog->names[at] = *name;
}

struct spool_name *spool_backlog_pop(struct spool_backlog *backlog)
{
	return backlog->next < backlog->count ? &backlog->names[backlog->next++] : NULL;
}
