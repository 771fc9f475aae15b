/* SPDX-License-Identifier: Apache-2.0
 *
 * otlp.c - the exporter "otlp": OTLP/HTTP and OTLP/gRPC, for every signal. A batch is a request already: as binary
 * protobuf it is posted as it is.
 */
#include <otel/plugin.h>
#include <otel/version.h>

#include <stdlib.h>

#include "otlp/body.h"
#include "otlp/grpc.h"
#include "otlp/reply.h"
#include "otlp/settings.h"

#define REQUEST_MAX ((size_t)64 << 20)
/* What gRPC servers take unless told otherwise. Some of those that are sent more end the stream before libcurl has
 * looked at their answer, so it is not tried where it can be helped. */
#define GRPC_REQUEST_MAX ((size_t)4 << 20)
#define REPLY_MAX        ((size_t)4 << 20)
#define OWN_HEADERS      5u /* for gRPC, and one for a compressed body */

/* Where one signal goes. */
struct target {
	bool is_usable;
	bool packs; /* until the backend says that it takes no compressed bodies */
	struct settings settings;
	char timeout[16]; /* as gRPC writes it */
	otel_header headers[HEADER_LIST_MAX + OWN_HEADERS];
	size_t header_count; /* without that of a compressed body, which stands behind them when it is sent */
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
	bool is_cancelled;
	otel_batch batch;
	struct body body;
};

static void target_header(struct target *target, const char *name, const char *value)
{
	target->headers[target->header_count++] = (otel_header){name, value};
}

static bool target_open(struct target *target, otel_signal signal, const otel_host *host, otel_setup *setup)
{
	static const char *const types[] = {
		[PROTOCOL_HTTP_PROTOBUF] = "application/x-protobuf",
		[PROTOCOL_HTTP_JSON] = "application/json",
		[PROTOCOL_GRPC] = "application/grpc+proto",
	};
	const struct settings *settings = &target->settings;

	if (settings_read(&target->settings, signal, host, setup))
		return false; /* with a line */
	target->packs = settings->gzip;
	target_header(target, "Content-Type", types[settings->protocol]);
	if (settings->protocol == PROTOCOL_GRPC) {
		target_header(target, "TE", "trailers");
		if (settings->unpacks)
			target_header(target, "grpc-accept-encoding", "identity,gzip");
		if (grpc_timeout(target->timeout, settings->timeout_ms))
			target_header(target, "grpc-timeout", target->timeout);
	}
	for (size_t i = 0; i < settings->headers.count; i++)
		target->headers[target->header_count++] = settings->headers.items[i];
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
	body_fini(&exporter->body);
	for (size_t i = 0; i < SIGNALS; i++)
		settings_fini(&exporter->targets[i].settings);
}

static otel_export_result send(struct exporter *exporter);

/* Once for each target, and at once: at the end of a program there would be no later. */
static bool send_unpacked(struct exporter *exporter, struct target *target)
{
	const bool was_packing = target->packs;

	target->packs = false;
	return was_packing && !exporter->is_cancelled && send(exporter) == OTEL_EXPORT_PENDING;
}

static void on_reply(void *arg, const otel_http_reply *reply)
{
	struct exporter *exporter = arg;
	struct target *target = &exporter->targets[exporter->signal];
	otel_export_op *op = exporter->op;
	const otel_host *host = exporter->host;
	struct verdict verdict;
	const struct question question = {.endpoint = &target->settings.endpoint,
					  .protocol = target->settings.protocol,
					  .is_packed = exporter->body.is_packed,
					  .items = exporter->batch.items,
					  .name = signals[exporter->signal].items,
					  .now_unix_s = host->unix_ns() / 1000000000u};

	reply_judge(&verdict, reply, &question);
	if (*verdict.message)
		host->log(exporter->setup, OTEL_LOG_WARN, "%s", verdict.message);
	body_fini(&exporter->body);
	exporter->call = NULL;
	if (verdict.refuses_gzip && send_unpacked(exporter, target))
		return;
	exporter->op = NULL;
	host->export_finish(op, verdict.result, verdict.retry_after_ms, verdict.rejected, NULL);
}

