/* SPDX-License-Identifier: Apache-2.0
 *
 * kinds_spans.h - the components of kinds.c that spans pass on their way: ids, propagators, samplers, span processors.
 */
#ifndef TESTS_MODULES_KINDS_SPANS_H
#define TESTS_MODULES_KINDS_SPANS_H

/* ---- ids ---- */

#ifndef TRACE_ID
#define TRACE_ID memcpy(out, random, 16)
#endif
#ifndef SPAN_ID
#define SPAN_ID memcpy(out, random, 8)
#endif

static void trace_id(void *state, const uint8_t random[16], uint8_t out[16])
{
	(void)state, (void)random;
	TRACE_ID;
}

static void span_id(void *state, const uint8_t random[8], uint8_t out[8])
{
	(void)state, (void)random;
	SPAN_ID;
}

static const otel_id_generator ids = {
	.component = {.size = sizeof ids}, .trace_id = trace_id, .span_id = span_id, .trace_id_is_random = true};

/* ---- propagators ---- */

#ifndef FIELD
#define FIELD "x-kinds"
#endif
#ifndef INJECT
#define INJECT carrier->set(carrier->self, "x-kinds", text)
#endif
#ifndef EXTRACT
#define EXTRACT                                                                                                        \
	memcpy(&found, text, 24);                                                                                      \
	found.is_remote = 1
#endif
#ifndef FLAGS
#define FLAGS OTEL_TRACE_FLAG_SAMPLED
#endif

static const char *const fields[] = {FIELD, NULL};

/* The ids as they are would not be a legal header: each half of a byte becomes a letter. */
static void inject(void *state, const otel_context *context, const otel_carrier *carrier)
{
	const otel_span_context span = host->context_span_context(context);
	char text[49] UNUSED;

	(void)state, (void)span;
	for (int i = 0; i < 24; i++) {
		text[2 * i] = (char)('a' + (((const uint8_t *)&span)[i] >> 4));
		text[2 * i + 1] = (char)('a' + (((const uint8_t *)&span)[i] & 15));
	}
	text[48] = '\0';
	INJECT;
}

static otel_context *extract(void *state, otel_context *base, const otel_carrier *carrier)
{
	const char *value = carrier->get(carrier->self, "x-kinds", 0);
	uint8_t text[24] = {0};
	otel_span_context found = {.trace_flags = FLAGS};

	(void)state;
#ifndef BELIEVES
	if (!value || strlen(value) != 48 || strspn(value, "abcdefghijklmnop") != 48)
		return NULL;
	for (int i = 0; i < 24; i++)
		text[i] = (uint8_t)((value[2 * i] - 'a') << 4 | (value[2 * i + 1] - 'a'));
#else
	(void)value;
	memset(text, 1, sizeof text);
#endif
	EXTRACT;
	return host->context_with_span_context(base, &found, NULL);
}

static const otel_propagator propagator = {
	.component = {.size = sizeof propagator}, .fields = fields, .inject = inject, .extract = extract};

#ifndef RESPOND
#define RESPOND carrier->set(carrier->self, "x-kinds", "1")
#endif

static void respond(void *state, const otel_span_context *span, const otel_carrier *carrier)
{
	(void)state, (void)span, (void)carrier;
	RESPOND;
}

static const otel_response_propagator responder = {
	.component = {.size = sizeof responder}, .fields = fields, .inject = respond};

/* ---- samplers ---- */

#ifndef DECIDE
#define DECIDE return OTEL_RECORD_AND_SAMPLE
#endif
#ifndef DESCRIPTION
#define DESCRIPTION "kinds{}"
#endif

static otel_decision decide(void *state, const otel_sampling *sampling)
{
	const otel_attr attr UNUSED = {"k", 1, {.str = "v"}, 1, OTEL_ATTR_STRING, 0};
	const otel_attr bad UNUSED = {NULL, 0, {.str = "v"}, 1, OTEL_ATTR_STRING, 0};

	(void)state, (void)sampling;
	DECIDE;
}

static const char *description(void *state)
{
	(void)state;
	return DESCRIPTION;
}

static const otel_sampler sampler = {
	.component = {.size = sizeof sampler}, .decide = decide, .description = description};

/* ---- span processors ---- */

#ifndef ON_START
#define ON_START host->span_update_name(span, "kinds")
#endif
#ifndef ON_END
#define ON_END (void)0
#endif

static void on_start(void *state, otel_span span, const otel_context *parent)
{
	(void)state, (void)parent, (void)span;
	ON_START;
}

static void on_end(void *state, const otel_span_data *data)
{
	(void)state, (void)data;
	ON_END;
}

#ifdef NO_SPAN_FUNCTIONS
static const otel_span_processor spans = {.component = {.size = sizeof spans}};
UNUSED static void *const keep_spans[] = {(void *)on_start, (void *)on_end, (void *)flush};
#else
static const otel_span_processor spans = {
	.component = {.size = sizeof spans}, .on_start = on_start, .on_end = on_end, .flush = flush};
#endif

#endif
