/* SPDX-License-Identifier: Apache-2.0
 *
 * veteran.c - a vendor's plugin of ABI 1.0, built against the header as it was then: every kind and every service that
 * there was. Its exporter posts each request to [veteran] url through the host, its other parts leave their marks on
 * the spans.
 */
#include <otel/plugin.h>

#include <string.h>

struct veteran {
	const otel_host *host;
	otel_setup *setup;
	const char *url;
	char level[16]; /* sent along as a header */
	otel_export_op *op;
	otel_http_call *call;
};

static const otel_host *its_host; /* valid for ever; the id generator is called without a state */

/* ---- the id generator: 0x10, then seconds, then random ---- */

static void trace_id(void *self, const uint8_t random[16], uint8_t out[16])
{
	const uint64_t seconds = its_host->unix_ns() / 1000000000u;
	const uint64_t salt = its_host->random();

	(void)self;
	memcpy(out, random, 16);
	out[0] = 0x10;
	for (int i = 0; i < 4; i++)
		out[1 + i] = (uint8_t)(seconds >> (24 - 8 * i));
	out[15] ^= (uint8_t)salt;
}

static const otel_id_generator generator = {.component = {.size = sizeof(otel_id_generator)}, .trace_id = trace_id};

/* ---- the propagator: "x-veteran: <32 digits>-<16 digits>;tenant" ---- */

static const char *const fields[] = {"x-veteran", NULL};

static void put_hex(char *out, const uint8_t *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		out[2 * i] = "0123456789abcdef"[bytes[i] >> 4];
		out[2 * i + 1] = "0123456789abcdef"[bytes[i] & 15];
	}
}

static bool get_hex(uint8_t *out, const char *text, size_t len)
{
	for (size_t i = 0; i < 2 * len; i++) {
		const char *digit = text[i] ? strchr("0123456789abcdef", text[i]) : NULL;
		if (!digit)
			return false;
		const uint8_t value = (uint8_t)(digit - (const char *)"0123456789abcdef");
		out[i / 2] = (uint8_t)(i % 2 ? out[i / 2] | value : value << 4);
	}
	return true;
}

static void inject(void *self, const otel_context *context, const otel_carrier *carrier)
{
	const otel_span_context span = its_host->context_span_context(context);
	const otel_baggage *baggage = its_host->context_baggage(context);
	const char *tenant = baggage ? its_host->baggage_value(baggage, "tenant") : NULL;
	char text[128] = {0};

	(void)self;
	put_hex(text, span.trace_id, 16);
	text[32] = '-';
	put_hex(text + 33, span.span_id, 8);
	text[49] = ';';
	strncat(text, tenant ? tenant : "none", 64);
	carrier->set(carrier->self, fields[0], text);
}

static otel_context *with_tenant(otel_context *base, const char *tenant)
{
	otel_baggage *baggage = its_host->baggage_with(NULL, "tenant", tenant, NULL);
	otel_context *context = its_host->context_with_baggage(base, baggage);

	its_host->baggage_unref(baggage);
	return context;
}

static otel_context *extract(void *self, otel_context *base, const otel_carrier *carrier)
{
	otel_span_context span = {.trace_flags = OTEL_TRACE_FLAG_SAMPLED, .is_remote = 1};
	const char *text = carrier->get(carrier->self, fields[0], 0);

	(void)self;
	if (!text || strlen(text) < 50 || !get_hex(span.trace_id, text, 16) || !get_hex(span.span_id, text + 33, 8))
		return NULL;
	otel_context *context = its_host->context_with_span_context(its_host->context_ref(base), &span, "veteran=1");
	its_host->context_unref(base);
	otel_context *more = context ? with_tenant(context, text + 50) : NULL;
	its_host->context_unref(context);
	return more;
}

static const otel_propagator propagator = {
	.component = {.size = sizeof(otel_propagator)}, .fields = fields, .inject = inject, .extract = extract};

/* ---- the sampler: everything but what is called "boring" ---- */

static otel_decision decide(void *self, const otel_sampling *sampling)
{
	(void)self;
	return sampling->name_len == 6 && !memcmp(sampling->name, "boring", 6) ? OTEL_DROP : OTEL_RECORD_AND_SAMPLE;
}

static const otel_sampler sampler = {.component = {.size = sizeof(otel_sampler)}, .decide = decide};

/* ---- the exporter ---- */

