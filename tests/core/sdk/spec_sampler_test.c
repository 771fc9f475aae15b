/* SPDX-License-Identifier: Apache-2.0
 *
 * spec_sampler_test.c - sampling as a whole (specification/trace/sdk.md, Sampling): what a decision does to a span, and
 * what a sampler sees and may change.
 */
#include <otel/otel.h>
#include <stdio.h>

#include "core/sdk/sampler_support.h"
#include "core/sdk/span_support.h"
#include "support/suite.h"

/* ---- a sampler that does what the test says ---- */

static otel_decision answer;
static const char *answer_tracestate;
static const otel_attr *answer_attrs;
static size_t answer_attr_count;
static void (*look)(const otel_sampling *sampling);

static otel_decision decide(void *self, const otel_sampling *sampling)
{
	(void)self;
	if (look)
		look(sampling);
	if (answer_tracestate)
		sampling_tracestate(sampling, answer_tracestate);
	for (size_t i = 0; i < answer_attr_count; i++)
		sampling_attr(sampling, &answer_attrs[i]);
	return answer;
}

static const otel_sampler vendors = {.component = {.size = sizeof vendors}, .decide = decide};

static void setup(void)
{
	struct provider_options options = test_options("always_on");

	options.sampler->vtable = &vendors;
	test_provider_with(&options);
	answer = OTEL_RECORD_AND_SAMPLE;
	answer_tracestate = NULL;
	answer_attr_count = 0;
	look = NULL;
}

static otel_span_context context_of(otel_span span, char tracestate[512])
{
	struct otel_tracestate *t = NULL;
	otel_span_context out = {.trace_flags = 0};

	ck_assert(P->span_context(T, span, &out, &t));
	if (tracestate)
		snprintf(tracestate, 512, "%s", t ? t->text : "");
	otel_tracestate_unref_v1(t);
	return out;
}

static otel_context *remote_parent(const char *tracestate)
{
	const otel_span_context parent = {.trace_id = {1, 2, 3},
					  .span_id = {4, 5},
					  .trace_flags = OTEL_TRACE_FLAG_SAMPLED | OTEL_TRACE_FLAG_RANDOM,
					  .is_remote = 1};

	return otel_context_with_span_context(NULL, &parent, tracestate);
}

/* ---- decisions ---- */

START_TEST(a_decision_sets_recording_and_the_sampled_flag_by_the_table)
{
	static const struct {
		otel_decision decision;
		bool is_recording, is_sampled;
	} rows[] = {
		{OTEL_DROP, false, false},
		{OTEL_RECORD_ONLY, true, false},
		{OTEL_RECORD_AND_SAMPLE, true, true},
		{(otel_decision)77, false, false},
	};
	answer = rows[_i].decision;
	const otel_span span = test_start("n");
	const otel_span_context context = context_of(span, NULL);

	ck_assert_int_eq(P->is_recording(T, span), rows[_i].is_recording);
	ck_assert_int_eq(context.trace_flags & OTEL_TRACE_FLAG_SAMPLED, rows[_i].is_sampled);
	test_end(span);
	ck_assert_uint_eq(test_take(), rows[_i].is_sampled);
}
END_TEST

START_TEST(a_span_that_is_dropped_has_a_new_span_id_all_the_same)
{
	otel_context *parent = remote_parent(NULL);
	answer = OTEL_DROP;
	const otel_span span = test_under("n", parent), other = test_under("n", parent);
	const otel_span_context of = otel_context_span_context(parent);
	const otel_span_context a = context_of(span, NULL), b = context_of(other, NULL);

	ck_assert_mem_eq(a.trace_id, of.trace_id, 16);
	ck_assert_mem_ne(a.span_id, of.span_id, 8);
	ck_assert_mem_ne(a.span_id, b.span_id, 8);
	ck_assert(otel_span_context_is_valid(&a));
	test_end(span);
	test_end(other);
	otel_context_unref(parent);
}
END_TEST

/* ---- answers ---- */

