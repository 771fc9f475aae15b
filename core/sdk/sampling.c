/* SPDX-License-Identifier: Apache-2.0
 *
 * sampling.c - one question to the sampler, and what it answers beside its decision.
 */
#include "sdk/sampling.h"

#include <otel/context.h>
#include <stdlib.h>
#include <string.h>

#include "util/ot_tracestate.h"

static struct sampling *of(const otel_sampling *asked)
{
	return (struct sampling *)(uintptr_t)asked;
}

otel_decision sampling_decide(const struct provider_config *config, struct sampling *sampling)
{
	return config->sampler->decide(config->sampler_self, &sampling->asked);
}

void sampling_apply(const struct sampling *sampling, struct record_pool *pool, struct record *r)
{
	record_set_all(pool, r, &r->attrs, sampling->attrs, sampling->attr_count);
	r->attrs.dropped += sampling->dropped;
}

void sampling_fini(struct sampling *sampling)
{
	otel_context_unref(sampling->context);
}

/* ---- attributes: copied, for the sampler's own may lie on its stack ---- */

static void *take_room(struct sampling *s, size_t size, size_t align)
{
	const size_t at = (s->used + align - 1) & ~(align - 1);

	if (at > sizeof s->room || size > sizeof s->room - at)
		return NULL;
	s->used = (uint32_t)(at + size);
	return s->room + at;
}

/* *out gets a copy of count elements of this size. */
static bool copy_elements(struct sampling *s, const void *from, size_t count, size_t size, const void **out)
{
	void *to;

	if (!from || !count) {
		*out = from;
		return true;
	}
	if (count > sizeof s->room)
		return false;
	to = take_room(s, count * size, size < 8 ? 1 : 8);
	if (to)
		memcpy(to, from, count * size);
	*out = to;
	return to;
}

static bool copy_strings(struct sampling *s, otel_attr *attr)
{
	const void *copy;

	if (!copy_elements(s, attr->value.strs, attr->count, sizeof(char *), &copy))
		return false;
	const char **strings = (const char **)(uintptr_t)copy;
	for (size_t i = 0; strings && i < attr->count; i++) {
		if (strings[i] && !copy_elements(s, strings[i], strlen(strings[i]) + 1, 1, &copy))
			return false;
		strings[i] = strings[i] ? copy : NULL;
	}
	attr->value.strs = strings;
	return true;
}

static bool copy_value(struct sampling *s, otel_attr *attr);

/* As deep as the room lets it be: every level takes some of it. */
static bool copy_items(struct sampling *s, otel_attr *attr)
{
	const void *copy;

	if (!copy_elements(s, attr->value.items, attr->count, sizeof(otel_attr), &copy))
		return false;
	otel_attr *items = (otel_attr *)(uintptr_t)copy;
	for (size_t i = 0; items && i < attr->count; i++) {
		if (!copy_elements(s, items[i].key, items[i].key_len, 1, &copy))
			return false;
		items[i].key = copy;
		if (!copy_value(s, &items[i]))
			return false;
	}
	attr->value.items = items;
	return true;
}

static bool copy_value(struct sampling *s, otel_attr *attr)
{
	static const uint8_t element[] = {
		[OTEL_ATTR_STRING] = 1,
		[OTEL_ATTR_BYTES] = 1,
		[OTEL_ATTR_BOOL_ARRAY] = sizeof(bool),
		[OTEL_ATTR_INT_ARRAY] = sizeof(int64_t),
		[OTEL_ATTR_DOUBLE_ARRAY] = sizeof(double),
	};

	if (attr->type == OTEL_ATTR_STRING_ARRAY)
		return copy_strings(s, attr);
	if (attr->type == OTEL_ATTR_ARRAY || attr->type == OTEL_ATTR_MAP)
		return copy_items(s, attr);
	if (attr->type >= sizeof element || !element[attr->type])
		return true; /* the value itself, or of no type at all: the record says so */
	return copy_elements(s, attr->value.bytes, attr->count, element[attr->type], &attr->value.bytes);
}

void sampling_attr(const otel_sampling *asked, const otel_attr *attr)
{
	struct sampling *s = of(asked);
	const uint32_t used = s->used;
	const void *key;
	otel_attr copy;

	if (!attr)
		return;
	copy = *attr;
	if (s->attr_count < SAMPLING_ATTRS && copy_elements(s, attr->key, attr->key_len, 1, &key) &&
	    copy_value(s, &copy)) {
		copy.key = key;
		s->attrs[s->attr_count++] = copy;
		return;
	}
	s->used = used;
	s->dropped++;
}

/* ---- tracestate ---- */

void sampling_tracestate(const otel_sampling *asked, const char *tracestate)
{
	struct sampling *s = of(asked);
	struct otel_tracestate *made;

	if (!tracestate)
		return;
	made = otel_tracestate_make_v1(tracestate, strlen(tracestate));
	if (!made && *tracestate)
		return;
	otel_tracestate_unref_v1(s->tracestate);
	s->tracestate = made;
	s->has_tracestate = true;
}

/* Out of memory the wrong threshold stays: the rest of the text is not ours to drop. */
static __attribute__((noinline)) struct otel_tracestate *without_threshold(struct otel_tracestate *tracestate)
{
	static const struct ot_change none = {"th", NULL};
	struct otel_tracestate *made = NULL;
	char *text = malloc(tracestate->len + OT_EDIT_EXTRA);
	size_t len;

	if (!text || ot_edit(tracestate->text, tracestate->len, &none, 1, text, &len) != OT_CHANGED)
		goto out;
	made = otel_tracestate_make_v1(text, len);
	if (!made && len)
		goto out;
	otel_tracestate_unref_v1(tracestate);
	tracestate = made;
out:
	free(text);
	return tracestate;
}

struct otel_tracestate *sampling_agree(struct otel_tracestate *tracestate, const uint8_t trace_id[16], bool is_sampled)
{
	struct ot_state state;

	if (!tracestate)
		return NULL;
	state = ot_read(tracestate->text, tracestate->len);
	if (!state.has_random)
		state.random = ot_random_of_trace(trace_id);
	if (!state.has_threshold || (state.random >= state.threshold) == is_sampled)
		return tracestate;
	return without_threshold(tracestate);
}

/* ---- the parent's context ---- */

static bool tells(const otel_context *context, const otel_span_context *parent)
{
	const otel_span_context told = otel_context_span_context(context);

	return !memcmp(told.trace_id, parent->trace_id, sizeof told.trace_id) &&
	       !memcmp(told.span_id, parent->span_id, sizeof told.span_id);
}

/* With the handle in it, so that the span itself can be looked at; failing that, with what is known of it. */
static otel_context *make_context(const struct sampling *s, const otel_span_context *parent)
{
	otel_context *base = (otel_context *)(uintptr_t)s->parent->context;
	otel_context *context = NULL;

	if (s->parent->span.id && s->parent_context)
		context = otel_context_with_span(base, s->parent->span);
	if (context && tells(context, parent))
		return context;
	otel_context_unref(context);
	return otel_context_with_span_context(base, parent, s->asked.parent_tracestate);
}

/* The API gives a handle, a context, or a handle over a context; and options may say that neither is a parent. */
const otel_context *sampling_context(const otel_sampling *asked)
{
	static const otel_span_context none;
	struct sampling *s = of(asked);
	const otel_span_context *parent = s->parent_context ? s->parent_context : &none;

	if (!s->context && tells(s->parent->context, parent))
		return s->parent->context;
	if (!s->context)
		s->context = make_context(s, parent);
	return s->context;
}
