/* SPDX-License-Identifier: Apache-2.0
 *
 * propagators.c - what is injected is announced, legal, and comes back.
 */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <otel/baggage.h>
#include <otel/context.h>

#include "tools/otel-c/check/components.h"
#include "tools/otel-c/check/notes.h"
#include "tools/otel-c/check/sample.h"
#include "tools/otel-c/check/watch.h"

#define HEADERS_MAX 32
#define CALLS       3

/* A carrier that remembers. */
struct headers {
	struct {
		char name[128], value[8192];
	} all[HEADERS_MAX];
	size_t count;
	const char *complaint;
};

static struct headers headers;

static void headers_set(void *self, const char *name, const char *value)
{
	struct headers *h = self;
	size_t i = 0;

	h->complaint = h->complaint ? h->complaint : sample_header_complaint(name, value);
	if (!name || !value)
		return;
	while (i < h->count && strcasecmp(h->all[i].name, name) != 0)
		i++;
	if (i == HEADERS_MAX)
		return;
	snprintf(h->all[i].name, sizeof h->all[i].name, "%s", name);
	snprintf(h->all[i].value, sizeof h->all[i].value, "%s", value);
	h->count += i == h->count;
}

static const char *headers_get(void *self, const char *name, size_t index)
{
	const struct headers *h = self;

	for (size_t i = 0; i < h->count && index == 0; i++)
		if (strcasecmp(h->all[i].name, name) == 0)
			return h->all[i].value;
	return NULL;
}

static const char *headers_key(void *self, size_t index)
{
	const struct headers *h = self;

	return index < h->count ? h->all[index].name : NULL;
}

static const otel_carrier carrier = {
	.size = sizeof carrier, .self = &headers, .set = headers_set, .get = headers_get, .key = headers_key};

/* ---- what is common ---- */

static void say(const struct component *c, bool is_good, const char *what, const char *cure, const char *found)
{
	char rule[RULE_SIZE];

	snprintf(rule, sizeof rule, "%s %s", exam_name(c), what);
	note(is_good, rule, cure, "%s %s", exam_name(c), found);
}

/* Is each header that was set among the fields? A field may be a prefix: "uberctx-". */
static bool are_announced(const char *const *fields)
{
	for (size_t i = 0; i < headers.count; i++) {
		size_t j = 0;

		while (fields[j] && strcasecmp(fields[j], headers.all[i].name) != 0 &&
		       !(fields[j][0] && fields[j][strlen(fields[j]) - 1] == '-' &&
			 strncasecmp(fields[j], headers.all[i].name, strlen(fields[j])) == 0))
			j++;
		if (!fields[j])
			return false;
	}
	return true;
}

static void check_fields(const struct component *c, const char *const *fields)
{
	const char *wrong = NULL;

	for (size_t i = 0; i < HEADERS_MAX && fields[i] && !wrong; i++)
		wrong = sample_header_complaint(fields[i], "");
	say(c, !wrong, "has fields that are names of headers", "list the headers that inject() writes",
	    "lists a field that is no name of a header");
}

static void check_headers(const struct component *c, const char *const *fields)
{
	char rule[RULE_SIZE];

	say(c, !headers.complaint, "writes legal headers", "encode what HTTP forbids",
	    headers.complaint ? headers.complaint : "");
	snprintf(rule, sizeof rule, "%s writes the headers that it announces", exam_name(c));
	note_odd(are_announced(fields), rule, "add them to its fields, unless their names vary",
		 "%s wrote a header that is not among its fields", exam_name(c));
}

static const otel_span_context parent = {
	.trace_id = {0x4b, 0xf9, 0x2f, 0x35, 0x77, 0xb3, 0x4d, 0xa6, 0xa3, 0xce, 0x92, 0x9d, 0x0e, 0x0e, 0x47, 0x36},
	.span_id = {0x00, 0xf0, 0x67, 0xaa, 0x0b, 0xa9, 0x02, 0xb7},
	.trace_flags = OTEL_TRACE_FLAG_SAMPLED,
};

/* ---- propagators ---- */

static void inject(const struct component *c, const otel_context *context)
{
	const otel_propagator *propagator = c->vtable;
	struct watch call;

	watch_init(&call, "inject() of %s", exam_name(c));
	for (int i = 0; i < CALLS; i++) {
		memset(&headers, 0, sizeof headers);
		watch_begin(&call);
		propagator->inject(c->self, context, &carrier);
		watch_end(&call);
	}
	watch_judge(&call);
}

/* Only the last result is kept: the caller's. */
static otel_context *extract(const struct component *c, otel_context *base)
{
	const otel_propagator *propagator = c->vtable;
	otel_context *found = NULL;
	struct watch call;

	watch_init(&call, "extract() of %s", exam_name(c));
	for (int i = 0; i < CALLS; i++) {
		if (found)
			otel_context_unref(found);
		watch_begin(&call);
		found = propagator->extract(c->self, base, &carrier);
		watch_end(&call);
	}
	watch_judge(&call);
	return found;
}