START_TEST(the_samplers_attributes_are_added_and_win_over_those_at_start)
{
	const otel_attr at_start[] = {otel_attr_int("a", 1), otel_attr_int("b", 1)};
	const otel_attr answers[] = {otel_attr_int("b", 2), otel_attr_str("c", "sampler")};
	const otel_span_options options = {.size = sizeof options, .attrs = at_start, .attr_count = 2};
	const struct otel_parent none = {.context = NULL};

	answer_attrs = answers;
	answer_attr_count = 2;
	test_end(P->span_start(T, &test_tracer, "n", 1, &none, &options));
	const struct msg span = test_only();
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "a"), "1");
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "b"), "2");
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "c"), "\"sampler\"");
}
END_TEST

START_TEST(attributes_of_a_sampler_that_do_not_fit_are_counted_in_the_span)
{
	static char large[4000];
	const otel_attr answers[] = {otel_attr_str("large", memset(large, 'x', sizeof large - 1)),
				     otel_attr_int("k", 1)};

	answer_attrs = answers;
	answer_attr_count = 2;
	test_end(test_start("n"));
	const struct msg span = test_only();
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "large"), "absent");
	ck_assert_str_eq(SPAN_ATTR_TEXT(span, "k"), "1");
	ck_assert_uint_eq(msg_number(span, 10), 1);
}
END_TEST

START_TEST(the_samplers_tracestate_takes_the_place_of_the_parents)
{
	static const struct {
		const char *answer;
		const char *tracestate;
	} rows[] = {{NULL, "parent=1"}, {"own=1,parent=2", "own=1,parent=2"}, {"", ""}, {"NOT=valid", "parent=1"}};
	otel_context *parent = remote_parent("parent=1");
	char tracestate[512];

	answer_tracestate = rows[_i].answer;
	const otel_span span = test_under("n", parent);
	context_of(span, tracestate);
	ck_assert_str_eq(tracestate, rows[_i].tracestate);
	const otel_span child = test_child("child", span);
	test_end(child);
	test_end(span);
	ck_assert_uint_eq(test_take(), 2);
	ck_assert_str_eq(msg_text(test_span(1), 3), rows[_i].tracestate);
	otel_context_unref(parent);
}
END_TEST

START_TEST(a_dropped_span_passes_the_samplers_tracestate_on)
{
	char tracestate[512];

	answer = OTEL_DROP;
	answer_tracestate = "own=1";
	const otel_span span = test_start("n");
	context_of(span, tracestate);
	ck_assert_str_eq(tracestate, "own=1");
	test_end(span);
}
END_TEST

/* ---- what it sees ---- */

static const otel_context_key key = {"key"};
static int something;
static otel_context *whole;
static int looks;

static void look_at_everything(const otel_sampling *s)
{
	looks++;
	ck_assert_ptr_eq(sampling_context(s), whole);
	ck_assert_ptr_eq(otel_context_value(sampling_context(s), &key), &something);
	ck_assert_str_eq(otel_baggage_value(otel_context_baggage(sampling_context(s)), "user"), "7");
	ck_assert_mem_eq(s->parent->trace_id, s->trace_id, 16);
	ck_assert(s->parent->is_remote);
	ck_assert_str_eq(s->parent_tracestate, "a=b");
	ck_assert_uint_eq(s->name_len, 8);
	ck_assert_mem_eq(s->name, "checkout", 8);
	ck_assert_int_eq(s->kind, OTEL_KIND_SERVER);
	ck_assert_uint_eq(s->attr_count, 1);
	ck_assert_mem_eq(s->attrs[0].key, "order", 5);
	ck_assert_uint_eq(s->link_count, 1);
	ck_assert_int_eq(s->links[0].span_context.span_id[0], 9);
	ck_assert_uint_eq(s->trace_flags, OTEL_TRACE_FLAG_RANDOM);
}

