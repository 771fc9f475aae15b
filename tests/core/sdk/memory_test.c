/* SPDX-License-Identifier: Apache-2.0
 *
 * memory_test.c - which spans the exporter "memory" keeps, and for how long.
 */
#include <otel/plugin.h>
#include <pthread.h>

#include "memory_support.h"
#include "support/child.h"

START_TEST(it_is_chosen_in_code_like_any_exporter)
{
	static const otel_setting settings[] = {{"traces.exporter", "memory"}};

	setenv("OTEL_TRACES_EXPORTER", "none", 1);
	ck_assert_int_eq(otel_sdk_start(OTEL_SDK_OPTIONS(.settings = settings, .setting_count = 1)), OTEL_OK);
	end_one("span");
	ck_assert_str_eq(the_only_span()->name, "span");
	ck_assert_uint_eq(start_counts().spans_accepted, 1);
}
END_TEST

START_TEST(spans_are_read_by_index_in_the_order_of_export_and_by_name)
{
	static const char *const names[] = {"one", "two", "one"};

	start();
	for (size_t i = 0; i < 3; i++) {
		end_one(names[i]);
		flush();
	}
	ck_assert_uint_eq(otel_memory_count(), 3);
	ck_assert_str_eq(otel_memory_at(0)->name, "one");
	ck_assert_str_eq(otel_memory_at(1)->name, "two");
	ck_assert_str_eq(otel_memory_at(2)->name, "one");
	ck_assert_ptr_null(otel_memory_at(3));
	ck_assert_ptr_null(otel_memory_at(SIZE_MAX));
	ck_assert_ptr_eq(otel_memory_find("one"), otel_memory_at(0));
	ck_assert_ptr_null(otel_memory_find("three"));
}
END_TEST

START_TEST(clear_forgets_all_and_keeping_goes_on)
{
	start();
	end_one("before");
	flush();
	otel_memory_clear();
	ck_assert_uint_eq(otel_memory_count(), 0);
	ck_assert_ptr_null(otel_memory_find("before"));
	end_one("after");
	ck_assert_str_eq(the_only_span()->name, "after");
	ck_text(otel_memory_at(0)->resource, "service.name", "shop");
}
END_TEST

START_TEST(a_stop_leaves_what_is_kept_and_the_next_start_begins_empty)
{
	start();
	end_one("first");
	ck_assert_int_eq(otel_sdk_stop(60000), OTEL_OK);
	ck_assert_uint_eq(otel_memory_count(), 1);
	ck_assert_str_eq(otel_memory_at(0)->name, "first");
	start();
	ck_assert_uint_eq(otel_memory_count(), 0);
	end_one("second");
	ck_assert_str_eq(the_only_span()->name, "second");
}
END_TEST

START_TEST(with_another_exporter_nothing_is_kept)
{
	otel_memory_clear();
	setenv("OTEL_TRACES_EXPORTER", "fake", 1);
	start();
	end_one("span");
	flush();
	ck_assert_uint_eq(otel_memory_count(), 0);
	ck_assert_ptr_null(otel_memory_at(0));
}
END_TEST

START_TEST(spans_past_ten_thousand_are_dropped_and_counted)
{
	char name[32];

	start();
	for (int i = 0; i < 10025; i++) {
		snprintf(name, sizeof name, "span %d", i);
		end_one(name);
		if (i % 1000 == 999)
			flush();
	}
	ck_assert_int_eq(otel_sdk_flush(60000), OTEL_FAILED);
	ck_assert_uint_eq(otel_memory_count(), 10000);
	ck_assert_uint_eq(otel_memory_dropped(), 25);
	ck_assert_ptr_nonnull(otel_memory_find("span 0"));
	ck_assert_ptr_nonnull(otel_memory_find("span 9999"));
	ck_assert_ptr_null(otel_memory_find("span 10000"));
	ck_assert_ptr_null(otel_memory_find("span 10024"));
	ck_assert_uint_eq(start_counts().spans_accepted, 10000);
	ck_assert_uint_eq(start_counts().dropped_rejected, 25);
	otel_memory_clear();
	ck_assert_uint_eq(otel_memory_dropped(), 0);
	end_one("another");
	ck_assert_str_eq(the_only_span()->name, "another");
}
END_TEST

