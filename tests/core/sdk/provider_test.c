/* SPDX-License-Identifier: Apache-2.0
 *
 * provider_test.c - set-up, disabled, stop and restart, id generators, propagation, and the child of a fork.
 */
#include <pthread.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/sdk/span_support.h"
#include "sdk/scope.h"
#include "sdk/span_log.h"
#include "sdk/stats.h"
#include "support/child.h"
#include "support/suite.h"

static void setup(void)
{
	test_provider("parentbased_always_on");
}

static otel_span_context context_of(otel_span span)
{
	otel_span_context out = {.trace_flags = 0};

	ck_assert(P->span_context(T, span, &out, NULL));
	return out;
}

/* ---- the built-in plugin ---- */

static char added[512];
static const void *vtables[32];
static const char *names[32];
static size_t added_count;

static otel_status add(otel_setup *setup_, otel_kind kind, const char *name, const void *vtable, void *self)
{
	(void)setup_;
	(void)kind;
	ck_assert_ptr_null(self);
	ck_assert_uint_ge(((const otel_component *)vtable)->size, sizeof(otel_component));
	strcat(strcat(added, name), " ");
	names[added_count] = name;
	vtables[added_count++] = vtable;
	return OTEL_OK;
}

static const void *builtin(const char *name)
{
	static const otel_host host = {.size = sizeof host, .add = add};

	*added = 0;
	added_count = 0;
	ck_assert_int_eq(provider_builtin.setup(&host, NULL), OTEL_OK);
	for (size_t i = 0; i < added_count; i++)
		if (!strcmp(names[i], name))
			return vtables[i];
	return NULL;
}

START_TEST(the_core_brings_its_own_components)
{
	builtin("");
	ck_assert_str_eq(
		added,
		"random tracecontext baggage none traceresponse baggage redaction memory always_on always_off "
		"traceidratio parentbased_always_on parentbased_always_off parentbased_traceidratio probability "
		"parentbased_probability parentbased always_record composite parent_threshold rules annotate ");
	ck_assert_uint_eq(provider_builtin.abi_major, OTEL_PLUGIN_ABI_MAJOR);
}
END_TEST

/* ---- id generators ---- */

static void epoch_ids(void *self, const uint8_t random[16], uint8_t out[16])
{
	memcpy(out, random, 16);
	memcpy(out, self, 4);
}

START_TEST(a_generator_that_is_not_random_sets_no_random_flag)
{
	static const otel_id_generator generator = {.component = {.size = sizeof generator}, .trace_id = epoch_ids};
	struct component component = {.vtable = &generator, .self = "abcd"};
	struct provider_options options = test_options("always_on");

	options.id_generator = &component;
	test_provider_with(&options);
	const otel_span span = test_start("s"), child = test_child("c", span);
	ck_assert_mem_eq(context_of(span).trace_id, "abcd", 4);
	ck_assert_uint_eq(context_of(span).trace_flags, OTEL_TRACE_FLAG_SAMPLED);
	ck_assert_uint_eq(context_of(child).trace_flags, OTEL_TRACE_FLAG_SAMPLED);
	test_end(child);
	test_end(span);
}
END_TEST

/* ---- propagation ---- */

struct headers {
	char names[8][32];
	char values[8][128];
	size_t count;
};

static void header_set(void *self, const char *name, const char *value)
{
	struct headers *h = self;

	snprintf(h->names[h->count], sizeof h->names[0], "%s", name);
	snprintf(h->values[h->count++], sizeof h->values[0], "%s", value);
}

static const char *header_get(void *self, const char *name, size_t index)
{
	const struct headers *h = self;

	for (size_t i = 0; i < h->count; i++)
		if (!strcmp(h->names[i], name) && !index--)
			return h->values[i];
	return NULL;
}

static void with_propagators(struct provider_options *options, struct component *components, const char *first,
			     const char *second)
{
	components[0].vtable = builtin(first);
	components[1].vtable = builtin(second);
	options->propagators[0] = &components[0];
	options->propagators[1] = &components[1];
	options->propagator_count = 2;
	test_provider_with(options);
}