static otel_status open_exporter(void *self, const otel_host *host, otel_setup *setup)
{
	struct veteran *veteran = self;
	const int64_t level = host->config_int(setup, "veteran", "level");

	veteran->host = host;
	veteran->setup = setup;
	veteran->url = host->config_str(setup, "veteran", "url");
	if (!veteran->url || level < 0 || level > 9 || !host->config_bool(setup, "veteran", "on"))
		return OTEL_INVALID;
	veteran->level[0] = (char)('0' + level);
	veteran->level[1] = host->config_double(setup, "veteran", "ratio") > 0.4 ? '+' : '-';
	return host->config_origin(setup, "veteran", "level") && host->mono_ms() ? OTEL_OK : OTEL_FAILED;
}

static void on_reply(void *arg, const otel_http_reply *reply)
{
	struct veteran *veteran = arg;
	const bool fine = reply->error == OTEL_HTTP_OK && reply->status == 200;

	veteran->call = NULL;
	veteran->host->export_finish(veteran->op, fine ? OTEL_EXPORT_DONE : OTEL_EXPORT_DROP, 0, 0, reply->message);
}

static otel_export_result export_batch(void *self, const otel_batch *batch, otel_export_op *op)
{
	struct veteran *veteran = self;
	const otel_header headers[] = {{"content-type", "application/x-protobuf"}, {"x-veteran", veteran->level}};
	const otel_http_request request = {.size = sizeof request,
					   .method = "POST",
					   .url = veteran->url,
					   .headers = headers,
					   .header_count = 2,
					   .body = batch->data,
					   .body_len = batch->len};

	veteran->op = op;
	const otel_status status = veteran->host->http(veteran->setup, &request, on_reply, veteran, &veteran->call);
	return status == OTEL_OK ? OTEL_EXPORT_PENDING : OTEL_EXPORT_DROP;
}

static void cancel(void *self, otel_export_op *op)
{
	struct veteran *veteran = self;

	(void)op;
	if (veteran->call)
		veteran->host->http_cancel(veteran->call); /* on_reply() finishes it */
}

static const otel_exporter exporter = {
	.component = {.size = sizeof(otel_exporter), .state_size = sizeof(struct veteran), .open = open_exporter},
	.signals = OTEL_SIGNAL_TRACES,
	.export_batch = export_batch,
	.cancel = cancel,
};

/* ---- the instrumentation: a table that some preload would call ---- */

static const struct {
	size_t size;
} calls = {sizeof calls};

static const otel_instrumentation instrumentation = {
	.component = {.size = sizeof(otel_instrumentation)}, .library = "libveteran", .calls = &calls};

/* ---- the descriptor ---- */

static const struct {
	otel_kind kind;
	const void *vtable;
} parts[] = {{OTEL_COMPONENT_ID_GENERATOR, &generator},
	     {OTEL_COMPONENT_PROPAGATOR, &propagator},
	     {OTEL_COMPONENT_SAMPLER, &sampler},
	     {OTEL_COMPONENT_EXPORTER, &exporter},
	     {OTEL_COMPONENT_INSTRUMENTATION, &instrumentation}};

static otel_status set_up(const otel_host *host, otel_setup *setup)
{
	otel_status status = OTEL_OK;

	its_host = host;
	for (size_t i = 0; i < sizeof parts / sizeof *parts && !status; i++)
		status = host->add(setup, parts[i].kind, "veteran", parts[i].vtable, NULL);
	return status;
}

/* The level is computed from the platform, unless somebody set it. */
static otel_status configure(const otel_host *host, otel_setup *setup)
{
	host->log(setup, OTEL_LOG_DEBUG, "configured by %s", host->version);
	return host->set_default(setup, "veteran", "level", host->env(setup, "VETERAN_PLATFORM") ? "7" : "1");
}

static const otel_config_row rows[] = {
	{"veteran", "url", "VETERAN_URL", OTEL_CONFIG_URL, 0, NULL, NULL, "Where requests go."},
	{"veteran", "level", "VETERAN_LEVEL", OTEL_CONFIG_INT, 0, NULL, NULL, "What the header says."},
	{"veteran", "on", "VETERAN_ON", OTEL_CONFIG_BOOL, 0, "false", NULL, "Whether it may be used."},
	{"veteran", "ratio", NULL, OTEL_CONFIG_DOUBLE, 0, "0.5", NULL, "The sign behind the level."},
};

const otel_plugin otel_plugin_v1 = {
	.size = sizeof(otel_plugin),
	.abi_major = OTEL_PLUGIN_ABI_MAJOR,
	.abi_minor = OTEL_PLUGIN_ABI_MINOR,
	.name = "veteran",
	.version = "1.0.0",
	.license = "Apache-2.0",
	.rows = rows,
	.row_count = sizeof rows / sizeof *rows,
	.setup = set_up,
	.configure = configure,
};
