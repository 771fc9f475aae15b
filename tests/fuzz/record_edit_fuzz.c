/* SPDX-License-Identifier: Apache-2.0
 *
 * record_edit_fuzz.c - random records, edited at random between other changes: each edit shows what is there, leaves a
 * valid OTLP span, and whatever is missing afterwards was removed or is counted. The bytes are read as calls; the
 * answers of the one who edits are read from them too.
 */
#include "span_input.h"

#include "sdk/record_edit.h"
#include "sdk/record_life.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LARGE = 8192 };

enum {
	NAME = 5,
	ATTR = 9,
	ATTRS_DROPPED = 10,
	EVENT = 11,
	EVENTS_DROPPED = 12,
	LINK = 13,
	LINKS_DROPPED = 14,
	STATUS = 15
};

static struct record_pool pool;
static struct record *r;
static char filling[256 * 1200];
static size_t unit; /* of what is filled in: few large values fill a span, small ones are fast */

/* ---- what is in a record ---- */

struct tally {
	size_t attrs, events, links; /* those that were dropped included */
	size_t inner; /* attributes of events and links, those that were dropped included */
	char name[64];
	bool has_status;
};

static size_t inner_attrs(struct msg span, uint32_t number, uint32_t attr, uint32_t dropped)
{
	size_t count = 0;

	for (unsigned i = 0; i < msg_count(span, number); i++) {
		const struct msg inner = msg_sub(span, number, i);
		count += msg_count(inner, attr) + msg_number(inner, dropped);
	}
	return count;
}

static struct msg peek(void)
{
	struct span_ids ids;
	const struct otel_span_context context = {.trace_id = {1}, .span_id = {2}};

	memcpy(&ids.trace, context.trace_id, 16);
	memcpy(&ids.span, context.span_id, 8);
	const struct record_bytes bytes = record_peek(&pool, r, &ids, 1, NULL, 2000);
	return span_of(bytes.data, bytes.len);
}

static struct tally look(void)
{
	const struct msg span = peek();

	if (span.len < LARGE)
		span_check(span, true);
	struct tally tally = {
		.attrs = msg_count(span, ATTR) + msg_number(span, ATTRS_DROPPED),
		.events = msg_count(span, EVENT) + msg_number(span, EVENTS_DROPPED),
		.links = msg_count(span, LINK) + msg_number(span, LINKS_DROPPED),
		.inner = inner_attrs(span, EVENT, 3, 4) + inner_attrs(span, LINK, 4, 5),
		.has_status = msg_count(span, STATUS) != 0,
	};
	snprintf(tally.name, sizeof tally.name, "%.63s", msg_text(span, NAME));
	return tally;
}

/* ---- editing ---- */

struct editor {
	struct input *in;
	size_t removed;
};

static otel_edit visit(void *arg, otel_attr *attr)
{
	struct editor *editor = arg;
	const uint8_t answer = take(editor->in) % 8;

	if (attr->key_len && !attr->key)
		abort();
	if (answer < 4)
		return OTEL_EDIT_KEEP;
	if (answer < 6) {
		editor->removed++;
		return OTEL_EDIT_REMOVE;
	}
	*attr = take_attr(editor->in); /* the key is not taken from here */
	if (attr->type < OTEL_ATTR_STRING || attr->type > OTEL_ATTR_EMPTY)
		attr->type = OTEL_ATTR_EMPTY;
	if (answer == 7) {
		attr->type = OTEL_ATTR_STRING;
		attr->value.str = filling;
		attr->count = take(editor->in) * unit;
	}
	return OTEL_EDIT_REPLACE;
}

/* Attributes of an event that itself had to be dropped are not counted one by one. */
static void edit(struct input *in)
{
	struct editor editor = {in, 0};
	const uint32_t where = take(in) & 7;
	const struct tally before = look();

	record_edit(&pool, r, where, visit, &editor);
	const struct tally after = look();
	if (before.events != after.events || before.links != after.links || strcmp(before.name, after.name) ||
	    before.has_status != after.has_status)
		abort();
	if (r->event_dropped || r->link_dropped)
		return;
	if (before.attrs + before.inner != after.attrs + after.inner + editor.removed)
		abort();
}

/* ---- the rest of a span's life ---- */

static void add_event(struct input *in)
{
	struct attr_list list;
	const struct msg name = take_text(in, 16);

	if (!record_open_event(&pool, r, &list, (const char *)name.p, name.len, 1500))
		return;
	for (uint8_t left = take(in) % 6; left; left--) {
		const otel_attr attr = take_attr(in);
		record_set(&pool, r, &list, &attr);
	}
	record_close(&pool, r, &list);
}

static void add_link(struct input *in)
{
	const otel_attr attrs[] = {take_attr(in), take_attr(in)};
	const otel_link link = {
		.span_context = {.trace_id = {1}, .span_id = {1}}, .attrs = attrs, .attr_count = take(in) % 3};

	record_link(&pool, r, &link);
}

static void fill(struct input *in)
{
	const struct msg key = take_key(in);

	record_set_str(&pool, r, &r->attrs, (const char *)key.p, key.len, filling, take(in) * unit);
}

static void change(struct input *in)
{
	struct msg text;
	char description[256];
	otel_attr attr;

	switch (take(in) % 8) {
	case 0:
		edit(in);
		return;
	case 1:
		add_event(in);
		return;
	case 2:
		add_link(in);
		return;
	case 3:
		text = take_text(in, 60);
		record_name(&pool, r, (const char *)text.p, text.len);
		return;
	case 4:
		text = take_text(in, 255);
		snprintf(description, sizeof description, "%.*s", (int)text.len, (const char *)text.p);
		record_status(&pool, r, (otel_status_code)(take(in) % 3), description);
		return;
	case 5:
		fill(in);
		return;
	default:
		attr = take_attr(in);
		record_set(&pool, r, &r->attrs, &attr);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct span_limits limits;
	struct input in = {data, data + size};

	const uint8_t mode = take(&in);

	if (!*filling)
		memset(filling, 'v', sizeof filling);
	unit = mode >= 0xfc ? 1200 : 12;
	limits = (struct span_limits){.attr_count = 24,
				      .attr_value_len = mode & 1 ? UINT32_MAX : 20,
				      .attr_depth = 3,
				      .event_count = 6,
				      .link_count = 4,
				      .event_attr_count = 3,
				      .link_attr_count = 2};
	r = record_create(&pool, &limits, 1000);
	if (!r)
		abort();
	record_first_name(&pool, r, "fuzzed", 6);
	while (in.at < in.end)
		change(&in);
	edit(&in);
	const struct msg last = peek();
	span_check(last, last.len < LARGE);
	record_pool_put(&pool, r);
	return 0;
}
