/* SPDX-License-Identifier: Apache-2.0
 *
 * skew_api_test.c - today's API on SDKs that are older or newer than itself: their table of functions is as long as it
 * was then and ends at a page that must not be touched. Every call of the API is made on each.
 */
#include <otel/otel.h>

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "api/slot.h"
#include "core/api/fake_provider.h"
#include "support/every_call.h"
#include "support/suite.h"

#define UP_TO(type, field) (offsetof(type, field) + sizeof(((type *)0)->field))

/* ---- what came after the first day ---- */

static unsigned keys_set, fields_asked, responses;

static const char *field(size_t index)
{
	fields_asked++;
	return index ? NULL : "traceparent";
}

static void set_key_str(struct otel_thread *th, otel_span span, otel_key *key, const char *value, size_t len)
{
	(void)th, (void)span, (void)key, (void)value, (void)len;
	keys_set++;
}

static void set_key_bool(struct otel_thread *th, otel_span span, otel_key *key, bool value)
{
	(void)th, (void)span, (void)key, (void)value;
	keys_set++;
}

static void set_key_int(struct otel_thread *th, otel_span span, otel_key *key, int64_t value)
{
	(void)th, (void)span, (void)key, (void)value;
	keys_set++;
}

static void set_key_double(struct otel_thread *th, otel_span span, otel_key *key, double value)
{
	(void)th, (void)span, (void)key, (void)value;
	keys_set++;
}

static void inject_response(const otel_span_context *span, const otel_carrier *carrier)
{
	(void)span, (void)carrier;
	responses++;
}

static const struct {
	size_t size;
	unsigned keys, fields, responses; /* calls that arrive */
} ages[] = {
	{UP_TO(struct otel_provider, misuse), 0, 0, 0},         {UP_TO(struct otel_provider, field), 0, 1, 0},
	{UP_TO(struct otel_provider, set_key_double), 4, 1, 0}, {UP_TO(struct otel_provider, inject_response), 4, 1, 1},
	{sizeof(struct otel_provider) + 64, 4, 1, 1},
};

/* A table of that size, behind which nothing can be read. */
static const struct otel_provider *cut(size_t size)
{
	const size_t page = (size_t)sysconf(_SC_PAGESIZE);
	struct otel_provider whole = fake_provider;
	char *pages = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	ck_assert_ptr_ne(pages, MAP_FAILED);
	ck_assert_int_eq(mprotect(pages + page, page, PROT_NONE), 0);
	whole.size = size;
	whole.field = field;
	whole.set_key_str = set_key_str;
	whole.set_key_bool = set_key_bool;
	whole.set_key_int = set_key_int;
	whole.set_key_double = set_key_double;
	whole.inject_response = inject_response;
	char *table = pages + page - size;
	memcpy(table, &whole, size < sizeof whole ? size : sizeof whole);
	return (const struct otel_provider *)(const void *)table;
}

static void set_keys(otel_span span)
{
	OTEL_KEY(text, "text");
	OTEL_KEY(number, "number");

	otel_span_set_str_k(span, &text, "v");
	otel_span_set_bool_k(span, &number, true);
	otel_span_set_int_k(span, &number, 1);
	otel_span_set_double_k(span, &number, 0.5);
}

START_TEST(an_sdk_of_another_age_is_used_as_far_as_it_goes)
{
	const otel_carrier carrier = {.size = sizeof carrier, .set = every_call_set, .get = every_call_get};
	const otel_span_context remote = {.trace_id = {1}, .span_id = {1}, .is_remote = 1};
	otel_context *context = otel_context_with_span_context(NULL, &remote, "a=1");

	memset(&fake_calls, 0, sizeof fake_calls);
	keys_set = fields_asked = responses = 0;
	atomic_store(&otel_api_slot_v1()->provider, cut(ages[_i].size));
	every_call(context);
	OTEL_SPAN(span, otel_tracer("skew", "1"), "skew");
	set_keys(span);
	otel_inject_response(&carrier);
	(void)otel_propagation_field(0);

	ck_assert_uint_eq(fake_calls.started, fake_calls.ended + 1);
	ck_assert_uint_ge(fake_calls.started, 4);
	ck_assert_uint_ge(fake_calls.set, 6);
	/* Setters by handle reach an SDK that does not know them by their names. */
	ck_assert_uint_eq(keys_set, ages[_i].keys);
	ck_assert_uint_eq(fields_asked, ages[_i].fields);
	ck_assert_uint_eq(responses, ages[_i].responses);
	otel_context_unref(context);
}
END_TEST

SUITE_MAIN("skew of the SDK", NULL,
	   {an_sdk_of_another_age_is_used_as_far_as_it_goes, (int)(sizeof ages / sizeof *ages)})