START_TEST(what_is_injected_can_be_extracted)
{
	struct headers headers = {.count = 0};
	const otel_carrier carrier = {.size = sizeof carrier, .self = &headers, .set = header_set, .get = header_get};
	const otel_span_context remote = {.trace_id = {1, 2}, .span_id = {3, 4}, .trace_flags = 1};
	struct provider_options options = test_options("always_on");
	otel_baggage *baggage = otel_baggage_with(NULL, "user", "me", NULL);
	struct component components[2] = {{.kind = 0}};

	with_propagators(&options, components, "tracecontext", "baggage");
	otel_context *plain = otel_context_with_span_context(NULL, &remote, "v=1");
	otel_context *context = otel_context_with_baggage(plain, baggage);
	P->inject(context, &carrier);
	ck_assert_str_eq(header_get(&headers, "traceparent", 0),
			 "00-01020000000000000000000000000000-0304000000000000-01");
	ck_assert_str_eq(header_get(&headers, "tracestate", 0), "v=1");
	ck_assert_str_eq(header_get(&headers, "baggage", 0), "user=me");

	otel_context *got = P->extract(NULL, &carrier);
	ck_assert_mem_eq(otel_context_span_context(got).trace_id, remote.trace_id, 16);
	ck_assert_uint_eq(otel_context_span_context(got).is_remote, 1);
	ck_assert_str_eq(otel_context_tracestate(got), "v=1");
	ck_assert_str_eq(otel_baggage_value(otel_context_baggage(got), "user"), "me");

	otel_context_unref(got);
	otel_context_unref(context);
	otel_context_unref(plain);
	otel_baggage_unref(baggage);
}
END_TEST

START_TEST(an_empty_carrier_gives_the_base_back)
{
	struct headers headers = {.count = 0};
	const otel_carrier carrier = {.size = sizeof carrier, .self = &headers, .set = header_set, .get = header_get};
	const otel_span_context remote = {.trace_id = {1, 2}, .span_id = {3, 4}};
	struct provider_options options = test_options("always_on");
	struct component components[2] = {{.kind = 0}};

	with_propagators(&options, components, "none", "tracecontext");
	otel_context *base = otel_context_with_span_context(NULL, &remote, NULL);
	otel_context *got = P->extract(base, &carrier);
	ck_assert_ptr_eq(got, base);
	otel_context_unref(got);
	otel_context_unref(base);
}
END_TEST

/* ---- disabled, stopped, started again ---- */

START_TEST(disabled_it_passes_the_parent_on_and_records_nothing)
{
	const otel_span_context remote = {.trace_id = {1, 2}, .span_id = {3, 4}, .trace_flags = 1, .is_remote = 1};
	struct provider_options options = {.disabled = true};
	struct headers headers = {.count = 0};
	const otel_carrier carrier = {.size = sizeof carrier, .self = &headers, .set = header_set, .get = header_get};
	struct component components[2] = {{.kind = 0}};
	struct otel_tracestate *tracestate;
	otel_span_context got;

	with_propagators(&options, components, "tracecontext", "baggage");
	otel_context *context = otel_context_with_span_context(NULL, &remote, "v=1");
	const otel_span span = test_under("s", context), root = test_start("root");
	ck_assert_uint_eq(root.id, 0);
	ck_assert(P->span_context(T, span, &got, &tracestate));
	ck_assert_mem_eq(&got, &remote, sizeof got);
	ck_assert_str_eq(tracestate->text, "v=1");
	ck_assert(!P->is_recording(T, span));
	ck_assert(!P->tracer_enabled(&test_tracer));
	P->inject(context, &carrier);
	ck_assert_uint_gt(headers.count, 0);
	test_end(span);
	ck_assert_uint_eq(test_take(), 0);
	otel_tracestate_unref_v1(tracestate);
	otel_context_unref(context);
}
END_TEST

START_TEST(after_stop_spans_are_dropped_and_counted)
{
	const otel_span open = test_start("open");

	ck_assert(P->tracer_enabled(&test_tracer));
	provider_stop();
	ck_assert(!P->tracer_enabled(&test_tracer));
	ck_assert_uint_eq(test_start("late").id, 0);
	const otel_span child = test_child("late", open);
	ck_assert(!P->is_recording(T, child));
	CALL(set_int, open, STR("k"), 1);
	test_end(child);
	test_end(open);
	ck_assert_uint_eq(test_take(), 0);
	ck_assert_uint_eq(span_log_created(), 1);
	ck_assert_uint_eq(atomic_load(&stats.dropped_shutdown), 1);
}
END_TEST

START_TEST(set_up_again_it_records_again)
{
	const otel_span before = test_start("before");

	provider_stop();
	setup();
	test_end(before);
	test_end(test_start("after"));
	ck_assert_uint_eq(test_take(), 2);
}
END_TEST

START_TEST(stats_fill_what_the_caller_knows)
{
	otel_sdk_stats all = {.size = sizeof all}, old = {.size = offsetof(otel_sdk_stats, spans_queued), .misuse = 77};

	test_end(test_start("s"));
	P->misuse();
	stats_read(&all);
	stats_read(&old);
	ck_assert_uint_eq(all.spans_created, 1);
	ck_assert_uint_eq(all.spans_queued, 1);
	ck_assert_uint_eq(all.misuse, 1);
	ck_assert_uint_eq(old.spans_created, 1);
	ck_assert_uint_eq(old.misuse, 77);
	test_take();
}
END_TEST

