/* SPDX-License-Identifier: Apache-2.0
 *
 * batch.c - groups logged spans by scope into one ExportTraceServiceRequest, and counts what became of them.
 *
 * The log holds every span as a finished ScopeSpans.spans field, so a request is headers and copies: sizes first, then
 * every span goes straight to its place.
 */
#include "sdk/batch.h"

#include <stdlib.h>

#include "sdk/request_items.h"
#include "sdk/resource.h"
#include "sdk/scope.h"
#include "sdk/spool_account.h"
#include "sdk/stats.h"
#include "sdk/submit.h"
#include "util/wire.h"

enum { RESOURCE_SPANS = WIRE_TAG(REQUEST_RESOURCES, WIRE_LEN), SCOPE_SPANS = WIRE_TAG(RESOURCE_SCOPES, WIRE_LEN) };
enum { SCOPE_NUMBERS = 4096, SLACK = 16, SPARES = 4, MAPPED = 128 << 10 };

/* The spans of one scope within the batch being built. */
struct group {
	uint32_t scope;
	size_t spans_len;
	struct scope_bytes bytes;
	uint8_t *cursor; /* where its next span goes */
};

/* Work space for one batch at a time, of which few touch more than a page; only the pipeline thread builds batches. */
static struct group groups[SCOPE_NUMBERS];
static uint16_t group_of[SCOPE_NUMBERS]; /* number of a scope -> its group + 1 */

static _Atomic uint32_t held;

/* Memory of batches that are done with: while others wait, the next is formed soon, and pages that go back to the
 * system and come again are a good part of what a span costs. */
static struct batch *spares[SPARES];
static size_t spare_count;

uint32_t batch_held(void)
{
	return atomic_load_explicit(&held, memory_order_relaxed);
}

void batch_forget_held(void)
{
	atomic_store_explicit(&held, 0, memory_order_relaxed);
	spare_count = 0; /* the parent's thread may have been about to take one */
}

/* ---- walking logged entries ---- */

/* A position in the chunks of a batcher; reading moves it, the chunks stay. */
struct cursor {
	const struct span_log_chunk *chunk;
	size_t offset;
};

static size_t entry_size(const struct span_log_entry *entry)
{
	return span_log_entry_size(entry->len);
}

static const struct span_log_entry *cursor_peek(struct cursor *c)
{
	while (c->chunk && c->offset >= c->chunk->used) {
		c->chunk = c->chunk->next;
		c->offset = 0;
	}
	return c->chunk ? (const struct span_log_entry *)(const void *)(c->chunk->data + c->offset) : NULL;
}

static void cursor_skip(struct cursor *c, const struct span_log_entry *entry)
{
	c->offset += entry_size(entry);
}

static uint32_t entry_scope(const struct span_log_entry *entry)
{
	return entry->scope < SCOPE_NUMBERS ? entry->scope : 0;
}

/* ---- planning a batch ---- */

struct plan {
	size_t group_count;
	uint32_t spans;
	size_t room; /* of the entries in the log */
	size_t spans_len; /* of the entries' bytes */
	const uint8_t *resource;
	size_t resource_len;
	size_t resource_spans_len; /* content of the one ResourceSpans */
};

static __attribute__((noinline)) void plan_add_group(struct plan *plan, uint32_t scope)
{
	groups[plan->group_count++] = (struct group){.scope = scope, .bytes = scope_encoded(scope)};
	group_of[scope] = (uint16_t)plan->group_count;
}

static inline struct group *plan_group(struct plan *plan, uint32_t scope)
{
	if (!group_of[scope])
		plan_add_group(plan, scope);
	return &groups[group_of[scope] - 1];
}

static void plan_reset(const struct plan *plan)
{
	for (size_t i = 0; i < plan->group_count; i++)
		group_of[groups[i].scope] = 0;
}

/* How many spans fit; a single span always does, whatever its size. */
static void plan_spans(struct plan *plan, struct cursor at, uint32_t max_spans, size_t max_bytes)
{
	const struct span_log_entry *entry;
	while (plan->spans < max_spans && (entry = cursor_peek(&at))) {
		if (plan->spans && plan->spans_len + entry->len > max_bytes)
			break;
		plan->spans++;
		plan->spans_len += entry->len;
		plan->room += entry_size(entry);
		plan_group(plan, entry_scope(entry))->spans_len += entry->len;
		cursor_skip(&at, entry);
	}
}

static size_t group_size(const struct group *g)
{
	return g->bytes.scope_len + g->bytes.schema_len + g->spans_len;
}

static size_t plan_size(struct plan *plan)
{
	plan->resource = resource_encoded(&plan->resource_len);
	plan->resource_spans_len = plan->resource_len;
	for (size_t i = 0; i < plan->group_count; i++)
		plan->resource_spans_len += wire_len_size(group_size(&groups[i]));
	return wire_len_size(plan->resource_spans_len);
}

/* ---- memory ---- */

