/* SPDX-License-Identifier: Apache-2.0
 *
 * method_test.c - methods as the semantic conventions name them.
 */
#include "plugins/curl/method.h"

#include "support/suite.h"

static const struct {
	const char *wire, *name, *original, *span;
} vectors[] = {
	{"GET", "GET", NULL, "GET"},
	{"POST", "POST", NULL, "POST"},
	{"PATCH", "PATCH", NULL, "PATCH"},
	{"TRACE", "TRACE", NULL, "TRACE"},
	{"PURGE", "_OTHER", "PURGE", "HTTP"},
	{"get", "_OTHER", "get", "HTTP"},
	{"PROPFIND", "_OTHER", "PROPFIND", "HTTP"},
};

START_TEST(an_unknown_method_is_other_and_keeps_its_original)
{
	struct method m = method_of(vectors[_i].wire);

	ck_assert_str_eq(m.name, vectors[_i].name);
	ck_assert_pstr_eq(m.original, vectors[_i].original);
	ck_assert_str_eq(m.span_name, vectors[_i].span);
}
END_TEST

SUITE_MAIN("plugins/curl/method", NULL,
	   {an_unknown_method_is_other_and_keeps_its_original, sizeof vectors / sizeof *vectors})
