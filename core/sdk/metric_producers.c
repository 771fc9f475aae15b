/* SPDX-License-Identifier: Apache-2.0
 *
 * metric_producers.c - see the header. One request for all producers: their ScopeMetrics below the one resource.
 */
#include "sdk/metric_producers.h"

#include "sdk/request_items.h"
#include "sdk/resource.h"
#include "sdk/submit.h"
#include "util/buf.h"
#include "util/clock.h"
#include "util/diag.h"
#include "util/wire.h"

static struct {
	struct component *list[METRIC_PRODUCERS_MAX];
	size_t count;
	uint32_t interval_ms;
	uint64_t due;
	uint64_t collections;
	uint64_t collecting_ns; /* all of them */
} producers = {.due = UINT64_MAX};

void metric_producers_setup(struct component *const *list, size_t count, uint32_t interval_ms)
{
	producers.collections = producers.collecting_ns = 0;
	producers.count = count < METRIC_PRODUCERS_MAX ? count : METRIC_PRODUCERS_MAX;
	producers.interval_ms = interval_ms;
	producers.due = producers.count ? clock_mono_ms() + interval_ms : UINT64_MAX;
	for (size_t i = 0; i < producers.count; i++)
		producers.list[i] = list[i];
}

bool metric_producers_exist(void)
{
	return producers.count > 0;
}

uint64_t metric_producers_due(void)
{
	return producers.due;
}

static void put_scope_metrics(void *arg, const uint8_t *scope_metrics, size_t len)
{
	wire_append_len(arg, WIRE_TAG(RESOURCE_SCOPES, WIRE_LEN), scope_metrics, len);
}

/* What a producer hands over before it fails is left out as well: it may be half of something. */
static void ask(struct component *component, struct buf *metrics)
{
	const otel_metric_producer *producer = component->vtable;
	const size_t before = metrics->len;
	const otel_status status = producer->produce(component->self, put_scope_metrics, metrics);

	if (!status && !metrics->failed)
		return;
	diag(DIAG_WARN, "metric_producer \"%s\": its metrics are left out: %s", component->name,
	     metrics->failed ? "there is no room for them" : "it failed");
	metrics->len = before;
	metrics->failed = false;
}

static void submit_metrics(const struct buf *metrics)
{
	struct buf request;
	size_t resource_len;
	const uint8_t *resource = resource_encoded(&resource_len);

	buf_init(&request, SUBMIT_MAX_BYTES);
	wire_append_len_head(&request, WIRE_TAG(REQUEST_RESOURCES, WIRE_LEN), resource_len + metrics->len);
	buf_append(&request, resource, resource_len);
	buf_append(&request, metrics->data, metrics->len);
	if (request.failed || submit_own(OTEL_SIGNAL_METRICS, request.data, request.len) == OTEL_INVALID)
		diag(DIAG_ERROR, "what metric producers made is no OTLP; it is dropped");
	buf_fini(&request);
}

void metric_producers_took(uint64_t *count, uint64_t *ns)
{
	*count = producers.collections;
	*ns = producers.collecting_ns;
}

void metric_producers_collect(uint64_t now_ms, bool all)
{
	struct buf metrics;

	if (!producers.count || (!all && now_ms < producers.due))
		return;
	producers.due = now_ms + producers.interval_ms;
	buf_init(&metrics, SUBMIT_MAX_BYTES);
	const uint64_t began = clock_read(CLOCK_MONOTONIC);
	for (size_t i = 0; i < producers.count; i++)
		ask(producers.list[i], &metrics);
	producers.collecting_ns += clock_read(CLOCK_MONOTONIC) - began;
	producers.collections++;
	if (metrics.len)
		submit_metrics(&metrics);
	buf_fini(&metrics);
}