START_TEST(a_sampler_sees_the_whole_parent_context_and_what_the_span_starts_with)
{
	otel_context *remote = remote_parent("a=b");
	otel_baggage *baggage = otel_baggage_with(NULL, "user", "7", NULL);
	otel_context *with = otel_context_with_baggage(remote, baggage);
	const otel_attr attr = otel_attr_int("order", 1);
	const otel_link link = {.span_context = {.trace_id = {9}, .span_id = {9}}};
	const otel_span_options options = {.size = sizeof options,
					   .kind = OTEL_KIND_SERVER,
					   .attrs = &attr,
					   .attr_count = 1,
					   .links = &link,
					   .link_count = 1};
	whole = otel_context_with_value(with, &key, &something, NULL);
	const struct otel_parent parent = {.context = whole};

	looks = 0;
	look = look_at_everything;
	test_end(P->span_start(T, &test_tracer, "checkout", 8, &parent, &options));
	ck_assert_int_eq(looks, 1);
	otel_context_unref(whole);
	otel_context_unref(with);
	otel_context_unref(remote);
	otel_baggage_unref(baggage);
}
END_TEST

static otel_span_context seen;

static void look_for_the_parent(const otel_sampling *s)
{
	const otel_context *context = sampling_context(s);

	looks += s->parent != NULL;
	seen = otel_context_span_context(context);
	if (s->parent)
		ck_assert_mem_eq(s->parent->span_id, seen.span_id, 8);
}

START_TEST(the_parent_of_a_handle_is_in_the_context_too)
{
	const otel_span span = test_start("parent");

	looks = 0;
	look = look_for_the_parent;
	test_end(test_child("child", span));
	ck_assert_int_eq(looks, 1);
	ck_assert_mem_eq(seen.span_id, context_of(span, NULL).span_id, 8);
	test_end(span);
}
END_TEST

START_TEST(a_span_that_was_to_be_a_root_has_no_parent_in_its_context)
{
	otel_context *parent = remote_parent(NULL);
	const struct otel_parent of = {.context = parent};
	const otel_span_options options = {.size = sizeof options, .root = true};

	looks = 0;
	look = look_for_the_parent;
	test_end(P->span_start(T, &test_tracer, "n", 1, &of, &options));
	ck_assert_int_eq(looks, 0);
	ck_assert(!otel_span_context_is_valid(&seen));
	otel_context_unref(parent);
}
END_TEST

/* ---- thresholds from span to span ---- */

static void use(const char *name, const char *argument)
{
	struct provider_options options = test_options("always_on");

	options.sampler->vtable = sampler_open(name, argument);
	options.sampler->self = sampler_self();
	ck_assert_ptr_nonnull(options.sampler->vtable);
	test_provider_with(&options);
}

START_TEST(children_carry_the_threshold_of_their_root)
{
	static const char *const rows[][2] = {{"parentbased_traceidratio", "1"},
					      {"parentbased_probability", "1"},
					      {"parent_threshold", "probability(1)"}};
	char tracestate[512];

	use(rows[_i][0], rows[_i][1]);
	const otel_span root = test_start("root"), child = test_child("child", root), last = test_child("last", child);
	context_of(last, tracestate);
	ck_assert_str_eq(tracestate, "ot=th:0");
	test_end(last);
	test_end(child);
	test_end(root);
	ck_assert_uint_eq(test_take(), 3);
	for (size_t i = 0; i < 3; i++)
		ck_assert_str_eq(msg_text(test_span(i), 3), "ot=th:0");
}
END_TEST

/* rv is above th:8 in the one, below in the other. */
#define ABOVE "rv:c0000000000000"
#define BELOW "rv:40000000000000"

static const struct {
	const char *sampler, *of_parent;
	bool is_parent_sampled;
	const char *of_child;
} contradictions[] = {
	{"parentbased_always_on", "ot=th:8;" ABOVE ",v=1", true, "ot=th:8;" ABOVE ",v=1"},
	{"parentbased_always_on", "ot=th:8;" BELOW ",v=1", true, "ot=" BELOW ",v=1"},
	{"parentbased_always_on", "ot=th:8;" ABOVE ",v=1", false, "ot=" ABOVE ",v=1"},
	{"parentbased_always_on", "ot=th:8;" BELOW ",v=1", false, "ot=th:8;" BELOW ",v=1"},
	{"parentbased_always_off", "ot=th:8;" BELOW, true, "ot=" BELOW},
	{"always_on", "ot=th:8;" BELOW, false, "ot=" BELOW},
	{"always_on", "ot=th:8;" ABOVE, true, "ot=th:8;" ABOVE},
	{"always_off", "v=1,ot=th:0", true, "v=1"},
	{"always_off", "ot=th:0", true, ""},
	{"always_on", "v=1", true, "v=1"},
};