/* Its `cap` is set, and enough. */
static struct batch *memory_get(size_t len)
{
	/* The next one shall fit, too. What malloc maps apart is no memory until it is touched; small ones lie in pages
	 * that others use. */
	const size_t cap = len < MAPPED ? len : len + len / SLACK;
	struct batch *batch = spare_count ? spares[--spare_count] : NULL;

	if (batch && batch->cap >= len && batch->cap / 2 <= len)
		return batch;
	free(batch);
	batch = malloc(sizeof(*batch) + cap);
	if (batch)
		batch->cap = cap;
	return batch;
}

static void memory_put(struct batch *batch)
{
	if (spare_count < SPARES)
		spares[spare_count++] = batch;
	else
		free(batch);
}

void batch_trim(void)
{
	while (spare_count)
		free(spares[--spare_count]);
}

/* ---- writing it ---- */

/* Writes everything but the spans and leaves each group's cursor where they begin. */
static void write_frame(const struct plan *plan, uint8_t *p)
{
	p = wire_put_len_head(p, RESOURCE_SPANS, plan->resource_spans_len);
	p = wire_put_bytes(p, plan->resource, plan->resource_len);
	for (size_t i = 0; i < plan->group_count; i++) {
		struct group *g = &groups[i];
		p = wire_put_len_head(p, SCOPE_SPANS, group_size(g));
		p = wire_put_bytes(p, g->bytes.scope, g->bytes.scope_len);
		g->cursor = p;
		p = wire_put_bytes(p + g->spans_len, g->bytes.schema, g->bytes.schema_len);
	}
}

/* Moves the planned spans out of the batcher, freeing chunks that are read. out may be NULL: they are lost. */
static void consume(struct batcher *b, struct plan *plan, bool write)
{
	for (uint32_t i = 0; i < plan->spans; i++) {
		while (b->offset >= b->first->used) {
			struct span_log_chunk *read = b->first;
			b->first = read->next;
			b->offset = 0;
			span_log_chunk_free(read);
		}
		const struct span_log_entry *entry = (const void *)(b->first->data + b->offset);
		if (write) {
			struct group *g = plan_group(plan, entry_scope(entry));
			g->cursor = wire_put_bytes(g->cursor, entry + 1, entry->len);
		}
		b->offset += entry_size(entry);
	}
	b->waiting -= plan->spans;
	if (!b->waiting)
		batcher_forget(b); /* what remains is read to its end */
}

static void batch_init(struct batch *batch, otel_signal signal, size_t len, uint32_t items)
{
	*batch = (struct batch){.refs = 1, .cap = batch->cap};
	batch->wire = (otel_batch){
		.size = sizeof(otel_batch), .signal = signal, .items = items, .data = batch->data, .len = len};
}

static struct batch *batch_create(const struct plan *plan, size_t len, uint32_t owners)
{
	struct batch *batch = memory_get(len);
	if (!batch)
		return NULL;
	batch_init(batch, OTEL_SIGNAL_TRACES, len, plan->spans);
	batch->owners = owners;
	batch->spans = plan->spans;
	batch->room = plan->room;
	return batch;
}

struct batch *batch_submitted(otel_signal signal, const uint8_t *request, size_t len, uint32_t items)
{
	struct batch *batch = malloc(sizeof(*batch) + len);
	if (!batch)
		return NULL;
	batch->cap = len;
	batch_init(batch, signal, len, items);
	memcpy(batch->data, request, len);
	batch->submitted = items;
	batch->room = len;
	return batch;
}

struct batch *batch_replacing(const struct batch *other, const uint8_t *request, size_t len, uint32_t items)
{
	struct batch *batch = batch_submitted((otel_signal)other->wire.signal, request, len, items);
	if (!batch)
		return NULL;
	batch->owners = other->owners;
	batch->spans = other->spans;
	batch->room = other->room;
	batch->submitted = other->submitted;
	return batch;
}

struct batch *batch_part(const struct batch *whole, struct split_range range, size_t len)
{
	struct batch *batch = memory_get(len);
	if (!batch)
		return NULL;
	batch_init(batch, (otel_signal)whole->wire.signal, len, range.to - range.from);
	split_write(&whole->wire, range, batch->data);
	return batch;
}

struct batch *batcher_next(struct batcher *b, uint32_t max_spans, size_t max_bytes, uint32_t owners, bool *lost)
{
	struct plan plan = {0};
	struct cursor at = {.chunk = b->first, .offset = b->offset};
	struct batch *batch = NULL;

	if (!b->waiting)
		return NULL;
	plan_spans(&plan, at, max_spans, max_bytes);
	batch = batch_create(&plan, plan_size(&plan), owners);
	if (batch)
		write_frame(&plan, batch->data);
	consume(b, &plan, batch != NULL);
	plan_reset(&plan);

	if (!batch) {
		*lost = true;
		stats_add(&stats.dropped_no_memory, plan.spans);
		span_log_release(plan.spans, plan.room);
		return NULL;
	}
	atomic_fetch_add_explicit(&held, plan.spans, memory_order_relaxed);
	return batch;
}

/* ---- the batcher's own ---- */