START_TEST(spans_past_sixteen_mebibytes_are_dropped_and_small_ones_still_kept)
{
	static char text[500000];

	memset(text, 'x', sizeof text);
	start();
	for (size_t made = 1; made <= 40; made++) {
		const otel_span span = otel_span_start(otel_tracer("test", "1.0"), "large");
		otel_span_set_str_n(span, "text", 4, text, sizeof text);
		otel_span_end(span);
		ck_assert_int_eq(otel_sdk_flush(60000), otel_memory_dropped() ? OTEL_FAILED : OTEL_OK);
		ck_assert_uint_eq(otel_memory_count() + otel_memory_dropped(), made);
	}
	ck_assert_uint_ge(otel_memory_count(), 25);
	ck_assert_uint_le(otel_memory_count(), 33);
	for (size_t i = 0; i < otel_memory_count(); i++)
		ck_assert_uint_eq(otel_memory_attr(otel_memory_at(i)->attrs, "text")->count, sizeof text);
	end_one("small");
	flush();
	ck_assert_ptr_nonnull(otel_memory_find("small"));
}
END_TEST

/* ---- threads and processes ---- */

enum { THREADS = 8, SPANS = 200 };

static void *make_spans(void *arg)
{
	for (int i = 0; i < SPANS; i++) {
		const otel_span span = otel_span_start(otel_tracer("test", "1.0"), arg);
		otel_span_set_int(span, "i", i);
		otel_span_end(span);
	}
	flush();
	return NULL;
}

static void *read_spans(void *until)
{
	while (!__atomic_load_n((bool *)until, __ATOMIC_ACQUIRE)) {
		const size_t count = otel_memory_count();
		for (size_t i = 0; i < count; i++)
			ck_assert_uint_eq(otel_memory_at(i)->attrs.count, 1);
		otel_memory_find("nobody");
	}
	return NULL;
}

START_TEST(spans_of_many_threads_are_kept_while_others_read)
{
	static char names[THREADS][16];
	bool seen[THREADS][SPANS] = {{false}};
	pthread_t threads[THREADS], reader;
	bool is_done = false;

	start();
	ck_assert_int_eq(pthread_create(&reader, NULL, read_spans, &is_done), 0);
	for (int t = 0; t < THREADS; t++) {
		snprintf(names[t], sizeof names[t], "%d", t);
		ck_assert_int_eq(pthread_create(&threads[t], NULL, make_spans, names[t]), 0);
	}
	for (int t = 0; t < THREADS; t++)
		pthread_join(threads[t], NULL);
	__atomic_store_n(&is_done, true, __ATOMIC_RELEASE);
	pthread_join(reader, NULL);

	ck_assert_uint_eq(otel_memory_count(), THREADS * SPANS);
	for (size_t i = 0; i < THREADS * SPANS; i++) {
		const otel_memory_span *span = otel_memory_at(i);
		bool *is_seen = &seen[atoi(span->name)][otel_memory_attr(span->attrs, "i")->value.i];
		ck_assert(!*is_seen);
		*is_seen = true;
	}
}
END_TEST

static bool child_begins_empty(void)
{
	if (otel_memory_count() || otel_memory_dropped() || otel_memory_find("parent"))
		return false;
	end_one("child");
	return otel_sdk_flush(50000) == OTEL_OK && otel_memory_count() == 1 &&
	       !strcmp(otel_memory_at(0)->name, "child");
}

/* Without a thread of ours, and with: the children of threaded programs have none under TSan. */
#ifdef __SANITIZE_THREAD__
enum { FORKS = 1 };
#else
enum { FORKS = 2 };
#endif

