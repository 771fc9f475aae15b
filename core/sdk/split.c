/* SPDX-License-Identifier: Apache-2.0
 *
 * split.c - see the header. A request is a tree of messages whose leaves are the items: a message that lies in the
 * range whole is copied as it is, one that lies in it in part is written anew, and all that is no branch of the tree,
 * known or not, is repeated in each part.
 */
#include "sdk/split.h"

#include "sdk/request_items.h"
#include "util/wire.h"

enum level { REQUEST, RESOURCE, SCOPE, ITEM, DATA, POINT };

struct cut {
	otel_signal signal;
	struct split_range range;
	uint32_t all; /* items of the request */
};

static bool is_leaf(otel_signal signal, enum level level)
{
	return level == POINT || (level == ITEM && signal != OTEL_SIGNAL_METRICS);
}

/* Is this field of a message of that level a branch of the tree? */
static bool is_branch(enum level level, const struct wire_field *field)
{
	static const uint32_t numbers[] = {
		[REQUEST] = REQUEST_RESOURCES,
		[RESOURCE] = RESOURCE_SCOPES,
		[SCOPE] = SCOPE_ITEMS,
		[DATA] = DATA_POINTS,
	};

	if (level == ITEM)
		return request_is_metric_data(field);
	return field->type == WIRE_LEN && field->number == numbers[level];
}

static uint32_t leaves(otel_signal signal, enum level level, const uint8_t *data, size_t len)
{
	struct wire_reader reader = wire_read(data, len);
	struct wire_field field;
	uint32_t count = 0;
	bool ok;

	if (is_leaf(signal, level))
		return 1;
	while (wire_next(&reader, &field, &ok))
		if (is_branch(level, &field))
			count += leaves(signal, level + 1, field.data, field.len);
	return count;
}

enum place { OUTSIDE, INSIDE, ACROSS };

/* Where a branch with so many items, of which `first` is the first, lies. */
static enum place place_of(const struct cut *cut, uint32_t first, uint32_t count)
{
	const struct split_range *range = &cut->range;

	if (!count)
		return first >= range->from && (first < range->to || range->to == cut->all) ? INSIDE : OUTSIDE;
	if (first >= range->to || first + count <= range->from)
		return OUTSIDE;
	return first >= range->from && first + count <= range->to ? INSIDE : ACROSS;
}

/* Where the next bytes go. Without room they are only counted. */
struct pen {
	uint8_t *at;
	size_t len;
};

static void pen_put(struct pen *pen, const uint8_t *data, size_t len)
{
	if (pen->at)
		pen->at = wire_put_bytes(pen->at, data, len);
	pen->len += len;
}

static void put_part(const struct cut *cut, enum level level, const struct wire_field *branch, uint32_t first,
		     struct pen *pen);

/* The content of a message, as far as it lies in the range; its first item is number *item. */
static void put_content(const struct cut *cut, enum level level, const uint8_t *data, size_t len, uint32_t *item,
			struct pen *pen)
{
	struct wire_reader reader = wire_read(data, len);
	const uint8_t *begin = reader.p;
	struct wire_field field;
	bool ok;

	for (; wire_next(&reader, &field, &ok); begin = reader.p) {
		if (!is_branch(level, &field)) {
			pen_put(pen, begin, (size_t)(reader.p - begin));
			continue;
		}
		const uint32_t first = *item, count = leaves(cut->signal, level + 1, field.data, field.len);
		const enum place place = place_of(cut, first, count);
		*item += count;
		if (place == INSIDE)
			pen_put(pen, begin, (size_t)(reader.p - begin));
		else if (place == ACROSS)
			put_part(cut, level, &field, first, pen);
	}
}

/* Of a branch: measured first, for its length stands in front of it. */
static void put_part(const struct cut *cut, enum level level, const struct wire_field *branch, uint32_t first,
		     struct pen *pen)
{
	struct pen measure = {NULL, 0};
	uint32_t item = first;

	put_content(cut, level + 1, branch->data, branch->len, &item, &measure);
	if (pen->at) {
		pen->at = wire_put_len_head(pen->at, (uint8_t)WIRE_TAG(branch->number, WIRE_LEN), measure.len);
		struct pen content = {pen->at, 0};
		item = first;
		put_content(cut, level + 1, branch->data, branch->len, &item, &content);
		pen->at = content.at;
	}
	pen->len += wire_len_size(measure.len);
}

static size_t put_request(const otel_batch *batch, struct split_range range, uint8_t *out)
{
	const struct cut cut = {(otel_signal)batch->signal, range, batch->items};
	struct pen pen = {out, 0};
	uint32_t item = 0;

	put_content(&cut, REQUEST, batch->data, batch->len, &item, &pen);
	return pen.len;
}

size_t split_size(const otel_batch *batch, struct split_range range)
{
	return put_request(batch, range, NULL);
}

void split_write(const otel_batch *batch, struct split_range range, uint8_t *out)
{
	put_request(batch, range, out);
}

/* About what fits if all items are alike, but so much less than before that it is found soon. */
static uint32_t fewer(uint32_t count, size_t size, size_t max_bytes)
{
	const uint32_t most = count - (count + 7) / 8;
	const uint32_t guess = (uint32_t)((double)count * (double)max_bytes / (double)size);

	if (guess > most)
		return most;
	return guess ? guess : 1;
}

struct split_range split_next(const otel_batch *batch, uint32_t from, size_t max_bytes, size_t *size)
{
	struct split_range range = {from, batch->items};

	while ((*size = split_size(batch, range)) > max_bytes && range.to - from > 1)
		range.to = from + fewer(range.to - from, *size, max_bytes);
	return range;
}