void batcher_add(struct batcher *b, struct span_log_chunk *list)
{
	while (list) {
		struct span_log_chunk *chunk = list;
		list = chunk->next;
		chunk->next = NULL;
		if (!chunk->spans) {
			span_log_chunk_free(chunk);
			continue;
		}
		if (b->first)
			b->last->next = chunk;
		else
			b->first = chunk;
		b->last = chunk;
		b->waiting += chunk->spans;
	}
}

void batcher_drop(struct batcher *b)
{
	struct plan rest = {0};
	plan_spans(&rest, (struct cursor){b->first, b->offset}, UINT32_MAX, SIZE_MAX);
	plan_reset(&rest);
	stats_add(&stats.dropped_shutdown, rest.spans);
	span_log_release(rest.spans, rest.room);
	batcher_forget(b);
}

void batcher_forget(struct batcher *b)
{
	while (b->first) {
		struct span_log_chunk *chunk = b->first;
		b->first = chunk->next;
		span_log_chunk_free(chunk);
	}
	*b = (struct batcher){0};
}

/* ---- the life of a batch ---- */

struct batch *batch_ref(struct batch *batch)
{
	batch->refs++;
	return batch;
}

void batch_unref(struct batch *batch)
{
	if (--batch->refs == 0)
		memory_put(batch);
}

void batch_keep(struct batch *batch)
{
	static struct batch *all; /* so that a leak checker finds them */
	if (batch->kept)
		return;
	batch->kept = all ? all : batch;
	all = batch_ref(batch);
}

static _Atomic uint64_t *const loss_counters[] = {
	[BATCH_TAKEN] = &stats.accepted,
	[BATCH_QUEUE_FULL] = &stats.dropped_queue_full,
	[BATCH_REJECTED] = &stats.dropped_rejected,
	[BATCH_SHUTDOWN] = &stats.dropped_shutdown,
	[BATCH_PROCESSED] = &stats.dropped_processed,
	[BATCH_GIVEN_UP] = &stats.dropped_retry,
	[BATCH_NO_MEMORY] = &stats.dropped_no_memory,
	[BATCH_SPOOLED] = &stats.spooled,
};
_Static_assert(sizeof loss_counters / sizeof *loss_counters == BATCH_LOSSES, "each loss has its counter");

static uint32_t lost_in_all(const struct batch_losses *lost)
{
	uint32_t all = 0;

	for (size_t i = 0; i < BATCH_LOSSES; i++)
		all += lost->of[i];
	return all;
}

/* Those of its items that are counted: a processor may have added some. */
static uint32_t items_at_first(const struct batch *batch)
{
	const uint32_t items = batch->spans ? batch->spans : batch->submitted;

	return batch->wire.items < items ? batch->wire.items : items;
}

/* What a batch processor took out is gone whoever gets the rest. */
static void count_spans(const struct batch *batch)
{
	const uint32_t spans = items_at_first(batch);

	stats_add(&stats.dropped_processed, batch->spans - spans);
	stats_add(&stats.accepted, spans - lost_in_all(&batch->lost));
	for (size_t i = 0; i < BATCH_LOSSES; i++)
		if (batch->lost.of[i])
			stats_add(loss_counters[i], batch->lost.of[i]);
	atomic_fetch_sub_explicit(&held, batch->spans, memory_order_relaxed);
	span_log_release(batch->spans, batch->room);
}

static void count_submitted(const struct batch *batch)
{
	const uint32_t accepted = items_at_first(batch) - lost_in_all(&batch->lost);

	const uint32_t spooled = batch->lost.of[BATCH_SPOOLED];

	stats_add(&stats.submitted_accepted, accepted);
	stats_add(&stats.submitted_spooled, spooled);
	stats_add(&stats.submitted_dropped, batch->submitted - accepted - spooled);
	submit_release(batch->room);
}

/* Not more than there are to be counted. */
static struct batch_losses bounded(const struct batch_losses *lost, uint32_t most)
{
	struct batch_losses out = *lost;

	for (size_t i = 0; i < BATCH_LOSSES; i++) {
		if (out.of[i] > most)
			out.of[i] = most;
		most -= out.of[i];
	}
	return out;
}

void batch_settle_losses(struct batch *batch, const struct batch_losses *lost)
{
	const struct batch_losses now = bounded(lost, items_at_first(batch));

	if (lost_in_all(&now) > lost_in_all(&batch->lost))
		batch->lost = now;
	if (--batch->owners)
		return;
	if (batch->spans)
		count_spans(batch);
	else
		count_submitted(batch);
	spool_account_settle(batch->account, batch->lost.of[BATCH_SPOOLED], batch->spans != 0);
	batch->account = NULL;
}

void batch_settle(struct batch *batch, enum batch_loss loss, uint32_t rejected)
{
	struct batch_losses lost = {{0}};

	if (loss == BATCH_TAKEN)
		lost.of[BATCH_REJECTED] = rejected;
	else
		lost.of[loss] = UINT32_MAX;
	batch_settle_losses(batch, &lost);
}

void batch_drop(struct batch *batch, enum batch_loss loss)
{
	batch->owners = 1;
	batch_settle(batch, loss, 0);
	batch_unref(batch);
}
