/* SPDX-License-Identifier: Apache-2.0
 *
 * discard_test.c - what limits take away is said once, with the name of the limit.
 */
#include "sdk/discard.h"

#include "core/plugin/support.h"
#include "support/suite.h"
#include "util/diag.h"

static void setup(void)
{
}

START_TEST(each_limit_is_named_once)
{
	static const struct span_limits limits = {3, UINT32_MAX, 64, 4, 5, 128, 128};
	struct record r = {.limits = &limits};

	said_begin();
	diag_setup(NULL, DIAG_WARN);
	discard_say(&r);
	ck_silent();
	r.attrs.dropped = 1;
	discard_say(&r);
	CK_SAID_LINE("OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "more than 3 attributes");
	r.event_dropped = r.link_dropped = 1;
	discard_say(&r);
	ck_said("OTEL_SPAN_LINK_COUNT_LIMIT: a span has more than 5 links");
	discard_say(&r);
	ck_silent();
	said_end();
}
END_TEST

SUITE_MAIN("discard", setup, {each_limit_is_named_once, 0})