static bool is_valid(const otel_span_context *s)
{
	static const uint8_t zero[16];

	return memcmp(s->trace_id, zero, 16) != 0 && memcmp(s->span_id, zero, 8) != 0;
}

static const char *baggage_of(const otel_context *context)
{
	const otel_baggage *baggage = context ? otel_context_baggage(context) : NULL;
	const char *value = baggage ? otel_baggage_value(baggage, "tenant") : NULL;

	return value ? value : "";
}

/* Some formats have room for the lower half of a trace id only. */
static bool is_same(const otel_span_context *found)
{
	static const uint8_t zero[8];

	return memcmp(found->trace_id + 8, parent.trace_id + 8, 8) == 0 &&
	       memcmp(found->span_id, parent.span_id, 8) == 0 &&
	       (memcmp(found->trace_id, parent.trace_id, 8) == 0 || memcmp(found->trace_id, zero, 8) == 0);
}

static void check_round_trip(const struct component *c, otel_context *context)
{
	otel_context *found;
	otel_span_context span = {.is_remote = 0};
	bool has_baggage;

	inject(c, context);
	check_headers(c, ((const otel_propagator *)c->vtable)->fields);
	found = headers.count ? extract(c, NULL) : NULL;
	if (found)
		span = otel_context_span_context(found);
	has_baggage = strcmp(baggage_of(found), "acme") == 0;
	say(c, headers.count == 0 || is_valid(&span) || has_baggage, "reads what it writes",
	    "let extract() understand what inject() writes", "found nothing in its own headers");
	if (is_valid(&span)) {
		say(c, is_same(&span), "brings the ids back", "write and read all 16 and 8 bytes, in their order",
		    "found other ids than it wrote");
		say(c, (span.trace_flags & OTEL_TRACE_FLAG_SAMPLED) != 0, "brings the sampled flag back",
		    "set OTEL_TRACE_FLAG_SAMPLED in the span context", "lost the sampled flag");
		say(c, span.is_remote, "marks what it found as remote", "set is_remote = 1",
		    "found a span that is not remote");
	}
	if (found)
		otel_context_unref(found);
}

/* Headers of its own names that hold nothing of use. */
static void check_rubbish(const struct component *c, otel_context *base)
{
	static const char *const values[] = {"", "00-", "\xff\xfe", "0", "%", "=;,=", "1-1-1-1-1-1-1-1-1-1-1-1"};
	const char *const *fields = ((const otel_propagator *)c->vtable)->fields;
	bool is_good = true;

	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		otel_context *found;

		memset(&headers, 0, sizeof headers);
		for (size_t j = 0; fields[j] && j < HEADERS_MAX; j++)
			headers_set(&headers, fields[j], values[i]);
		found = extract(c, base);
		if (!found)
			continue;
		const otel_span_context span = otel_context_span_context(found);
		is_good &= !is_valid(&span);
		otel_context_unref(found);
	}
	say(c, is_good, "finds no span in rubbish", "check length and digits of what came; return NULL",
	    "made a span of rubbish");
}

void check_propagator(struct component *component, unsigned round)
{
	const char *const *fields = ((const otel_propagator *)component->vtable)->fields;
	otel_context *span = otel_context_with_span_context(NULL, &parent, "vendor=1");
	otel_baggage *baggage = otel_baggage_with(NULL, "tenant", "acme", NULL);
	otel_context *context = otel_context_with_baggage(span, baggage);
	otel_context *nothing;

	(void)round;
	check_fields(component, fields);
	check_round_trip(component, context);
	memset(&headers, 0, sizeof headers);
	nothing = extract(component, context);
	say(component, !nothing || nothing == context, "finds nothing where nothing is", "return NULL",
	    "found something in a carrier without headers");
	if (nothing)
		otel_context_unref(nothing);
	notes_take(NOTES_NOT_GOOD);
	check_rubbish(component, NULL);
	notes_take(NOTES_ALL);
	otel_context_unref(context);
	otel_baggage_unref(baggage);
	otel_context_unref(span);
}

void check_response_propagator(struct component *component, unsigned round)
{
	const otel_response_propagator *propagator = component->vtable;
	struct watch call;

	(void)round;
	check_fields(component, propagator->fields);
	watch_init(&call, "inject() of %s", exam_name(component));
	for (int i = 0; i < CALLS; i++) {
		memset(&headers, 0, sizeof headers);
		watch_begin(&call);
		propagator->inject(component->self, &parent, &carrier);
		watch_end(&call);
	}
	watch_judge(&call);
	check_headers(component, propagator->fields);
	say(component, headers.count > 0, "writes something", "call carrier->set()", "wrote no header for a span");
}
