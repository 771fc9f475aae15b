/* SPDX-License-Identifier: Apache-2.0
 *
 * any_value.c - nested values, written without recursion: the host's thread may have a small stack. An array or map is
 * opened with one byte for its length, which is widened when it is closed.
 */
#include "sdk/any_value.h"

#include <errno.h>
#include <stdlib.h>

#include "sdk/attr.h"
#include "sdk/stats.h"

enum {
	ARRAY_VALUE = WIRE_TAG(1, WIRE_LEN),
	MAP_ENTRY = WIRE_TAG(1, WIRE_LEN),
};

/* An array or map that is being written. */
struct frame {
	const otel_attr *items;
	size_t count;
	size_t next;
	size_t lengths[3]; /* where the lengths lie that its end completes: its own, and those of what holds it */
	unsigned length_count;
	bool is_map;
	uint32_t *last; /* maps: hash table of item numbers + 1, the last item of each key */
	size_t mask;
};

/* ---- lengths ---- */

static size_t open_length(struct buf *out, uint8_t tag)
{
	buf_append_char(out, (char)tag);
	buf_append_char(out, 0);
	return out->len;
}

static void close_length(struct buf *out, size_t start)
{
	uint8_t bytes[WIRE_MAX_VARINT];
	const size_t len = out->len - start;
	const size_t size = (size_t)(wire_put_varint(bytes, len) - bytes);

	if (out->failed || !buf_reserve(out, size - 1))
		return;
	memmove(out->data + start + size - 1, out->data + start, len);
	memcpy(out->data + start - 1, bytes, size);
	out->len += size - 1;
}

/* ---- values without others in them ---- */

static void put_text(struct buf *out, uint8_t tag, const char *text, size_t len, uint32_t limit)
{
	len = text_limit(text, len, limit);
	char *clean = text_is_clean(text, len) ? NULL : text_clean(text, len, &len);
	const size_t start = open_length(out, tag);

	buf_append(out, clean ? clean : text, clean ? text_limit(clean, len, limit) : len);
	close_length(out, start);
	free(clean);
}

static void put_plain(struct buf *out, const otel_attr *attr, uint32_t limit)
{
	const size_t size = attr_value_size(attr, limit);
	otel_attr clean;
	void *owned = NULL;

	if (size == ATTR_TOO_LARGE) {
		out->failed = true;
		return;
	}
	if (!attr_is_clean(attr, limit)) {
		if (!attr_clean(attr, limit, &clean, &owned)) {
			out->failed = true;
			return;
		}
		attr = &clean;
	}
	const size_t clean_size = attr_value_size(attr, limit);
	if (clean_size != ATTR_TOO_LARGE && buf_reserve(out, clean_size)) {
		attr_value_put(out->data + out->len, attr, limit);
		out->len += clean_size;
	} else {
		out->failed = true;
	}
	free(owned);
}

/* ---- maps: which item is the last of its key ---- */

static bool has_key(const otel_attr *item)
{
	return item->key && item->key_len;
}

static bool same_key(const otel_attr *a, const otel_attr *b)
{
	return a->key_len == b->key_len && !memcmp(a->key, b->key, a->key_len);
}

static uint32_t *find_last(const struct frame *f, const otel_attr *item)
{
	size_t at = key_hash(item->key, item->key_len) & f->mask;

	while (f->last[at] && !same_key(&f->items[f->last[at] - 1], item))
		at = (at + 1) & f->mask;
	return &f->last[at];
}

static bool index_keys(struct frame *f)
{
	size_t size = 4;

	while (size < 2 * f->count)
		size *= 2;
	f->mask = size - 1;
	f->last = calloc(size, sizeof *f->last);
	if (!f->last)
		return false;
	for (size_t i = 0; i < f->count; i++)
		if (has_key(&f->items[i]))
			*find_last(f, &f->items[i]) = (uint32_t)i + 1;
	return true;
}

/* ---- the walk ---- */

static bool is_nested(const otel_attr *attr)
{
	return attr->type == OTEL_ATTR_ARRAY || attr->type == OTEL_ATTR_MAP;
}

static bool is_known(const otel_attr *attr)
{
	return attr->type >= OTEL_ATTR_STRING && attr->type <= OTEL_ATTR_EMPTY;
}

/* Opens the array or map; false when out of memory. */
static bool enter(struct buf *out, struct frame *f, const otel_attr *attr)
{
	f->items = attr->value.items;
	f->count = attr->value.items ? attr->count : 0;
	f->next = 0;
	f->last = NULL;
	f->is_map = attr->type == OTEL_ATTR_MAP;
	if (f->count >= UINT32_MAX || (f->is_map && f->count && !index_keys(f)))
		return false;
	f->lengths[f->length_count++] = open_length(out, f->is_map ? ANY_MAP : ANY_ARRAY);
	return true;
}

static void leave(struct buf *out, struct frame *f)
{
	free(f->last);
	while (f->length_count)
		close_length(out, f->lengths[--f->length_count]);
}

/* What stands before an item's AnyValue; *lengths gets the lengths that its end completes. NULL: it is left out. */
static const otel_attr *begin_item(struct buf *out, struct frame *f, size_t lengths[2], unsigned *count)
{
	const otel_attr *item = &f->items[f->next++];

	*count = 0;
	if (!is_known(item) || (f->is_map && !has_key(item))) {
		stats_add(&stats.misuse, 1);
		return NULL;
	}
	if (!f->is_map) {
		lengths[(*count)++] = open_length(out, ARRAY_VALUE);
		return item;
	}
	if (*find_last(f, item) != f->next)
		return NULL;
	lengths[(*count)++] = open_length(out, MAP_ENTRY);
	put_text(out, KEY_VALUE_KEY, item->key, item->key_len, ATTR_NO_LIMIT);
	lengths[(*count)++] = open_length(out, KEY_VALUE_VALUE);
	return item;
}

/* One step of the walk: an item written, a frame entered or left. Returns the depth after it. */
static uint32_t step(struct buf *out, struct frame *frames, uint32_t level, uint32_t limit, uint32_t depth)
{
	struct frame *f = &frames[level - 1];
	size_t lengths[2];
	unsigned count;

	if (f->next == f->count) {
		leave(out, f);
		return level - 1;
	}
	const otel_attr *item = begin_item(out, f, lengths, &count);
	if (!item)
		return level;
	if (is_nested(item) && level < depth) {
		struct frame *inner = &frames[level];
		memcpy(inner->lengths, lengths, count * sizeof *lengths);
		inner->length_count = count;
		if (enter(out, inner, item))
			return level + 1;
		out->failed = true;
		return level;
	}
	if (!is_nested(item) && item->type != OTEL_ATTR_EMPTY)
		put_plain(out, item, limit);
	while (count)
		close_length(out, lengths[--count]);
	return level;
}

bool any_value_encode(struct buf *out, const otel_attr *attr, uint32_t limit, uint32_t depth)
{
	const int saved = errno;
	struct frame frames[ANY_VALUE_DEPTH];
	uint32_t level = 0;

	if (depth > ANY_VALUE_DEPTH)
		depth = ANY_VALUE_DEPTH;
	frames[0].length_count = 0;
	if (!is_nested(attr)) {
		if (attr->type != OTEL_ATTR_EMPTY)
			put_plain(out, attr, limit);
	} else if (depth) {
		level = 1;
		out->failed = !enter(out, &frames[0], attr);
		if (out->failed)
			level = 0;
	}
	while (level && !out->failed)
		level = step(out, frames, level, limit, depth);
	while (level)
		free(frames[--level].last);
	errno = saved;
	return !out->failed;
}
