/* SPDX-License-Identifier: Apache-2.0
 *
 * detector_finding.c - see the header. A few pieces of memory that go together.
 */
#include "sdk/detector_finding.h"

#include <otel/attr.h>
#include <otel/semconv/schema.h>
#include <stdlib.h>
#include <string.h>

#include "util/glob.h"

struct finding_piece {
	struct finding_piece *next;
	max_align_t data[];
};

otel_status detector_own_open(void *self, const otel_host *host, otel_setup *setup)
{
	*(struct detector_own *)self = (struct detector_own){host, setup};
	return OTEL_OK;
}

struct finding finding_begin(const struct detector_own *own)
{
	return (struct finding){.own = own, .opt_in = own->host->config_str(own->setup, "resource", "opt_in")};
}

bool finding_wants(const struct finding *f, const char *key)
{
	return glob_list_match(f->opt_in, key, strlen(key));
}

static void *take(struct finding *f, size_t size)
{
	struct finding_piece *piece = malloc(sizeof *piece + size);

	if (!piece)
		return NULL;
	piece->next = f->pieces;
	f->pieces = piece;
	return piece->data;
}

static char *copy(struct finding *f, const char *text)
{
	const size_t size = strlen(text) + 1;
	char *room = take(f, size);

	return room ? memcpy(room, text, size) : NULL;
}

static bool has_room(struct finding *f)
{
	if (f->count < f->cap)
		return true;
	const size_t cap = f->cap ? 2 * f->cap : 16;
	otel_attr *attrs = realloc(f->attrs, cap * sizeof *attrs);
	if (!attrs)
		return false;
	f->attrs = attrs;
	f->cap = cap;
	return true;
}

static void put(struct finding *f, otel_attr attr)
{
	const char *key = copy(f, attr.key);

	if (!key || !has_room(f))
		return;
	attr.key = key;
	f->attrs[f->count++] = attr;
}

void finding_setting(struct finding *f, const char *key, const char *value)
{
	const char *kept = copy(f, value);

	if (kept)
		put(f, otel_attr_str(key, kept));
}

void finding_text(struct finding *f, const char *key, const char *value)
{
	if (value && *value)
		finding_setting(f, key, value);
}

void finding_int(struct finding *f, const char *key, int64_t value)
{
	put(f, otel_attr_int(key, value));
}

void finding_bool(struct finding *f, const char *key, bool value)
{
	put(f, otel_attr_bool(key, value));
}

void finding_texts(struct finding *f, const char *key, const char *const *values, size_t count)
{
	const char **kept = take(f, count * sizeof *kept);

	for (size_t i = 0; kept && i < count; i++)
		kept[i] = copy(f, values[i]); /* NULL is the empty value */
	if (kept && count)
		put(f, otel_attr_str_array(key, kept, count));
}

void finding_end(struct finding *f, otel_detect_op *op)
{
	f->own->host->detect_finish(op, f->count ? OTEL_OK : OTEL_NOT_FOUND, f->attrs, f->count,
				    OTEL_SEMCONV_SCHEMA_URL, NULL);
	free(f->attrs);
	while (f->pieces) {
		struct finding_piece *piece = f->pieces;
		f->pieces = piece->next;
		free(piece);
	}
}