/* ---- fork ---- */

static pid_t fork_with_hooks(void)
{
	provider_fork_prepare();
	scope_fork_prepare();
	span_log_fork_prepare();
	const pid_t pid = fork();
	if (pid) {
		span_log_fork_parent();
		scope_fork_parent();
		provider_fork_parent();
	} else {
		span_log_fork_child();
		scope_fork_child();
		provider_fork_child();
		stats_reset();
	}
	return pid;
}

static int reap(pid_t pid)
{
	int status;

	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 100;
}

START_TEST(in_the_child_a_span_of_the_parent_process_is_a_parent_only)
{
	const otel_span span = test_start("parent process");
	const otel_span_context context = context_of(span);

	const pid_t pid = fork_with_hooks();
	if (!pid) {
		if (P->is_recording(T, span))
			_exit(1);
		CALL(set_int, span, STR("k"), 1);
		const otel_span child = test_child("child process", span);
		otel_span_context got = {.trace_flags = 0};
		if (!P->span_context(T, child, &got, NULL) || memcmp(got.trace_id, context.trace_id, 16) != 0)
			_exit(2);
		test_end(span);
		if (span_log_queued())
			_exit(3);
		test_end(child);
		if (span_log_queued() != 1 || atomic_load(&stats.misuse))
			_exit(4);
		for (int i = 0; i < 3000; i++)
			test_end(test_start("more"));
		child_leave(span_log_queued() == 3001 ? 0 : 5);
	}
	ck_assert_int_eq(reap(pid), 0);
	CALL(set_int, span, STR("k"), 2);
	test_end(span);
	ck_assert_str_eq(SPAN_ATTR_TEXT(test_only(), "k"), "2");
}
END_TEST

START_TEST(parent_and_child_make_different_ids)
{
	otel_span_context mine, theirs;
	int ends[2];

	test_end(test_start("seeded"));
	ck_assert_int_eq(pipe(ends), 0);
	const pid_t pid = fork_with_hooks();
	if (!pid) {
		const otel_span span = test_start("child");
		P->span_context(T, span, &mine, NULL);
		child_leave(write(ends[1], &mine, sizeof mine) == sizeof mine ? 0 : 1);
	}
	mine = context_of(test_start("parent"));
	ck_assert_int_eq(reap(pid), 0);
	ck_assert_int_eq(read(ends[0], &theirs, sizeof theirs), sizeof theirs);
	ck_assert_mem_ne(mine.trace_id, theirs.trace_id, 16);
	ck_assert_mem_ne(mine.span_id, theirs.span_id, 8);
	close(ends[0]);
	close(ends[1]);
}
END_TEST

static _Atomic bool stop;

static void *keep_busy(void *arg)
{
	static _Thread_local struct otel_thread th;
	static const struct otel_parent none;
	otel_span span;

	(void)arg;
	while (!atomic_load(&stop)) {
		span = P->span_start(&th, &test_tracer, "busy", 4, &none, NULL);
		P->set_int(&th, span, STR("k"), 1);
		P->span_end(&th, span, 0);
	}
	return NULL;
}

START_TEST(a_child_forked_amid_busy_threads_can_record)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
	return; /* their malloc does not survive a fork amid other threads' calls: release alone can tell */
#endif
	pthread_t threads[3];

	atomic_store(&stop, false);
	for (int i = 0; i < 3; i++)
		pthread_create(&threads[i], NULL, keep_busy, NULL);
	for (int n = 0; n < 50; n++) {
		const pid_t pid = fork_with_hooks();
		if (!pid) {
			for (int i = 0; i < 2000; i++)
				test_end(test_start("child"));
			child_leave(span_log_queued() == 2000 ? 0 : 1);
		}
		ck_assert_int_eq(reap(pid), 0);
		span_log_setup(20000, 64 << 20);
	}
	atomic_store(&stop, true);
	for (int i = 0; i < 3; i++)
		pthread_join(threads[i], NULL);
	test_take();
}
END_TEST

SUITE_MAIN("provider", setup, {the_core_brings_its_own_components, 0},
	   {a_generator_that_is_not_random_sets_no_random_flag, 0}, {what_is_injected_can_be_extracted, 0},
	   {an_empty_carrier_gives_the_base_back, 0}, {disabled_it_passes_the_parent_on_and_records_nothing, 0},
	   {after_stop_spans_are_dropped_and_counted, 0}, {set_up_again_it_records_again, 0},
	   {stats_fill_what_the_caller_knows, 0}, {in_the_child_a_span_of_the_parent_process_is_a_parent_only, 0},
	   {parent_and_child_make_different_ids, 0}, {a_child_forked_amid_busy_threads_can_record, 0})
