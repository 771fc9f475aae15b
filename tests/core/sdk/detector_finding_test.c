/* SPDX-License-Identifier: Apache-2.0
 *
 * detector_finding_test.c - what a detector of the core hands over, and what it keeps to itself.
 */
#include "sdk/detector_finding.h"

#include <otel/semconv/schema.h>
#include <stdio.h>
#include <string.h>

#include "support/suite.h"

static otel_status finished;
static char text[65536];
static const char *opt_in;

static void keep(otel_detect_op *op, otel_status status, const otel_attr *attrs, size_t count, const char *schema_url,
		 const char *message)
{
	size_t at = 0;

	(void)op;
	(void)message;
	ck_assert_str_eq(schema_url, OTEL_SEMCONV_SCHEMA_URL);
	finished = status;
	*text = '\0';
	for (size_t i = 0; i < count; i++) {
		ck_assert_uint_eq(attrs[i].key_len, strlen(attrs[i].key));
		at += (size_t)snprintf(text + at, sizeof text - at, "%s=", attrs[i].key);
		if (attrs[i].type == OTEL_ATTR_STRING)
			at += (size_t)snprintf(text + at, sizeof text - at, "%s ", attrs[i].value.str);
		else if (attrs[i].type == OTEL_ATTR_STRING_ARRAY)
			at += (size_t)snprintf(text + at, sizeof text - at, "%s+%zu ", attrs[i].value.strs[0],
					       attrs[i].count);
		else if (attrs[i].type == OTEL_ATTR_INT)
			at += (size_t)snprintf(text + at, sizeof text - at, "%lld ", (long long)attrs[i].value.i);
		else
			at += (size_t)snprintf(text + at, sizeof text - at, "%d ", attrs[i].value.b);
	}
}

static const char *config_str(otel_setup *setup, const char *section, const char *key)
{
	(void)setup;
	ck_assert_str_eq(section, "resource");
	ck_assert_str_eq(key, "opt_in");
	return opt_in;
}

static const otel_host host = {.size = sizeof host, .config_str = config_str, .detect_finish = keep};
static struct detector_own own;

static void set_up(void)
{
	opt_in = NULL;
	ck_assert_int_eq(detector_own_open(&own, &host, NULL), OTEL_OK);
}

START_TEST(all_kinds_are_copied_and_handed_over)
{
	struct finding f = finding_begin(&own);
	char key[] = "key", value[] = "value";
	const char *const values[] = {"a", "b"};

	finding_text(&f, key, value);
	memset(key, 'x', 3);
	memset(value, 'x', 5);
	finding_int(&f, "n", -5);
	finding_bool(&f, "b", true);
	finding_texts(&f, "list", values, 2);
	finding_end(&f, NULL);
	ck_assert_int_eq(finished, OTEL_OK);
	ck_assert_str_eq(text, "key=value n=-5 b=1 list=a+2 ");
}
END_TEST

START_TEST(what_is_empty_is_no_finding_unless_people_set_it)
{
	struct finding f = finding_begin(&own);

	finding_text(&f, "a", "");
	finding_text(&f, "b", NULL);
	finding_texts(&f, "c", NULL, 0);
	finding_end(&f, NULL);
	ck_assert_int_eq(finished, OTEL_NOT_FOUND);
	f = finding_begin(&own);
	finding_setting(&f, "a", "");
	finding_end(&f, NULL);
	ck_assert_int_eq(finished, OTEL_OK);
	ck_assert_str_eq(text, "a= ");
}
END_TEST

START_TEST(there_may_be_many)
{
	struct finding f = finding_begin(&own);
	char key[16];

	for (int i = 0; i < 1000; i++) {
		snprintf(key, sizeof key, "k%d", i);
		finding_int(&f, key, i);
	}
	finding_end(&f, NULL);
	ck_assert_ptr_nonnull(strstr(text, "k0=0 "));
	ck_assert_ptr_nonnull(strstr(text, "k999=999 "));
}
END_TEST

START_TEST(on_request_means_by_name_or_pattern)
{
	struct finding f = finding_begin(&own);
	ck_assert(!finding_wants(&f, "host.ip"));
	opt_in = "process.command_args, host.*";
	f = finding_begin(&own);
	ck_assert(finding_wants(&f, "host.ip"));
	ck_assert(finding_wants(&f, "process.command_args"));
	ck_assert(!finding_wants(&f, "process.command_line"));
}
END_TEST

SUITE_MAIN("detector_finding", set_up, {all_kinds_are_copied_and_handed_over, 0},
	   {what_is_empty_is_no_finding_unless_people_set_it, 0}, {there_may_be_many, 0},
	   {on_request_means_by_name_or_pattern, 0})