START_TEST(a_child_of_fork_begins_empty_and_its_parent_keeps_all)
{
	static const char *const workers[] = {"none", "start"};

	setenv("OTEL_C_SDK_WORKER", workers[_i], 1);
	start();
	end_one("parent");
	const otel_memory_span *before = the_only_span();
	ck_assert(in_child(child_begins_empty));
	ck_assert_uint_eq(otel_memory_count(), 1);
	ck_assert_ptr_eq(otel_memory_find("parent"), before);
}
END_TEST

/* ---- requests of plugins ---- */

static const otel_host *host;
static otel_setup *handle;

static otel_status own_setup(const otel_host *given, otel_setup *setup)
{
	host = given;
	handle = setup;
	return OTEL_OK;
}

static const otel_plugin own = {.size = sizeof own,
				.abi_major = OTEL_PLUGIN_ABI_MAJOR,
				.abi_minor = OTEL_PLUGIN_ABI_MINOR,
				.name = "own",
				.version = "1.0.0",
				.license = "Apache-2.0",
				.setup = own_setup};

START_TEST(what_plugins_submit_is_kept_as_far_as_it_can_be_read)
{
	static const otel_plugin *const plugins[] = {&own};
	/* No resource and no scope; a span with an id of two bytes, a name, an attribute that is cut short, a kind that
	 * there is not, and a start time of the wrong type. Then one without anything. */
	static const uint8_t request[] = {0x0a, 0x18, 0x12, 0x16, 0x12, 0x12, 0x0a, 0x02, 1,    2,    0x2a, 0x01, 'n',
					  0x4a, 0x03, 0x0a, 0x09, 'k',  0x30, 0x63, 0x38, 0x01, 0x50, 0x02, 0x12, 0x00};

	ck_assert_int_eq(otel_sdk_start(OTEL_SDK_OPTIONS(.plugins = plugins, .plugin_count = 1)), OTEL_OK);
	ck_assert_int_eq(host->submit(handle, OTEL_SIGNAL_TRACES, request, sizeof request), OTEL_OK);
	flush();
	ck_assert_uint_eq(otel_memory_count(), 2);
	const otel_memory_span *span = otel_memory_find("n");
	ck_assert_ptr_nonnull(span);
	ck_assert_uint_eq(span->context.trace_id[0], 0);
	ck_assert_int_eq(span->kind, OTEL_KIND_UNSPECIFIED);
	ck_assert_uint_eq(span->start_time_ns, 0);
	ck_assert_uint_eq(span->attrs.count, 1);
	ck_assert_uint_eq(span->attrs.dropped, 2);
	ck_assert_str_eq(span->attrs.items[0].key, "");
	ck_assert_uint_eq(span->attrs.items[0].type, OTEL_ATTR_EMPTY);
	ck_assert_uint_eq(span->resource.count, 0);
	ck_assert_str_eq(span->scope_name, "");
	ck_assert_str_eq(otel_memory_at(1)->name, "");
}
END_TEST

int main(void)
{
	const struct suite_entry entries[] = {
		{it_is_chosen_in_code_like_any_exporter, 0},
		{spans_are_read_by_index_in_the_order_of_export_and_by_name, 0},
		{clear_forgets_all_and_keeping_goes_on, 0},
		{a_stop_leaves_what_is_kept_and_the_next_start_begins_empty, 0},
		{with_another_exporter_nothing_is_kept, 0},
		{spans_past_ten_thousand_are_dropped_and_counted, 0},
		{spans_past_sixteen_mebibytes_are_dropped_and_small_ones_still_kept, 0},
		{spans_of_many_threads_are_kept_while_others_read, 0},
		{a_child_of_fork_begins_empty_and_its_parent_keeps_all, FORKS},
		{what_plugins_submit_is_kept_as_far_as_it_can_be_read, 0},
	};
	int status = suite_main("sdk/memory", entries, sizeof entries / sizeof *entries, set_up);

	start_stop(5000);
	start_clean_up();
	return status;
}
