/* SPDX-License-Identifier: Apache-2.0
 *
 * tracer.c - tracers, interned for ever in static tables: before there is an SDK, and without allocating.
 *
 * Insertion takes no lock, so that no fork and no signal can leave one taken: a candidate is built at the end of table
 * and arena, then published by one CAS. Whoever loses gives his places back, if nobody has built behind them.
 */
#include <string.h>

#include "api/thread.h"
#include "api/tracer.h"
#include "api/tracer_attrs.h"
#include "api/wake.h"

#define TRACERS     256u
#define BUCKETS     512u
#define ARENA_BYTES (16u << 10)

struct scope_name {
	const char *name;
	const char *version;
	const char *schema_url;
	const otel_attr *attrs;
	size_t attr_count;
};

struct otel_tracer tracer_unnamed = {.size = sizeof(struct otel_tracer), .name = ""};
static struct otel_tracer tracers[TRACERS];
static _Alignas(8) char arena[ARENA_BYTES];
static _Atomic uint32_t tracers_used;
static _Atomic uint32_t arena_used;
static _Atomic(struct otel_tracer *) buckets[BUCKETS];

static uint32_t hash_str(uint32_t h, const char *s)
{
	for (; *s; s++)
		h = (h ^ (uint8_t)*s) * 16777619u;
	return (h ^ 0xffu) * 16777619u; /* so that "ab","c" is not "a","bc" */
}

static bool is_same(const char *a, const char *b)
{
	return !strcmp(a ? a : "", b);
}

static bool is_scope(const struct otel_tracer *tracer, const struct scope_name *scope)
{
	return is_same(tracer->name, scope->name) && is_same(tracer->version, scope->version) &&
	       is_same(tracer->schema_url, scope->schema_url) &&
	       tracer_attrs_equal(tracer->attrs, tracer->attr_count, scope->attrs, scope->attr_count);
}

/* Takes `count` places of `limit`; false when they are not there. */
static bool take(_Atomic uint32_t *used, size_t count, uint32_t limit, uint32_t *at)
{
	*at = atomic_load_explicit(used, memory_order_relaxed);
	do {
		if (count > limit - *at)
			return false;
	} while (!atomic_compare_exchange_weak(used, at, *at + (uint32_t)count));
	return true;
}

static void give_back(_Atomic uint32_t *used, uint32_t at, size_t count)
{
	uint32_t end = at + (uint32_t)count;

	atomic_compare_exchange_strong(used, &end, at);
}

static const char *put(char **at, const char *s)
{
	char *start = *at;
	size_t size = strlen(s) + 1;

	if (size == 1)
		return NULL;
	memcpy(start, s, size);
	*at += size;
	return start;
}

static size_t text_size(const struct scope_name *scope)
{
	size_t sum = 0;
	const char *const parts[] = {scope->name, scope->version, scope->schema_url};

	for (size_t i = 0; i < 3; i++)
		sum += *parts[i] ? strlen(parts[i]) + 1 : 0;
	return (sum + 7) & ~(size_t)7; /* what comes behind it is aligned */
}

static struct otel_tracer *build(const struct scope_name *scope, size_t bytes, uint32_t *text, uint32_t *index)
{
	struct otel_tracer *tracer;
	const char *name;
	char *at;

	if (!take(&tracers_used, 1, TRACERS, index))
		return NULL;
	if (!take(&arena_used, bytes, ARENA_BYTES, text)) {
		give_back(&tracers_used, *index, 1);
		return NULL;
	}
	tracer = &tracers[*index];
	tracer->attrs = tracer_attrs_copy(arena + *text, scope->attrs, scope->attr_count, &tracer->attr_count);
	at = arena + *text + bytes - text_size(scope);
	name = put(&at, scope->name);
	tracer->size = sizeof(*tracer);
	tracer->name = name ? name : "";
	tracer->version = put(&at, scope->version);
	tracer->schema_url = put(&at, scope->schema_url);
	return tracer;
}

/* The tracer at the first bucket from *bucket on that is the scope's, or NULL and *bucket is free. */
static struct otel_tracer *probe(const struct scope_name *scope, uint32_t *bucket)
{
	struct otel_tracer *tracer;

	for (;; *bucket = (*bucket + 1) % BUCKETS) {
		tracer = atomic_load_explicit(&buckets[*bucket], memory_order_acquire);
		if (!tracer || is_scope(tracer, scope))
			return tracer;
	}
}

static struct otel_tracer *insert(const struct scope_name *scope, uint32_t bucket)
{
	size_t bytes = tracer_attrs_size(scope->attrs, scope->attr_count) + text_size(scope);
	uint32_t text;
	uint32_t index;
	struct otel_tracer *mine = build(scope, bytes, &text, &index);
	struct otel_tracer *other = NULL;

	if (!mine) {
		dropped();
		return &tracer_unnamed;
	}
	while (!atomic_compare_exchange_strong(&buckets[bucket], &other, mine)) {
		other = probe(scope, &bucket);
		if (!other)
			continue;
		give_back(&arena_used, text, bytes);
		give_back(&tracers_used, index, 1);
		return other;
	}
	return mine;
}

static struct otel_tracer *find_or_insert(const struct scope_name *scope)
{
	struct otel_tracer *tracer;
	uint32_t bucket;

	provider_or_wake();
	if (is_scope(&tracer_unnamed, scope))
		return &tracer_unnamed;
	bucket = hash_str(hash_str(hash_str(2166136261u, scope->name), scope->version), scope->schema_url);
	bucket = (bucket + tracer_attrs_hash(scope->attrs, scope->attr_count)) % BUCKETS;
	tracer = probe(scope, &bucket);
	return tracer ? tracer : insert(scope, bucket);
}

static const char *text_or_empty(const char *s)
{
	return s ? s : "";
}

struct otel_tracer *otel_tracer_get(const char *name, const char *version, const char *schema_url)
{
	const struct scope_name scope = {text_or_empty(name), text_or_empty(version), text_or_empty(schema_url), NULL, 0};

	return find_or_insert(&scope);
}

struct otel_tracer *otel_tracer_with(const char *name, const char *version, const otel_tracer_options *options)
{
	otel_tracer_options full = {.size = sizeof(full)};

	if (options && options->size < sizeof(options->size))
		misuse();
	else if (options)
		memcpy(&full, options, options->size < sizeof(full) ? options->size : sizeof(full));
	const struct scope_name scope = {text_or_empty(name), text_or_empty(version), text_or_empty(full.schema_url),
					 full.attrs, full.attrs ? full.attr_count : 0};

	return find_or_insert(&scope);
}

bool otel_tracer_enabled(const struct otel_tracer *tracer)
{
	const struct otel_provider *provider = provider_or_wake();

	if (!provider || thread_current()->suppressed)
		return false;
	return provider->tracer_enabled(tracer ? tracer : &tracer_unnamed);
}