START_TEST(a_threshold_that_contradicts_the_decision_is_taken_out)
{
	const otel_span_context remote = {.trace_id = {1, 2, 3},
					  .span_id = {4, 5},
					  .trace_flags =
						  contradictions[_i].is_parent_sampled ? OTEL_TRACE_FLAG_SAMPLED : 0,
					  .is_remote = 1};
	otel_context *parent = otel_context_with_span_context(NULL, &remote, contradictions[_i].of_parent);
	char tracestate[512];

	test_provider(contradictions[_i].sampler);
	const otel_span span = test_under("n", parent), child = test_child("child", span);
	context_of(span, tracestate);
	ck_assert_str_eq(tracestate, contradictions[_i].of_child);
	context_of(child, tracestate);
	ck_assert_str_eq(tracestate, contradictions[_i].of_child);
	test_end(child);
	test_end(span);
	otel_context_unref(parent);
}
END_TEST

static void constant_id(void *self, const uint8_t random[16], uint8_t out[16])
{
	(void)self;
	(void)random;
	memset(out, 1, 16);
}

static const otel_id_generator constant = {.component = {.size = sizeof constant}, .trace_id = constant_id};

START_TEST(randomness_made_for_a_root_reaches_its_children)
{
	struct component ids = {.vtable = &constant};
	struct provider_options options = test_options("always_on");
	char of_root[512], of_child[512];

	options.sampler->vtable = sampler_open("parent_threshold", "probability(1)");
	options.sampler->self = sampler_self();
	options.id_generator = &ids;
	test_provider_with(&options);
	const otel_span root = test_start("root"), child = test_child("child", root);
	ck_assert_int_eq(context_of(root, of_root).trace_flags, OTEL_TRACE_FLAG_SAMPLED);
	context_of(child, of_child);
	ck_assert_int_eq(strncmp(of_root, "ot=th:0;rv:", 11), 0);
	ck_assert_str_eq(of_root, of_child);
	test_end(child);
	test_end(root);
}
END_TEST

START_TEST(always_record_gives_processors_what_is_not_exported)
{
	use("always_record", "always_off");
	const otel_span span = test_start("n");

	ck_assert(P->is_recording(T, span));
	ck_assert_int_eq(context_of(span, NULL).trace_flags & OTEL_TRACE_FLAG_SAMPLED, 0);
	test_end(span);
	ck_assert_uint_eq(test_take(), 0);
}
END_TEST

SUITE_MAIN("spec_sampler", setup, {a_decision_sets_recording_and_the_sampled_flag_by_the_table, 4},
	   {a_span_that_is_dropped_has_a_new_span_id_all_the_same, 0},
	   {the_samplers_attributes_are_added_and_win_over_those_at_start, 0},
	   {attributes_of_a_sampler_that_do_not_fit_are_counted_in_the_span, 0},
	   {the_samplers_tracestate_takes_the_place_of_the_parents, 4},
	   {a_dropped_span_passes_the_samplers_tracestate_on, 0},
	   {a_sampler_sees_the_whole_parent_context_and_what_the_span_starts_with, 0},
	   {the_parent_of_a_handle_is_in_the_context_too, 0},
	   {a_span_that_was_to_be_a_root_has_no_parent_in_its_context, 0},
	   {a_threshold_that_contradicts_the_decision_is_taken_out, sizeof contradictions / sizeof *contradictions},
	   {children_carry_the_threshold_of_their_root, 3}, {randomness_made_for_a_root_reaches_its_children, 0},
	   {always_record_gives_processors_what_is_not_exported, 0})