static otel_http_request make_request(struct exporter *exporter)
{
	struct target *target = &exporter->targets[exporter->signal];
	const struct settings *settings = &target->settings;
	const bool is_grpc = settings->protocol == PROTOCOL_GRPC;
	otel_http_request request = {
		.size = sizeof request,
		.method = "POST",
		.url = settings->endpoint.url,
		.headers = target->headers,
		.header_count = target->header_count,
		.body = exporter->body.data,
		.body_len = exporter->body.len,
		.timeout_ms = settings->timeout_ms,
		.max_reply = REPLY_MAX,
		.ca_file = settings->ca_file,
		.client_cert = settings->client_cert,
		.client_key = settings->client_key,
		.auth = settings->auth,
		.http_version = is_grpc ? OTEL_HTTP_2 : OTEL_HTTP_1_1,
		.tls_min_version = settings->tls_min_version,
	};
	if (exporter->body.is_packed)
		target->headers[request.header_count++] =
			(otel_header){is_grpc ? "grpc-encoding" : "Content-Encoding", "gzip"};
	return request;
}

static size_t signal_of(const otel_batch *batch)
{
	size_t i = 0;

	while (i < SIGNALS && signals[i].signal != batch->signal)
		i++;
	return i;
}

static otel_export_result refuse_size(const struct exporter *exporter, const char *form)
{
	exporter->host->log(exporter->setup, OTEL_LOG_WARN, "a batch of more than 64 MiB%s is not sent whole", form);
	return OTEL_EXPORT_TOO_LARGE;
}

static otel_export_result send(struct exporter *exporter)
{
	const struct target *target = &exporter->targets[exporter->signal];
	const char *why;

	body_fini(&exporter->body); /* in the child of a fork: of an export that only the parent finishes */
	if (!body_make(&exporter->body, &exporter->batch, target->settings.protocol, target->packs, &why)) {
		if (exporter->body.is_too_large)
			return refuse_size(exporter, " as JSON");
		exporter->host->log(exporter->setup, OTEL_LOG_WARN, "a batch of %s was dropped: %s",
				    signals[exporter->signal].items, why);
		return OTEL_EXPORT_DROP;
	}
	otel_http_request request = make_request(exporter);
	if (exporter->host->http(exporter->setup, &request, on_reply, exporter, &exporter->call) == OTEL_OK)
		return OTEL_EXPORT_PENDING;
	exporter->call = NULL;
	body_fini(&exporter->body);
	return OTEL_EXPORT_RETRY;
}

static bool is_too_large(const struct target *target, const otel_batch *batch)
{
	return target->settings.protocol == PROTOCOL_GRPC && batch->items > 1 && batch->len > GRPC_REQUEST_MAX;
}

static otel_export_result export_batch(void *self, const otel_batch *batch, otel_export_op *op)
{
	struct exporter *exporter = self;
	const size_t signal = signal_of(batch);

	if (signal == SIGNALS || !exporter->targets[signal].is_usable)
		return OTEL_EXPORT_DROP; /* that was said when it was opened */
	if (batch->len > REQUEST_MAX)
		return refuse_size(exporter, "");
	if (is_too_large(&exporter->targets[signal], batch))
		return OTEL_EXPORT_TOO_LARGE;
	exporter->signal = signal;
	exporter->batch = *batch;
	exporter->op = op;
	exporter->is_cancelled = false;
	const otel_export_result result = send(exporter);
	if (result != OTEL_EXPORT_PENDING)
		exporter->op = NULL;
	return result;
}

static void cancel_export(void *self, otel_export_op *op)
{
	struct exporter *exporter = self;
	if (exporter->op != op || !exporter->call)
		return;
	exporter->is_cancelled = true;
	exporter->host->http_cancel(exporter->call);
}

static const otel_exporter exporter_vtable = {
	.component = {.size = sizeof(otel_exporter),
		      .state_size = sizeof(struct exporter),
		      .open = open_exporter,
		      .close = close_exporter},
	.signals = OTEL_SIGNAL_TRACES | OTEL_SIGNAL_METRICS | OTEL_SIGNAL_LOGS,
	.flags = OTEL_EXPORTER_PER_SIGNAL,
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
