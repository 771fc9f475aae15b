/* SPDX-License-Identifier: Apache-2.0
 *
 * scope.c - instrumentation scopes: numbered on first use, encoded once, kept for ever.
 */
#include "sdk/scope.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

#include "sdk/any_value.h"
#include "sdk/attr.h"

#define SCOPES    4096
#define ATTRS_MAX (64u << 10) /* bytes; the API keeps 16 KiB of all scopes */

enum scope_field {
	SCOPE_SPANS_SCOPE = WIRE_TAG(1, WIRE_LEN),
	SCOPE_SPANS_SCHEMA_URL = WIRE_TAG(3, WIRE_LEN),
	SCOPE_NAME = WIRE_TAG(1, WIRE_LEN),
	SCOPE_VERSION = WIRE_TAG(2, WIRE_LEN),
	SCOPE_ATTR = WIRE_TAG(3, WIRE_LEN),
};

/* What is encoded is also what is compared: name, version, schema_url and sorted attributes, made clean, have one
 * encoding only. */
struct scope {
	size_t scope_len;
	size_t schema_len;
	uint8_t bytes[];
};

static const uint8_t unnamed[] = {SCOPE_SPANS_SCOPE, 0};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static _Atomic(struct scope *) scopes[SCOPES]; /* from 1 on, without gaps */

/* ---- encoding ---- */

struct text {
	const char *ptr;
	size_t len;
	char *owned;
};

static bool text_make(struct text *text, const char *s)
{
	*text = (struct text){s, s ? strlen(s) : 0, NULL};
	if (text_is_clean(text->ptr, text->len))
		return true;
	text->owned = text_clean(s, text->len, &text->len);
	text->ptr = text->owned;
	return text->owned != NULL;
}

static size_t field_size(const struct text *text)
{
	return text->len ? wire_len_size(text->len) : 0;
}

static uint8_t *put_field(uint8_t *p, uint8_t tag, const struct text *text)
{
	return text->len ? text_put_field(p, tag, text->ptr, text->len) : p;
}

/* One attribute as a field of InstrumentationScope. False when out of memory. */
static bool put_attr(struct buf *out, const otel_attr *attr)
{
	struct attr_key key;
	struct buf value;
	bool done = false;

	buf_init(&value, ATTRS_MAX);
	if (!attr_key_make(&key, attr->key, attr->key_len))
		return false;
	if (!any_value_encode(&value, attr, ATTR_NO_LIMIT, ANY_VALUE_DEPTH))
		goto out;
	const size_t pair = wire_len_size(key.len) + wire_len_size(value.len);
	wire_append_len_head(out, SCOPE_ATTR, pair);
	wire_append_len(out, KEY_VALUE_KEY, key.ptr, key.len);
	wire_append_len(out, KEY_VALUE_VALUE, value.data, value.len);
	done = !out->failed;
out:
	attr_key_free(&key);
	buf_fini(&value);
	return done;
}

/* In the order of their keys: the order in which they were given does not make another scope. */
static int by_key(const void *a, const void *b)
{
	const otel_attr *x = *(const otel_attr *const *)a, *y = *(const otel_attr *const *)b;
	const size_t len = x->key_len < y->key_len ? x->key_len : y->key_len;
	const int order = memcmp(x->key, y->key, len);

	return order ? order : (x->key_len > y->key_len) - (x->key_len < y->key_len);
}

static bool put_attrs(struct buf *out, const struct otel_tracer *tracer)
{
	/* A copy of the API from before scope attributes has none. */
	const bool knows = tracer->size >= offsetof(struct otel_tracer, attr_count) + sizeof(tracer->attr_count);
	const size_t count = knows ? tracer->attr_count : 0;
	const otel_attr **sorted = count ? malloc(count * sizeof(*sorted)) : NULL;
	bool done = !count || sorted;

	for (size_t i = 0; sorted && i < count; i++)
		sorted[i] = &tracer->attrs[i];
	if (sorted)
		qsort(sorted, count, sizeof(*sorted), by_key);
	for (size_t i = 0; done && i < count; i++)
		done = put_attr(out, sorted[i]);
	free(sorted);
	return done;
}

