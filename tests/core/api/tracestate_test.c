/* SPDX-License-Identifier: Apache-2.0
 *
 * tracestate_test.c - tracestate values as the SDK makes and shares them, and carriers that change under the reader.
 */
#include "api/tracestate.h"

#include <string.h>

#include "header_list.h"
#include "support/suite.h"

static const char *made(const char *text)
{
	static char copy[20000];
	struct otel_tracestate *tracestate = otel_tracestate_make_v1(text, otel_strlen(text));

	if (!tracestate)
		return NULL;
	ck_assert_uint_eq(tracestate->len, strlen(tracestate->text));
	strcpy(copy, tracestate->text);
	otel_tracestate_unref_v1(tracestate);
	return copy;
}

START_TEST(blanks_and_empty_members_are_left_out)
{
	ck_assert_str_eq(made(" a=1 ,\t, b= 2\t,,"), "a=1,b= 2");
}
END_TEST

START_TEST(nothing_comes_of_nothing)
{
	ck_assert_ptr_null(made(NULL));
	ck_assert_ptr_null(made(""));
	ck_assert_ptr_null(made(" , ,"));
}
END_TEST

START_TEST(one_bad_member_spoils_the_list)
{
	const char *const bad[] = {"a=1,b", "a=1,=2", "a=1,b=", "a=1,B=2", "a=1,b=\x7f", "a=1,b=\xc3\xa9", "a=1,b=x=y"};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ck_assert_msg(!made(bad[i]), "%s", bad[i]);
}
END_TEST

START_TEST(a_zero_byte_is_no_part_of_key_or_value)
{
	ck_assert_ptr_null(otel_tracestate_make_v1("a\0b=1", 5));
	ck_assert_ptr_null(otel_tracestate_make_v1("a=1\0", 4));
}
END_TEST

START_TEST(the_longest_list_is_kept_whole)
{
	static char text[20000];
	char *p = text;

	for (int i = 0; i < 32; i++) {
		if (i)
			*p++ = ',';
		memset(p, 'a' + i % 26, 256);
		p[256] = '=';
		memset(p + 257, 'v', 256);
		p += 513;
	}
	ck_assert_str_eq(made(text), text);
}
END_TEST

START_TEST(references_are_counted)
{
	struct otel_tracestate *tracestate = otel_tracestate_make_v1("a=1", 3);

	ck_assert_ptr_eq(otel_tracestate_ref_v1(tracestate), tracestate);
	otel_tracestate_unref_v1(tracestate);
	ck_assert_str_eq(tracestate->text, "a=1");
	otel_tracestate_unref_v1(tracestate);
	otel_tracestate_unref_v1(NULL);
	ck_assert_ptr_null(otel_tracestate_ref_v1(NULL));
}
END_TEST

/* A getter whose answers grow from call to call. */
static const char *growing(void *self, const char *name, size_t index)
{
	static const char *const answers[] = {"a=1", NULL, "a=1,b=2,c=3", NULL};

	(void)name;
	(void)index;
	return answers[(*(size_t *)self)++ % 4];
}

START_TEST(a_carrier_that_changes_between_two_looks_gives_nothing)
{
	size_t calls = 0;
	otel_carrier carrier = {.size = sizeof(carrier), .self = &calls, .get = growing};

	ck_assert_ptr_null(tracestate_read(&carrier));
}
END_TEST

static const char *endless(void *self, const char *name, size_t index)
{
	(void)self;
	(void)name;
	(void)index;
	return "";
}

START_TEST(a_carrier_without_end_is_left_at_some_point)
{
	otel_carrier carrier = {.size = sizeof(carrier), .get = endless};

	ck_assert_ptr_null(tracestate_read(&carrier));
}
END_TEST

/* Members of these lengths, in order: "a…=v…". */
static struct otel_tracestate *of_lengths(const size_t *lengths, size_t count)
{
	static char text[20000];
	char *p = text;

	for (size_t i = 0; i < count; i++) {
		size_t key = lengths[i] > 256 ? 256 : 1;
		memset(p, 'x', lengths[i]);
		p[0] = (char)('a' + i);
		p[key] = '=';
		p[lengths[i]] = ',';
		p += lengths[i] + 1;
	}
	p[-1] = '\0';
	return otel_tracestate_make_v1(text, (size_t)(p - text) - 1);
}

/* The first letters of the members that are sent. */
static const char *sent(const size_t *lengths, size_t count)
{
	struct otel_tracestate *tracestate = of_lengths(lengths, count);
	char cut[TRACESTATE_SENT_MAX + 1];
	static char letters[33];
	size_t n = 0;

	ck_assert_ptr_nonnull(tracestate);
	for (const char *p = tracestate_sent(tracestate, cut); *p; p += strcspn(p, ","), p += *p == ',')
		letters[n++] = *p;
	letters[n] = '\0';
	ck_assert_uint_le(strlen(tracestate_sent(tracestate, cut)), TRACESTATE_SENT_MAX);
	otel_tracestate_unref_v1(tracestate);
	return letters;
}
#define SENT(...) sent((const size_t[]){__VA_ARGS__}, sizeof((const size_t[]){__VA_ARGS__}) / sizeof(size_t))

START_TEST(up_to_512_characters_are_sent_whole)
{
	ck_assert_str_eq(SENT(512), "a");
	ck_assert_str_eq(SENT(200, 200, 110), "abc");
	ck_assert_str_eq(SENT(127, 127, 127, 128), "abcd");
}
END_TEST

START_TEST(what_is_longer_loses_long_members_first_and_then_the_last)
{
	ck_assert_str_eq(SENT(200, 200, 111), "ac");
	ck_assert_str_eq(SENT(20, 400, 100), "ac");
	ck_assert_str_eq(SENT(300, 20, 300, 20), "abd");
	ck_assert_str_eq(SENT(128, 128, 128, 128), "abc");
	ck_assert_str_eq(SENT(128, 129, 128, 128, 128, 3), "acd");
	ck_assert_str_eq(SENT(513), "");
}
END_TEST

START_TEST(a_tracestate_of_which_nothing_is_sent_gives_no_header)
{
	struct otel_tracestate *tracestate = of_lengths((const size_t[]){513}, 1);
	otel_span_context sc = {.trace_id = {1}, .span_id = {1}};
	otel_context *context = otel_context_with_span_context(NULL, &sc, tracestate->text);
	struct header_list list = {0};
	otel_carrier carrier = header_list_carrier(&list);

	otel_tracecontext_inject_v1(context, &carrier);
	ck_assert_uint_eq(list.count, 1);
	header_list_clear(&list);
	otel_context_unref(context);
	otel_tracestate_unref_v1(tracestate);
}
END_TEST

SUITE_MAIN("tracestate", NULL, {blanks_and_empty_members_are_left_out, 0}, {nothing_comes_of_nothing, 0},
	   {one_bad_member_spoils_the_list, 0}, {a_zero_byte_is_no_part_of_key_or_value, 0},
	   {the_longest_list_is_kept_whole, 0}, {references_are_counted, 0},
	   {a_carrier_that_changes_between_two_looks_gives_nothing, 0},
	   {a_carrier_without_end_is_left_at_some_point, 0}, {up_to_512_characters_are_sent_whole, 0},
	   {what_is_longer_loses_long_members_first_and_then_the_last, 0},
	   {a_tracestate_of_which_nothing_is_sent_gives_no_header, 0})
