/* SPDX-License-Identifier: Apache-2.0 */
#include "order.h"

#include <otel/otel.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "http.h"

static struct otel_tracer *tracer(void)
{
	return otel_tracer("shop", "1.0.0");
}

static int validate_order(const struct order *order)
{
	OTEL_SPAN(span, tracer(), "validate_order");
	otel_span_set_int(span, "order.item_count", order->item_count);
	if (order->customer)
		return 0;
	otel_span_set_status(span, OTEL_STATUS_ERROR, "order has no customer id");
	otel_span_record_exception(span, "ValidationError", "order has no customer id", OTEL_STACK_HERE, NULL, 0);
	return -1;
}

/* ---- headers of the outgoing request, as a carrier ---- */

struct header_lines {
	char text[2048];
	size_t len;
};

static void add_header(void *self, const char *name, const char *value)
{
	struct header_lines *lines = self;
	size_t room = sizeof lines->text - lines->len;
	int n = snprintf(lines->text + lines->len, room, "%s: %s\r\n", name, value);
	if (n > 0 && (size_t)n < room)
		lines->len += (size_t)n;
	else
		lines->text[lines->len] = '\0';
}

static int check_inventory(const struct order *order, const char *url_text)
{
	OTEL_SPAN_WITH(span, tracer(), "check_inventory", .kind = OTEL_KIND_CLIENT);
	struct http_url url;
	if (http_parse_url(url_text, &url) < 0)
		return otel_span_fail(span, "inventory address is not an http:// URL"), -1;

	otel_span_set_str(span, "http.request.method", "GET");
	otel_span_set_str(span, "url.full", url_text);
	otel_span_set_str(span, "server.address", url.host);
	otel_span_set_attr(span, otel_attr_str_array("shop.items", order->items, (size_t)order->item_count));

	struct header_lines lines = {.len = 0};
	otel_carrier carrier = {.size = sizeof carrier, .self = &lines, .set = add_header};
	otel_inject(NULL, &carrier);

	const char *reason = "";
	int status = http_get(&url, lines.text, &reason);
	if (status < 0)
		return otel_span_fail(span, reason), -1;
	otel_span_set_int(span, "http.response.status_code", status);
	if (status >= 400)
		otel_span_set_status(span, OTEL_STATUS_ERROR, NULL);
	return 0;
}

static void charge_customer(const struct order *order)
{
	OTEL_SPAN(span, tracer(), "charge_customer");
	static const uint8_t signature[] = {0xc0, 0xff, 0xee};
	const int64_t instalments[] = {1, 2, 3};
	const double amounts[] = {order->total / 2, order->total / 2};
	const bool checks[] = {true, false};

	otel_span_set_attrs(span, OTEL_ATTRS(otel_attr_str("payment.method", "card"),
					     otel_attr_double("payment.amount", order->total),
					     otel_attr_bool("payment.recurring", false),
					     otel_attr_bytes("payment.signature", signature, sizeof signature),
					     otel_attr_int_array("payment.instalments", instalments, 3),
					     otel_attr_double_array("payment.amounts", amounts, 2),
					     otel_attr_bool_array("payment.checks", checks, 2)));
	otel_span_add_event(span, "payment_initiated");
	otel_span_add_event_with(span, "payment_completed", 0, OTEL_ATTRS(otel_attr_str("payment.currency", "EUR")));
}

/* ---- saving happens on a worker thread, in the context of the order ---- */

struct save_job {
	const struct order *order;
	otel_context *context;
};

static void *save_order(void *arg)
{
	const struct save_job *job = arg;
	otel_token token = otel_context_attach(job->context);
	{
		OTEL_SPAN(span, tracer(), "save_order");
		otel_span_set_int(span, "order.id", job->order->number);
		otel_span_set_str(span, "db.system.name", "other_sql");
	}
	otel_detach(token);
	return NULL;
}

static void save_in_background(const struct order *order)
{
	struct save_job job = {.order = order, .context = otel_context_capture()};
	pthread_t worker;
	if (pthread_create(&worker, NULL, save_order, &job) == 0)
		pthread_join(worker, NULL);
	otel_context_unref(job.context);
}

static int create_order(const struct order *order, const char *inventory_url)
{
	OTEL_SPAN(span, tracer(), "create_order");
	otel_span_set_int(span, "order.id", order->number);
	otel_span_set_double(span, "order.total", order->total);
	otel_span_set_bool(span, "order.gift", false);
	if (order->customer)
		otel_span_set_str(span, "customer.id", order->customer);

	if (validate_order(order) < 0) {
		otel_span_set_status(span, OTEL_STATUS_ERROR, "order refused");
		printf("order %d refused: no customer id\n", order->number);
		return -1;
	}
	if (check_inventory(order, inventory_url) < 0)
		printf("order %d: inventory not reachable, taken on trust\n", order->number);
	charge_customer(order);
	save_in_background(order);
	otel_span_set_status(span, OTEL_STATUS_OK, NULL);
	printf("order %d placed for %s\n", order->number, order->customer);
	return 0;
}

int shop_run(const char *inventory_url)
{
	static const char *const items[] = {"teapot", "kettle"};
	const struct order good = {1001, "c-4711", items, 2, 49.90};
	const struct order bad = {1002, NULL, items, 1, 19.90};

	create_order(&good, inventory_url);
	create_order(&bad, inventory_url);
	return 0;
}
