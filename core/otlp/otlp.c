/* SPDX-License-Identifier: Apache-2.0
 *
 * otlp.c - the exporter "otlp": OTLP/HTTP with binary protobuf, for every signal. A batch is a request already; it is
 * posted as it is.
 */
#include <otel/plugin.h>
#include <otel/version.h>

#include <stdlib.h>

#include "otlp/gzip.h"
#include "otlp/reply.h"
#include "otlp/settings.h"

#define REQUEST_MAX ((size_t)64 << 20)
#define REPLY_MAX   ((size_t)4 << 20)
#define OWN_HEADERS 2u

/* Where one signal goes. */
struct target {
	bool is_usable;
	struct settings settings;
	otel_header headers[HEADER_LIST_MAX + OWN_HEADERS];
	size_t header_count; /* without Content-Encoding, which stands behind them when it is sent */
};

static const struct {
	otel_signal signal;
	const char *items;
} signals[] = {
	{OTEL_SIGNAL_TRACES, "spans"},
	{OTEL_SIGNAL_METRICS, "data points"},
	{OTEL_SIGNAL_LOGS, "log records"},
};

enum { SIGNALS = sizeof signals / sizeof *signals };

struct exporter {
	const otel_host *host;
	otel_setup *setup;
	struct target targets[SIGNALS];

	/* the running export */
	size_t signal; /* its place in `signals` */
	otel_export_op *op;
	otel_http_call *call;
	uint8_t *packed; /* its compressed body, or NULL */
	uint32_t items;
};

static bool target_open(struct target *target, otel_signal signal, const otel_host *host, otel_setup *setup)
{
	if (settings_read(&target->settings, signal, host, setup))
		return false; /* with a line */
	const struct header_list *list = &target->settings.headers;
	target->headers[0] = (otel_header){"Content-Type", "application/x-protobuf"};
	for (size_t i = 0; i < list->count; i++)
		target->headers[1 + i] = list->items[i];
	target->header_count = 1 + list->count;
	return true;
}

/* Usable if any signal is. */
static otel_status open_exporter(void *self, const otel_host *host, otel_setup *setup)
{
	struct exporter *exporter = self;
	otel_status status = OTEL_FAILED;

	if (!OTEL_OFFERS(host, http) || !OTEL_OFFERS(host, http_cancel) || !OTEL_OFFERS(host, export_finish))
		return OTEL_UNSUPPORTED;
	exporter->host = host;
	exporter->setup = setup;
	for (size_t i = 0; i < SIGNALS; i++) {
		exporter->targets[i].is_usable = target_open(&exporter->targets[i], signals[i].signal, host, setup);
		if (exporter->targets[i].is_usable)
			status = OTEL_OK;
	}
	return status;
}

static void close_exporter(void *self)
{
	struct exporter *exporter = self;
	free(exporter->packed);
	for (size_t i = 0; i < SIGNALS; i++)
		settings_fini(&exporter->targets[i].settings);
}

static void on_reply(void *arg, const otel_http_reply *reply)
{
	struct exporter *exporter = arg;
	const struct endpoint *endpoint = &exporter->targets[exporter->signal].settings.endpoint;
	otel_export_op *op = exporter->op;
	const otel_host *host = exporter->host;
	struct verdict verdict;

	reply_judge(&verdict, reply, endpoint->shown, endpoint->port, exporter->items, signals[exporter->signal].items,
		    host->unix_ns() / 1000000000u);
	if (*verdict.message)
		host->log(exporter->setup, OTEL_LOG_WARN, "%s", verdict.message);
	free(exporter->packed);
	exporter->packed = NULL;
	exporter->call = NULL;
	exporter->op = NULL;
	host->export_finish(op, verdict.result, verdict.retry_after_ms, verdict.rejected, NULL);
}

static otel_http_request make_request(struct exporter *exporter, const otel_batch *batch)
{
	struct target *target = &exporter->targets[exporter->signal];
	const struct settings *settings = &target->settings;
	otel_http_request request = {
		.size = sizeof request,
		.method = "POST",
		.url = settings->endpoint.url,
		.headers = target->headers,
		.header_count = target->header_count,
		.body = batch->data,
		.body_len = batch->len,
		.timeout_ms = settings->timeout_ms,
		.max_reply = REPLY_MAX,
		.ca_file = settings->ca_file,
		.client_cert = settings->client_cert,
		.client_key = settings->client_key,
		.auth = settings->auth,
	};
	size_t packed_len;
	free(exporter->packed); /* in the child of a fork: of an export that only the parent finishes */
	exporter->packed = NULL;
	if (settings->gzip && (exporter->packed = gzip_pack(batch->data, batch->len, &packed_len))) {
		target->headers[request.header_count++] = (otel_header){"Content-Encoding", "gzip"};
		request.body = exporter->packed;
		request.body_len = packed_len;
	}
	return request;
}

static size_t signal_of(const otel_batch *batch)
{
	size_t i = 0;

	while (i < SIGNALS && signals[i].signal != batch->signal)
		i++;
	return i;
}

static otel_export_result export_batch(void *self, const otel_batch *batch, otel_export_op *op)
{
	struct exporter *exporter = self;
	const size_t signal = signal_of(batch);

	if (signal == SIGNALS || !exporter->targets[signal].is_usable)
		return OTEL_EXPORT_DROP; /* that was said when it was opened */
	exporter->signal = signal;
	if (batch->len > REQUEST_MAX) {
		exporter->host->log(exporter->setup, OTEL_LOG_WARN, "a batch of more than 64 MiB was dropped");
		return OTEL_EXPORT_DROP;
	}
	otel_http_request request = make_request(exporter, batch);
	exporter->op = op;
	exporter->items = batch->items;
	if (exporter->host->http(exporter->setup, &request, on_reply, exporter, &exporter->call) == OTEL_OK)
		return OTEL_EXPORT_PENDING;
	exporter->op = NULL;
	exporter->call = NULL;
	free(exporter->packed);
	exporter->packed = NULL;
	return OTEL_EXPORT_RETRY;
}

static void cancel_export(void *self, otel_export_op *op)
{
	struct exporter *exporter = self;
	if (exporter->op == op && exporter->call)
		exporter->host->http_cancel(exporter->call);
}

static const otel_exporter exporter_vtable = {
	.component = {.size = sizeof(otel_exporter),
		      .state_size = sizeof(struct exporter),
		      .open = open_exporter,
		      .close = close_exporter},
	.signals = OTEL_SIGNAL_TRACES | OTEL_SIGNAL_METRICS | OTEL_SIGNAL_LOGS,
	.export_batch = export_batch,
	.cancel = cancel_export,
};

static otel_status set_up(const otel_host *host, otel_setup *setup)
{
	return host->add(setup, OTEL_COMPONENT_EXPORTER, "otlp", &exporter_vtable, NULL);
}

OTEL_EXPORT extern const otel_plugin otel_plugin_v1;
const otel_plugin otel_plugin_v1 = {
	.size = sizeof(otel_plugin),
	.abi_major = OTEL_PLUGIN_ABI_MAJOR,
	.abi_minor = OTEL_PLUGIN_ABI_MINOR,
	.name = "otlp",
	.version = OTEL_C_VERSION,
	.license = "Apache-2.0",
	.setup = set_up,
};
