/* SPDX-License-Identifier: Apache-2.0
 *
 * tracer_test.c - interning. The tables are for ever, so the tests run in this order, and the last one fills them.
 */
#include <otel/otel.h>
#include <pthread.h>
#include <stdio.h>

#include "api/slot.h"
#include "support/suite.h"

static uint64_t dropped(void)
{
	return otel_api_slot_v1()->dropped;
}

START_TEST(the_same_scope_is_the_same_tracer)
{
	char name[] = "shop";
	struct otel_tracer *a = otel_tracer_get(name, "1", "http://s");

	name[0] = 'X';
	ck_assert_str_eq(a->name, "shop");
	ck_assert_str_eq(a->version, "1");
	ck_assert_str_eq(a->schema_url, "http://s");
	ck_assert_ptr_eq(otel_tracer_get("shop", "1", "http://s"), a);
}
END_TEST

START_TEST(scope_attributes_are_copied_and_their_order_does_not_count)
{
	char key[] = "tier", value[] = "gold";
	static const char *const names[] = {"a", NULL, "c"};
	otel_attr attrs[] = {otel_attr_str(key, value), otel_attr_int("shard", 3),
			     otel_attr_str_array("names", names, 3)};
	otel_attr turned[] = {attrs[2], attrs[1], otel_attr_str("tier", "silver"), otel_attr_str("tier", "gold")};
	struct otel_tracer *a = otel_tracer_with("attrs", "1", OTEL_TRACER_OPTIONS(.attrs = attrs, .attr_count = 3));

	key[0] = value[0] = 'X';
	ck_assert_uint_eq(a->attr_count, 3);
	ck_assert_mem_eq(a->attrs[0].key, "tier", 4);
	ck_assert_mem_eq(a->attrs[0].value.str, "gold", 4);
	ck_assert_str_eq(a->attrs[2].value.strs[2], "c");
	ck_assert_ptr_null(a->attrs[2].value.strs[1]);
	ck_assert_ptr_eq(otel_tracer_with("attrs", "1", OTEL_TRACER_OPTIONS(.attrs = turned, .attr_count = 4)), a);
	turned[1].value.i = 4;
	ck_assert_ptr_ne(otel_tracer_with("attrs", "1", OTEL_TRACER_OPTIONS(.attrs = turned, .attr_count = 4)), a);
	ck_assert_ptr_ne(otel_tracer("attrs", "1"), a);
	ck_assert_ptr_eq(otel_tracer_with("attrs", "1", NULL), otel_tracer("attrs", "1"));
}
END_TEST

START_TEST(scope_attributes_that_cannot_be_are_left_out_and_counted)
{
	const otel_attr inner[] = {otel_attr_int(NULL, 1)};
	const otel_attr attrs[] = {otel_attr_array("nested", inner, 1), otel_attr_int(NULL, 1), otel_attr_int("ok", 1)};
	uint64_t before = dropped();
	struct otel_tracer *t = otel_tracer_with("odd", "1", OTEL_TRACER_OPTIONS(.attrs = attrs, .attr_count = 3));

	ck_assert_uint_eq(t->attr_count, 1);
	ck_assert_uint_eq(dropped(), before + 2);
	ck_assert_ptr_eq(otel_tracer_with("odd", "1", OTEL_TRACER_OPTIONS(.attrs = attrs, .attr_count = 3)), t);
}
END_TEST

START_TEST(every_part_counts)
{
	struct otel_tracer *a = otel_tracer("shop", "1");

	ck_assert_ptr_ne(otel_tracer("shop", "2"), a);
	ck_assert_ptr_ne(otel_tracer("shop", NULL), a);
	ck_assert_ptr_ne(otel_tracer("shop1", ""), a);
	ck_assert_ptr_ne(otel_tracer_get("shop", "1", "s"), a);
	ck_assert_ptr_eq(otel_tracer("shop", NULL), otel_tracer("shop", ""));
	ck_assert_ptr_null(otel_tracer("shop", "")->version);
}
END_TEST

START_TEST(no_name_is_a_working_tracer)
{
	ck_assert_str_eq(otel_tracer(NULL, NULL)->name, "");
	ck_assert_ptr_eq(otel_tracer(NULL, NULL), otel_tracer("", NULL));
	ck_assert_str_eq(otel_tracer("", "3")->name, "");
	ck_assert_str_eq(otel_tracer("", "3")->version, "3");
}
END_TEST

static void *intern(void *arg)
{
	struct otel_tracer **tracers = arg;
	char name[16];

	for (int i = 0; i < 100; i++) {
		snprintf(name, sizeof(name), "race%d", i);
		tracers[i] = otel_tracer(name, NULL);
	}
	return NULL;
}

START_TEST(threads_at_once_get_the_same_tracers_and_waste_little)
{
	static struct otel_tracer *tracers[4][100];
	pthread_t threads[4];

	for (int i = 0; i < 4; i++)
		ck_assert(!pthread_create(&threads[i], NULL, intern, tracers[i]));
	for (int i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
	for (int i = 1; i < 4; i++)
		ck_assert_mem_eq(tracers[0], tracers[i], sizeof(tracers[0]));
	ck_assert_str_eq(tracers[0][99]->name, "race99");
	ck_assert_uint_eq(dropped(), 0);
}
END_TEST

START_TEST(a_name_larger_than_the_arena_is_unnamed_and_counted)
{
	static char name[20000];

	memset(name, 'n', sizeof(name) - 1);
	ck_assert_ptr_eq(otel_tracer(name, NULL), otel_tracer(NULL, NULL));
	ck_assert_uint_eq(dropped(), 1);
}
END_TEST

START_TEST(past_the_table_scopes_are_unnamed_and_counted)
{
	struct otel_tracer *first = otel_tracer("many0", NULL);
	uint64_t before = dropped();
	char name[16];

	for (int i = 0; i < 300; i++) {
		snprintf(name, sizeof(name), "many%d", i);
		ck_assert_ptr_nonnull(otel_tracer(name, NULL));
	}
	ck_assert_ptr_eq(otel_tracer("many299", NULL), otel_tracer(NULL, NULL));
	ck_assert_ptr_eq(otel_tracer("many0", NULL), first);
	ck_assert_uint_gt(dropped(), before + 40);
}
END_TEST

SUITE_MAIN("tracer", NULL, {the_same_scope_is_the_same_tracer, 0},
	   {scope_attributes_are_copied_and_their_order_does_not_count, 0}, {every_part_counts, 0},
	   {no_name_is_a_working_tracer, 0}, {threads_at_once_get_the_same_tracers_and_waste_little, 0},
	   {a_name_larger_than_the_arena_is_unnamed_and_counted, 0},
	   {scope_attributes_that_cannot_be_are_left_out_and_counted, 0},
	   {past_the_table_scopes_are_unnamed_and_counted, 0})
