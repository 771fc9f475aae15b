/* SPDX-License-Identifier: Apache-2.0
 *
 * self_metrics.c - see the header. Nothing is counted for this: it is put together from what is counted anyway.
 *
 * Spans that are not sampled leave no trace in any counter, so otel.sdk.span.started has those alone that are.
 */
#include "sdk/self_metrics.h"

#include <otel/version.h>

#include <stdio.h>
#include <string.h>

#include "sdk/fork_epoch.h"
#include "sdk/live_spans.h"
#include "sdk/metric_producers.h"
#include "sdk/pipeline_state.h"
#include "sdk/self_names.h"
#include "sdk/self_point.h"
#include "sdk/request_items.h"
#include "sdk/span_log.h"
#include "sdk/stats.h"
#include "util/clock.h"
#include "util/str.h"
#include "util/wire.h"

#define METRICS_MAX ((size_t)1 << 20)

/* Where a signal's requests go, as far as it is set for the exporter "otlp". */
struct address {
	char host[SELF_NAME_MAX];
	uint32_t port;
	const char *protocol;
};

static struct {
	struct address addresses[EXPORT_SIGNALS];
	uint64_t start_ns; /* since when is counted */
	uint64_t started; /* the last value of otel.sdk.span.started: it never falls */
	uint32_t epoch;
} self;

static void add_text(struct self_attrs *attrs, const char *key, const char *text)
{
	attrs->list[attrs->count++] = (struct self_attr){.key = key, .text = text};
}

/* One point with one more attribute; its value may be NULL. */
static void put_point(struct self_writer *w, uint64_t value, const struct self_attrs *common, const char *key,
		      const char *text)
{
	struct self_attrs attrs = *common;

	if (text)
		add_text(&attrs, key, text);
	self_point(w, value, &attrs);
}

/* ---- spans ---- */

static void put_spans(struct self_writer *w)
{
	static const struct self_attrs none;
	static const char result[] = "otel.span.sampling_result";
	const struct live_spans live = live_spans();
	const uint64_t started = span_log_created() + live.sampled;

	if (started > self.started)
		self.started = started;
	put_point(w, self.started, &none, result, "RECORD_AND_SAMPLE");
	self_sum(w, "otel.sdk.span.started", "{span}", true);
	put_point(w, live.sampled, &none, result, "RECORD_AND_SAMPLE");
	put_point(w, live.unsampled, &none, result, "RECORD_ONLY");
	self_sum(w, "otel.sdk.span.live", "{span}", false);
}

static uint64_t count_of(_Atomic uint64_t *counter)
{
	return atomic_load_explicit(counter, memory_order_relaxed);
}

