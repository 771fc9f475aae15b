/* SPDX-License-Identifier: Apache-2.0
 *
 * baggage_headers_test.c - one header an entry: bounds, and entries that have no place in headers. What the formats
 * make of it is in their own tests.
 */
#include "plugins/propagation/baggage_headers.h"

#include <otel/otel.h>
#include <stdio.h>

#include "core/api/header_list.h"
#include "plugin/registry.h"
#include "support/suite.h"

static const struct baggage_format encoded = {.prefix = "p-", .is_encoded = true};
static const struct baggage_format raw = {.prefix = "p-", .is_encoded = false};
static struct header_list headers;

static void clear(void)
{
	header_list_clear(&headers);
}

static otel_baggage *read_headers(const struct baggage_format *format)
{
	otel_carrier carrier = header_list_carrier(&headers);

	return baggage_headers_read(&registry_host, format, &carrier, NULL);
}

static void add_long(const char *name, size_t len)
{
	char *value = malloc(len + 1);

	memset(value, 'v', len);
	value[len] = '\0';
	header_list_add(&headers, name, value);
	free(value);
}

START_TEST(at_most_as_many_entries_are_read_as_a_baggage_holds)
{
	otel_baggage *baggage;
	char name[16];

	for (int i = 0; i < 200; i++) {
		snprintf(name, sizeof name, "p-k%d", i);
		header_list_add(&headers, name, "v");
	}
	baggage = read_headers(&encoded);
	ck_assert_uint_eq(otel_baggage_count(baggage), 64);
	otel_baggage_unref(baggage);
}
END_TEST

START_TEST(values_too_long_to_be_kept_are_left_out_and_others_stay)
{
	otel_baggage *baggage;

	add_long("p-huge", 65536);
	add_long("p-big", 9000);
	add_long("p-ok", 8000);
	header_list_add(&headers, "p-small", "v");
	baggage = read_headers(&raw);
	ck_assert_uint_eq(otel_baggage_count(baggage), 2);
	ck_assert_ptr_nonnull(otel_baggage_value(baggage, "ok"));
	ck_assert_str_eq(otel_baggage_value(baggage, "small"), "v");
	otel_baggage_unref(baggage);
}
END_TEST

START_TEST(a_prefix_alone_or_inside_a_name_is_no_entry)
{
	header_list_add(&headers, "p-", "v");
	header_list_add(&headers, "x-p-a", "v");
	header_list_add(&headers, "p", "v");
	ck_assert_ptr_null(read_headers(&raw));
}
END_TEST

START_TEST(two_headers_of_one_entry_contradict_each_other)
{
	header_list_add(&headers, "p-a", "1");
	header_list_add(&headers, "P-A", "2");
	ck_assert_ptr_null(read_headers(&raw));
}
END_TEST

START_TEST(the_longest_value_is_written_whole)
{
	otel_carrier carrier = header_list_carrier(&headers);
	static char value[2700];
	otel_baggage *baggage;
	otel_context *context;

	memset(value, ' ', sizeof value - 1);
	baggage = otel_baggage_with(NULL, "a", value, NULL);
	context = otel_context_with_baggage(NULL, baggage);
	baggage_headers_write(&registry_host, &encoded, context, &carrier);
	ck_assert_uint_eq(strlen(header_list_get(&headers, "p-a", 0)), 3 * (sizeof value - 1));
	otel_context_unref(context);
	otel_baggage_unref(baggage);
}
END_TEST

START_TEST(hosts_of_abi_1_0_do_not_offer_it)
{
	otel_host old = registry_host;

	ck_assert(baggage_headers_are_supported(&old));
	old.size = offsetof(otel_host, baggage_count);
	ck_assert(!baggage_headers_are_supported(&old));
}
END_TEST

SUITE_MAIN("baggage_headers", clear, {at_most_as_many_entries_are_read_as_a_baggage_holds, 0},
	   {values_too_long_to_be_kept_are_left_out_and_others_stay, 0},
	   {a_prefix_alone_or_inside_a_name_is_no_entry, 0}, {two_headers_of_one_entry_contradict_each_other, 0},
	   {the_longest_value_is_written_whole, 0}, {hosts_of_abi_1_0_do_not_offer_it, 0})