static struct scope *encode(const struct text *name, const struct text *version, const struct text *schema,
			    const struct buf *attrs)
{
	const size_t inner = field_size(name) + field_size(version) + attrs->len;
	const size_t scope_len = wire_len_size(inner);
	const size_t schema_len = field_size(schema);
	struct scope *scope = malloc(sizeof(*scope) + scope_len + schema_len);

	if (!scope)
		return NULL;
	scope->scope_len = scope_len;
	scope->schema_len = schema_len;

	uint8_t *p = scope->bytes;
	p = wire_put_len_head(p, SCOPE_SPANS_SCOPE, inner);
	p = put_field(p, SCOPE_NAME, name);
	p = put_field(p, SCOPE_VERSION, version);
	p = wire_put_bytes(p, attrs->data, attrs->len);
	put_field(p, SCOPE_SPANS_SCHEMA_URL, schema);
	return scope;
}

static struct scope *scope_make(const struct otel_tracer *tracer)
{
	struct text name = {NULL, 0, NULL}, version = {NULL, 0, NULL}, schema = {NULL, 0, NULL};
	struct scope *scope = NULL;
	struct buf attrs;

	buf_init(&attrs, ATTRS_MAX);
	if (text_make(&name, tracer->name) && text_make(&version, tracer->version) &&
	    text_make(&schema, tracer->schema_url) && put_attrs(&attrs, tracer))
		scope = encode(&name, &version, &schema, &attrs);
	buf_fini(&attrs);
	free(name.owned);
	free(version.owned);
	free(schema.owned);
	return scope;
}

/* ---- numbering ---- */

static bool is_unnamed(const struct scope *scope)
{
	return scope->scope_len == sizeof(unnamed) && !scope->schema_len;
}

static bool equals(const struct scope *a, const struct scope *b)
{
	return a->scope_len == b->scope_len && a->schema_len == b->schema_len &&
	       !memcmp(a->bytes, b->bytes, a->scope_len + a->schema_len);
}

/* Takes the scope. The number of an equal one, of a new one, or of the overflow. */
static uint32_t intern(struct scope *scope)
{
	uint32_t number = 1;
	struct scope *known = NULL;

	pthread_mutex_lock(&lock);
	for (; number < SCOPES; number++) {
		known = atomic_load_explicit(&scopes[number], memory_order_relaxed);
		if (!known || equals(known, scope))
			break;
	}
	if (number < SCOPES && !known)
		atomic_store_explicit(&scopes[number], scope, memory_order_release);
	pthread_mutex_unlock(&lock);

	if (known)
		free(scope);
	return number < SCOPES ? number : 0;
}

__attribute__((noinline, cold)) uint32_t scope_find(struct otel_tracer *tracer)
{
	const int saved = errno;
	struct scope *scope = scope_make(tracer);
	uint32_t number = 0;

	if (scope && !is_unnamed(scope))
		number = intern(scope);
	else
		free(scope);
	if (scope)
		atomic_store_explicit(&tracer->scope, number + 1, memory_order_relaxed);
	errno = saved;
	return number;
}

struct scope_bytes scope_encoded(uint32_t number)
{
	const struct scope *scope =
		number < SCOPES ? atomic_load_explicit(&scopes[number], memory_order_acquire) : NULL;

	if (!scope)
		return (struct scope_bytes){unnamed, sizeof(unnamed), unnamed, 0};
	return (struct scope_bytes){scope->bytes, scope->scope_len, scope->bytes + scope->scope_len, scope->schema_len};
}

/* ---- fork ---- */

void scope_fork_prepare(void)
{
	pthread_mutex_lock(&lock);
}

void scope_fork_parent(void)
{
	pthread_mutex_unlock(&lock);
}

void scope_fork_child(void)
{
	pthread_mutex_init(&lock, NULL);
}
