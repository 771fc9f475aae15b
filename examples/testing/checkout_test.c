/* SPDX-License-Identifier: Apache-2.0
 *
 * checkout_test.c - a unit test of instrumentation, without a test library: the exporter "memory" keeps the spans, and
 * otel/memory.h shows them.
 *
 *     gcc checkout_test.c checkout.c -lotel_sdk -lotel_api -o checkout_test && ./checkout_test
 */
#include <otel/memory.h>
#include <otel/sdk.h>
#include <stdio.h>
#include <string.h>

#include "checkout.h"

static int failures;

static void check(bool is_so, const char *what)
{
	if (!is_so)
		fprintf(stderr, "FAILED: %s\n", what);
	failures += !is_so;
}

static bool start(void)
{
	static const otel_setting settings[] = {{"traces.exporter", "memory"}, {"traces.sampler", "always_on"}};
	const otel_status status = otel_sdk_start(OTEL_SDK_OPTIONS(.settings = settings, .setting_count = 2));

	if (status != OTEL_OK)
		fprintf(stderr, "the SDK does not start: %s\n", otel_last_error());
	return status == OTEL_OK;
}

/* What checkout() exports; what earlier tests left is forgotten. */
static void run(int items, const char *card)
{
	otel_memory_clear();
	checkout(items, card);
	check(otel_sdk_flush(5000) == OTEL_OK, "the spans are exported");
}

static void test_a_checkout_has_its_items_and_a_charge_inside(void)
{
	run(3, "good");
	const otel_memory_span *checkout = otel_memory_find("checkout"), *charge = otel_memory_find("charge card");
	check(otel_memory_count() == 2 && checkout && charge, "there are two spans");
	if (!checkout || !charge)
		return;
	const otel_attr *items = otel_memory_attr(checkout->attrs, "shop.items");
	check(items && items->type == OTEL_ATTR_INT && items->value.i == 3, "the number of items is an attribute");
	check(charge->kind == OTEL_KIND_CLIENT, "a charge is a call of somebody else");
	check(!memcmp(charge->parent.span_id, checkout->context.span_id, 8), "the charge is a child of the checkout");
	check(charge->status == OTEL_STATUS_UNSET, "an accepted charge is not an error");
	check(!strcmp(charge->scope_name, "shop.checkout"), "the spans are from this library");
}

static void test_a_declined_card_is_an_error_of_the_charge(void)
{
	run(1, "stolen");
	const otel_memory_span *charge = otel_memory_find("charge card");
	check(charge && charge->status == OTEL_STATUS_ERROR, "the charge has failed");
	if (!charge)
		return;
	const otel_attr *type = otel_memory_attr(charge->attrs, "error.type");
	check(type && type->type == OTEL_ATTR_STRING && !strcmp(type->value.str, "card_declined"), "and says why");
	check(charge->event_count == 1 && !strcmp(charge->events[0].name, "exception"), "an event has the rest");
}

int main(void)
{
	if (!start())
		return 1;
	test_a_checkout_has_its_items_and_a_charge_inside();
	test_a_declined_card_is_an_error_of_the_charge();
	check(otel_sdk_stop(5000) == OTEL_OK, "the SDK stops");
	return failures ? 1 : 0;
}
