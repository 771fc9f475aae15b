/* SPDX-License-Identifier: Apache-2.0
 *
 * gather_test.c - traces whose spans come in several requests.
 */
#include "otlp/text/gather.h"

#include "sample.h"
#include "support/suite.h"

#define OTHER_TRACE "\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f\x10"

static struct buf out;
static struct gather *gather;

static void write_to_buf(void *arg, const char *text, size_t len)
{
	buf_append(arg, text, len);
}

static void begin(void)
{
	buf_init(&out, 64 * 1024 * 1024);
	gather = gather_create(&(struct tree_style){.write = write_to_buf, .arg = &out});
	ck_assert_ptr_nonnull(gather);
}

static void end(void)
{
	gather_destroy(gather);
	buf_fini(&out);
}

static void add(const struct sample_span *span, uint64_t now_ms)
{
	struct otlp_request *request;
	struct buf spans;

	buf_init(&spans, 4096);
	sample_span(&spans, span);
	request = sample_decode(&spans);
	ck_assert(gather_add(gather, request, now_ms));
	otlp_request_unref(request);
}

static bool printed(const char *words)
{
	return strstr(buf_str(&out), words) != NULL;
}

/* How often it was printed. By hand: under AddressSanitizer every strstr() walks the whole text first. */
static size_t count(const char *words)
{
	size_t len = strlen(words);
	size_t found = 0;

	for (size_t i = 0; i + len <= out.len; i++)
		found += out.data[i] == (uint8_t)words[0] && memcmp(out.data + i, words, len) == 0;
	return found;
}

START_TEST(spans_of_several_requests_become_one_tree)
{
	begin();
	add(&(struct sample_span){.id = 2, .parent = 1, .name = "child", .end = 1}, 10);
	add(&(struct sample_span){.id = 1, .name = "root", .end = 2}, 20);
	gather_print_all(gather);
	ck_assert(printed("2 spans"));
	ck_assert(printed("└─ root"));
	ck_assert(printed("   └─ child"));
	end();
}
END_TEST

START_TEST(a_trace_waits_for_its_last_span)
{
	uint64_t since = 0;

	begin();
	add(&(struct sample_span){.id = 1, .name = "one", .end = 1}, 100);
	add(&(struct sample_span){.trace_id = OTHER_TRACE, .id = 2, .name = "two", .end = 1}, 200);
	add(&(struct sample_span){.id = 3, .name = "three", .end = 1}, 300);
	ck_assert(gather_oldest(gather, &since));
	ck_assert_uint_eq(since, 200);
	gather_print_idle(gather, 250);
	ck_assert(printed("two"));
	ck_assert(!printed("one"));
	ck_assert(gather_oldest(gather, &since));
	ck_assert_uint_eq(since, 300);
	gather_print_idle(gather, 300);
	ck_assert(printed("three"));
	ck_assert(!gather_oldest(gather, &since));
	end();
}
END_TEST

START_TEST(what_was_printed_is_not_printed_again)
{
	size_t len;

	begin();
	add(&(struct sample_span){.id = 1, .name = "one", .end = 1}, 1);
	gather_print_all(gather);
	len = out.len;
	gather_print_all(gather);
	ck_assert_uint_eq(out.len, len);
	end();
}
END_TEST

START_TEST(many_traces_are_all_kept_apart)
{
	begin();
	for (unsigned i = 0; i < 20000; i++) {
		char id[16] = {'t', 'r', 'a', 'c', 'e'};
		memcpy(id + 8, &i, sizeof(i));
		add(&(struct sample_span){.trace_id = id, .id = 1 + i, .name = "x", .end = 1}, i);
	}
	gather_print_all(gather);
	ck_assert_uint_eq(count("trace 74"), 20000);
	end();
}
END_TEST

START_TEST(past_its_limit_it_prints_early_and_loses_nothing)
{
	begin();
	for (unsigned i = 0; i < 70; i++) {
		struct otlp_request *request;
		struct buf spans;
		buf_init(&spans, 16 * 1024 * 1024);
		for (unsigned k = 0; k < 4000; k++)
			sample_span(&spans, &(struct sample_span){.id = i * 4000 + k + 1, .name = "bulk", .end = 1});
		request = sample_decode(&spans);
		ck_assert(gather_add(gather, request, i));
		otlp_request_unref(request);
	}
	ck_assert(printed("bulk"));
	gather_print_all(gather);
	ck_assert_uint_eq(count("bulk"), 280000);
	end();
}
END_TEST

START_TEST(ending_frees_what_was_never_printed)
{
	begin();
	add(&(struct sample_span){.id = 1, .name = "one", .end = 1}, 1);
	end();
}
END_TEST

SUITE_MAIN("gather", NULL, {spans_of_several_requests_become_one_tree, 0}, {a_trace_waits_for_its_last_span, 0},
	   {what_was_printed_is_not_printed_again, 0}, {many_traces_are_all_kept_apart, 0},
	   {past_its_limit_it_prints_early_and_loses_nothing, 0}, {ending_frees_what_was_never_printed, 0})
