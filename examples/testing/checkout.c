/* SPDX-License-Identifier: Apache-2.0
 *
 * checkout.c - as it stands in the program: it knows the API alone, and nothing of who looks at its spans.
 */
#include "checkout.h"

#include <otel/otel.h>
#include <string.h>

static struct otel_tracer *tracer(void)
{
	return otel_tracer("shop.checkout", "1.4.0");
}

static bool charge(const char *card)
{
	OTEL_SPAN_WITH(span, tracer(), "charge card", .kind = OTEL_KIND_CLIENT);
	const bool is_accepted = strcmp(card, "stolen") != 0;

	if (!is_accepted)
		otel_span_fail_with(span, "card_declined", "the card was declined");
	return is_accepted;
}

bool checkout(int items, const char *card)
{
	OTEL_SPAN(span, tracer(), "checkout");

	otel_span_set_int(span, "shop.items", items);
	return charge(card);
}
