/* SPDX-License-Identifier: Apache-2.0
 *
 * flush.c - keeps the promise of otel_sdk_flush(): what ended before the call is tried once, and the caller learns how
 * it went.
 */
#include "sdk/flush.h"

#include <stdlib.h>

static void flush_add(struct flush_list *list, struct flush *flush, unsigned refs)
{
	*flush = (struct flush){.refs = refs, .next = list->first};
	list->first = flush;
}

struct flush *flush_create(struct flush_list *list)
{
	struct flush *flush = malloc(sizeof(*flush));
	if (flush)
		flush_add(list, flush, 2);
	return flush;
}

void flush_add_static(struct flush_list *list, struct flush *flush)
{
	flush_add(list, flush, 3);
}

void flush_unref(struct flush *flush)
{
	if (--flush->refs == 0)
		free(flush);
}

bool flush_list_fresh(const struct flush_list *list)
{
	return list->first && !list->first->number; /* newest first */
}

void flush_list_begin(struct flush_list *list)
{
	list->last_number++;
	for (struct flush *flush = list->first; flush && !flush->number; flush = flush->next) {
		flush->number = list->last_number;
		for (size_t i = 0; i < BATCH_MAX_OWNERS; i++)
			flush->target[i] = UINT64_MAX;
	}
}

void flush_list_aim(struct flush_list *list, struct export_queue *queues, size_t count)
{
	for (struct flush *flush = list->first; flush; flush = flush->next) {
		if (flush->number != list->last_number)
			continue; /* an older one, or one that came just now */
		for (size_t i = 0; i < count; i++)
			flush->target[i] = queues[i].last_seq;
	}
	for (size_t i = 0; i < count; i++)
		queues[i].owed_seq = queues[i].last_seq;
}

void flush_list_failure(struct flush_list *list, uint32_t queue, uint64_t seq)
{
	for (struct flush *flush = list->first; flush; flush = flush->next)
		if (flush->number && seq <= flush->target[queue])
			flush->failed = true;
}

static bool flush_is_through(const struct flush *flush, const struct export_queue *queues, size_t count)
{
	if (!flush->number)
		return false;
	if (flush->refs == 1)
		return true; /* its caller's time was up */
	for (size_t i = 0; i < count; i++)
		if (export_queue_owes(&queues[i], flush->target[i], flush->number))
			return false;
	return true;
}

static void flush_finish(struct flush **link)
{
	struct flush *flush = *link;
	*link = flush->next;
	flush->done = true;
	flush_unref(flush);
}

bool flush_list_settle(struct flush_list *list, const struct export_queue *queues, size_t count)
{
	bool any = false;
	for (struct flush **link = &list->first; *link;) {
		if (flush_is_through(*link, queues, count)) {
			flush_finish(link);
			any = true;
		} else {
			link = &(*link)->next;
		}
	}
	return any;
}

void flush_list_fail(struct flush_list *list)
{
	while (list->first) {
		list->first->failed = true;
		flush_finish(&list->first);
	}
}

void flush_list_forget(struct flush_list *list)
{
	while (list->first)
		flush_finish(&list->first);
}