/* Handed to the exporters, whatever became of them; and what never came there. */
static void put_processed(struct self_writer *w, const struct self_attrs *attrs)
{
	const struct {
		uint64_t spans;
		const char *error;
	} rows[] = {
		{count_of(&stats.accepted) + count_of(&stats.dropped_rejected) + count_of(&stats.dropped_retry) +
			 count_of(&stats.spooled),
		 NULL},
		{count_of(&stats.dropped_queue_full), "queue_full"},
		{count_of(&stats.dropped_shutdown), "already_shutdown"},
		{count_of(&stats.dropped_no_memory), "no_memory"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (!rows[i].error || rows[i].spans)
			put_point(w, rows[i].spans, attrs, "error.type", rows[i].error);
	self_sum(w, "otel.sdk.processor.span.processed", "{span}", true);
}

static void put_processor(struct self_writer *w)
{
	const char *type = pl.options.simple ? "simple_span_processor" : "batching_span_processor";
	const char *name = pl.options.simple ? "simple_span_processor/0" : "batching_span_processor/0";
	struct self_attrs attrs = {.count = 0};

	add_text(&attrs, "otel.component.name", name);
	add_text(&attrs, "otel.component.type", type);
	put_processed(w, &attrs);
	if (pl.options.simple)
		return; /* it has no queue to speak of */
	self_point(w, span_log_queued(), &attrs);
	self_sum(w, "otel.sdk.processor.span.queue.size", "{span}", false);
	self_point(w, pl.options.max_queue_size, &attrs);
	self_sum(w, "otel.sdk.processor.span.queue.capacity", "{span}", false);
}

/* ---- exporters ---- */

/* One exporter of one signal. */
struct exporting {
	const struct export_queue *queue;
	unsigned signal;
	char type[SELF_NAME_MAX];
	char name[SELF_NAME_MAX];
	struct self_attrs attrs;
};

static void describe(struct exporting *e, const struct export_queue *queue, unsigned signal)
{
	const bool is_otlp = strcmp(queue->exporter->name, "otlp") == 0;
	const struct address *address = &self.addresses[signal];

	*e = (struct exporting){.queue = queue, .signal = signal};
	self_exporter_type(e->type, queue->exporter->name, signal, address->protocol);
	snprintf(e->name, sizeof e->name, "%.120s/0", e->type);
	add_text(&e->attrs, "otel.component.name", e->name);
	add_text(&e->attrs, "otel.component.type", e->type);
	if (!is_otlp || !*address->host)
		return;
	add_text(&e->attrs, "server.address", address->host);
	if (address->port)
		e->attrs.list[e->attrs.count++] = (struct self_attr){.key = "server.port", .number = address->port};
}

/* NULL: it went well. */
static const char *const errors[BATCH_LOSSES] = {
	[BATCH_QUEUE_FULL] = "queue_full", [BATCH_REJECTED] = "rejected",          [BATCH_SHUTDOWN] = "shutdown",
	[BATCH_PROCESSED] = "processed",   [BATCH_GIVEN_UP] = "retries_exhausted", [BATCH_NO_MEMORY] = "no_memory",
	[BATCH_SPOOLED] = "spooled",
};

static void put_inflight(struct self_writer *w, const struct exporting *e)
{
	self_point(w, export_queue_inflight(e->queue, e->signal), &e->attrs);
}

static void put_exported(struct self_writer *w, const struct exporting *e)
{
	const struct export_tally *tally = e->queue->tally[e->signal];

	for (size_t i = 0; i < BATCH_LOSSES; i++)
		if (!errors[i] || tally[i].items)
			put_point(w, tally[i].items, &e->attrs, "error.type", errors[i]);
}

static void put_durations(struct self_writer *w, const struct exporting *e)
{
	const struct export_tally *tally = e->queue->tally[e->signal];

	for (size_t i = 0; i < BATCH_LOSSES; i++) {
		struct self_attrs attrs = e->attrs;
		if (errors[i])
			add_text(&attrs, "error.type", errors[i]);
		if (tally[i].requests)
			self_durations(w, tally[i].requests, (double)tally[i].ms / 1e3, &attrs);
	}
}

/* The points of all exporters of a signal, or of every one. */
static void each_exporter(struct self_writer *w, uint32_t signals,
			  void (*put)(struct self_writer *w, const struct exporting *e))
{
	struct exporting e;

	for (unsigned signal = 0; signal < EXPORT_SIGNALS; signal++)
		for (size_t i = 0; i < pl.queue_count; i++) {
			if (!(pl.queues[i].signals & signals & 1u << signal))
				continue;
			describe(&e, &pl.queues[i], signal);
			put(w, &e);
		}
}

static void put_exporters(struct self_writer *w)
{
	static const struct {
		otel_signal signal;
		const char *inflight, *exported, *unit;
	} names[EXPORT_SIGNALS] = {
		{OTEL_SIGNAL_TRACES, "otel.sdk.exporter.span.inflight", "otel.sdk.exporter.span.exported", "{span}"},
		{OTEL_SIGNAL_METRICS, "otel.sdk.exporter.metric_data_point.inflight",
		 "otel.sdk.exporter.metric_data_point.exported", "{data_point}"},
		{OTEL_SIGNAL_LOGS, "otel.sdk.exporter.log.inflight", "otel.sdk.exporter.log.exported", "{log_record}"},
	};

	for (size_t i = 0; i < EXPORT_SIGNALS; i++) {
		each_exporter(w, names[i].signal, put_inflight);
		self_sum(w, names[i].inflight, names[i].unit, false);
		each_exporter(w, names[i].signal, put_exported);
		self_sum(w, names[i].exported, names[i].unit, true);
	}
	each_exporter(w, UINT32_MAX, put_durations);
	self_histogram(w, "otel.sdk.exporter.operation.duration");
}

static void put_reader(struct self_writer *w)
{
	uint64_t count, ns;
	struct self_attrs attrs = {.count = 0};

	metric_producers_took(&count, &ns);
	add_text(&attrs, "otel.component.name", "periodic_metric_reader/0");
	add_text(&attrs, "otel.component.type", "periodic_metric_reader");
	if (count)
		self_durations(w, count, (double)ns / 1e9, &attrs);
	self_histogram(w, "otel.sdk.metric_reader.collection.duration");
}

/* ---- the producer ---- */

static void put_scope(struct buf *out)
{
	struct buf scope;

	buf_init(&scope, METRICS_MAX);
	wire_append_len(&scope, WIRE_TAG(1, WIRE_LEN), "otel-c", strlen("otel-c"));
	wire_append_len(&scope, WIRE_TAG(2, WIRE_LEN), OTEL_C_VERSION, strlen(OTEL_C_VERSION));
	wire_append_len(out, WIRE_TAG(SCOPE_SCOPE, WIRE_LEN), scope.data, scope.len);
	out->failed = out->failed || scope.failed;
	buf_fini(&scope);
}

/* The child of a fork counts from nothing. */
static void begin_anew(void)
{
	self.epoch = fork_epoch();
	self.start_ns = clock_unix_ns();
	self.started = 0;
}

static otel_status produce(void *state, void (*put)(void *arg, const uint8_t *scope_metrics, size_t len), void *arg)
{
	struct buf metrics;
	struct self_writer w;
	otel_status status = OTEL_NO_MEMORY;

	(void)state;
	if (self.epoch != fork_epoch())
		begin_anew();
	buf_init(&metrics, METRICS_MAX);
	self_writer_init(&w, &metrics, self.start_ns, clock_unix_ns());
	put_scope(&metrics);
	put_spans(&w);
	put_processor(&w);
	put_exporters(&w);
	put_reader(&w);
	self_writer_fini(&w);
	if (!metrics.failed) {
		put(arg, metrics.data, metrics.len);
		status = OTEL_OK;
	}
	buf_fini(&metrics);
	return status;
}

static void read_address(struct address *address, const otel_host *host, otel_setup *setup, const char *section)
{
	const char *endpoint = host->config_str(setup, section, "endpoint");
	const char *protocol = host->config_str(setup, section, "protocol");

	*address = (struct address){.protocol =
					    protocol ? protocol : host->config_str(setup, "exporter.otlp", "protocol")};
	if (!endpoint)
		endpoint = host->config_str(setup, "exporter.otlp", "endpoint");
	if (!endpoint || !self_address(endpoint, address->host, &address->port))
		*address->host = '\0';
}

static otel_status open_self(void *state, const otel_host *host, otel_setup *setup)
{
	static const char *const sections[EXPORT_SIGNALS] = {"exporter.otlp.traces", "exporter.otlp.metrics",
							     "exporter.otlp.logs"};

	(void)state;
	for (size_t i = 0; i < EXPORT_SIGNALS; i++)
		read_address(&self.addresses[i], host, setup, sections[i]);
	self.epoch = 0; /* that of no process */
	return OTEL_OK;
}

static const otel_metric_producer producer = {
	.component = {.size = sizeof producer, .open = open_self},
	.produce = produce,
};

static otel_status set_up(const otel_host *host, otel_setup *setup)
{
	return host->add(setup, OTEL_COMPONENT_METRIC_PRODUCER, "self", &producer, NULL);
}

const otel_plugin self_builtin = {
	.size = sizeof(otel_plugin),
	.abi_major = OTEL_PLUGIN_ABI_MAJOR,
	.abi_minor = OTEL_PLUGIN_ABI_MINOR,
	.name = "self",
	.version = OTEL_C_VERSION,
	.license = "Apache-2.0",
	.setup = set_up,
};
