/* SPDX-License-Identifier: Apache-2.0
 *
 * kinds.c - one component of each kind, all of them good; a macro replaces a part of one by something else.
 */
#define _GNU_SOURCE
#include "base.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static const otel_host *host;
static otel_setup *self;

UNUSED static void wait_a_while(void)
{
	const struct timespec t = {.tv_nsec = 60000000};
	nanosleep(&t, NULL);
}

UNUSED static int answered;

/* Requests whose reply does something: an export, a detection or a preparation ends in it. */
UNUSED static void ask(void (*on_reply)(void *arg, const otel_http_reply *reply), void *arg)
{
	const otel_http_request request = {.size = sizeof request, .method = "GET", .url = "http://169.254.169.254/"};
	host->http(self, &request, on_reply, arg, NULL);
}

/* ---- ids ---- */

#ifndef TRACE_ID
#define TRACE_ID memcpy(out, random, 16)
#endif
#ifndef SPAN_ID
#define SPAN_ID memcpy(out, random, 8)
#endif

static void trace_id(void *state, const uint8_t random[16], uint8_t out[16])
{
	(void)state, (void)random;
	TRACE_ID;
}

static void span_id(void *state, const uint8_t random[8], uint8_t out[8])
{
	(void)state, (void)random;
	SPAN_ID;
}

static const otel_id_generator ids = {
	.component = {.size = sizeof ids}, .trace_id = trace_id, .span_id = span_id, .trace_id_is_random = true};

/* ---- propagators ---- */

#ifndef FIELD
#define FIELD "x-kinds"
#endif
#ifndef INJECT
#define INJECT carrier->set(carrier->self, "x-kinds", text)
#endif
#ifndef EXTRACT
#define EXTRACT                                                                                                        \
	memcpy(&found, text, 24);                                                                                      \
	found.is_remote = 1
#endif
#ifndef FLAGS
#define FLAGS OTEL_TRACE_FLAG_SAMPLED
#endif

static const char *const fields[] = {FIELD, NULL};

/* The ids as they are would not be a legal header: each half of a byte becomes a letter. */
static void inject(void *state, const otel_context *context, const otel_carrier *carrier)
{
	const otel_span_context span = host->context_span_context(context);
	char text[49] UNUSED;

	(void)state, (void)span;
	for (int i = 0; i < 24; i++) {
		text[2 * i] = (char)('a' + (((const uint8_t *)&span)[i] >> 4));
		text[2 * i + 1] = (char)('a' + (((const uint8_t *)&span)[i] & 15));
	}
	text[48] = '\0';
	INJECT;
}

static otel_context *extract(void *state, otel_context *base, const otel_carrier *carrier)
{
	const char *value = carrier->get(carrier->self, "x-kinds", 0);
	uint8_t text[24] = {0};
	otel_span_context found = {.trace_flags = FLAGS};

	(void)state;
#ifndef BELIEVES
	if (!value || strlen(value) != 48 || strspn(value, "abcdefghijklmnop") != 48)
		return NULL;
	for (int i = 0; i < 24; i++)
		text[i] = (uint8_t)((value[2 * i] - 'a') << 4 | (value[2 * i + 1] - 'a'));
#else
	(void)value;
	memset(text, 1, sizeof text);
#endif
	EXTRACT;
	return host->context_with_span_context(base, &found, NULL);
}

static const otel_propagator propagator = {
	.component = {.size = sizeof propagator}, .fields = fields, .inject = inject, .extract = extract};

#ifndef RESPOND
#define RESPOND carrier->set(carrier->self, "x-kinds", "1")
#endif

static void respond(void *state, const otel_span_context *span, const otel_carrier *carrier)
{
	(void)state, (void)span, (void)carrier;
	RESPOND;
}

static const otel_response_propagator responder = {
	.component = {.size = sizeof responder}, .fields = fields, .inject = respond};

/* ---- samplers ---- */

#ifndef DECIDE
#define DECIDE return OTEL_RECORD_AND_SAMPLE
#endif
#ifndef DESCRIPTION
#define DESCRIPTION "kinds{}"
#endif

static otel_decision decide(void *state, const otel_sampling *sampling)
{
	const otel_attr attr UNUSED = {"k", 1, {.str = "v"}, 1, OTEL_ATTR_STRING, 0};
	const otel_attr bad UNUSED = {NULL, 0, {.str = "v"}, 1, OTEL_ATTR_STRING, 0};

	(void)state, (void)sampling;
	DECIDE;
}

static const char *description(void *state)
{
	(void)state;
	return DESCRIPTION;
}

static const otel_sampler sampler = {
	.component = {.size = sizeof sampler}, .decide = decide, .description = description};

/* ---- detectors ---- */

#ifndef DETECT
#define DETECT                                                                                                         \
	ask(detected, op);                                                                                             \
	return OTEL_OK
#endif
#ifndef DETECTED
#define DETECTED                                                                                                       \
	host->detect_finish(op, reply->status == 200 ? OTEL_OK : OTEL_NOT_FOUND, &attr, reply->status == 200, NULL,    \
			    NULL)
#endif

UNUSED static void detected(void *op, const otel_http_reply *reply)
{
	const otel_attr attr UNUSED = {"cloud.provider", 14, {.str = "kinds"}, 5, OTEL_ATTR_STRING, 0};
	(void)reply, (void)op;
	DETECTED;
}

static otel_status detect(void *state, otel_detect_op *op)
{
	(void)state, (void)op;
	DETECT;
}

#ifdef DETECT_CANCEL
static void detect_cancel(void *state, otel_detect_op *op)
{
	(void)state, (void)op;
	DETECT_CANCEL;
}
#else
#define detect_cancel NULL
#endif

static const otel_detector detector = {
	.component = {.size = sizeof detector}, .detect = detect, .cancel = detect_cancel};

/* ---- span processors ---- */

#ifndef ON_START
#define ON_START host->span_update_name(span, "kinds")
#endif
#ifndef ON_END
#define ON_END (void)0
#endif

static void on_start(void *state, otel_span span, const otel_context *parent)
{
	(void)state, (void)parent, (void)span;
	ON_START;
}

static void on_end(void *state, const otel_span_data *data)
{
	(void)state, (void)data;
	ON_END;
}

#ifndef SPAN_FLUSH
#define SPAN_FLUSH OTEL_OK
#endif

static otel_status flush(void *state, uint32_t timeout_ms)
{
	(void)state, (void)timeout_ms;
	return SPAN_FLUSH;
}

#ifdef NO_SPAN_FUNCTIONS
static const otel_span_processor spans = {.component = {.size = sizeof spans}};
UNUSED static void *const keep_spans[] = {(void *)on_start, (void *)on_end, (void *)flush};
#else
static const otel_span_processor spans = {
	.component = {.size = sizeof spans}, .on_start = on_start, .on_end = on_end, .flush = flush};
#endif

/* ---- logs, batches, metrics ---- */

#ifndef ON_EMIT
#define ON_EMIT                                                                                                        \
	log->data = scope_metrics;                                                                                     \
	log->len = sizeof scope_metrics;                                                                               \
	return OTEL_EDIT_REPLACE
#endif
#ifndef PROCESS
#define PROCESS                                                                                                        \
	host->batch_replace(edit, batch->data, batch->len);                                                            \
	return OTEL_BATCH_REPLACE
#endif
#ifndef PRODUCE
#define PRODUCE put(arg, scope_metrics, sizeof scope_metrics)
#endif
#ifndef BATCH_SIGNALS
#define BATCH_SIGNALS (OTEL_SIGNAL_TRACES | OTEL_SIGNAL_LOGS)
#endif

/* A message with the text "x" in its first field. */
static const uint8_t scope_metrics[] UNUSED = {0x0a, 0x01, 'x'};

static otel_edit on_emit(void *state, otel_log_data *log)
{
	(void)state, (void)log;
	ON_EMIT;
}

static const otel_log_processor logs = {.component = {.size = sizeof logs}, .on_emit = on_emit, .flush = flush};

static otel_verdict process(void *state, const otel_batch *batch, otel_batch_edit *edit)
{
	(void)state, (void)batch, (void)edit;
	PROCESS;
}

static const otel_batch_processor batches = {
	.component = {.size = sizeof batches}, .signals = BATCH_SIGNALS, .process = process};

static otel_status produce(void *state, void (*put)(void *arg, const uint8_t *bytes, size_t len), void *arg)
{
	(void)state, (void)put, (void)arg;
	PRODUCE;
	return OTEL_OK;
}

static const otel_metric_producer producer = {.component = {.size = sizeof producer}, .produce = produce};

/* ---- exporters ---- */

#ifndef EXPORT
#define EXPORT                                                                                                         \
	ask(exported, op);                                                                                             \
	return OTEL_EXPORT_PENDING
#endif
#ifndef EXPORTED
#define EXPORTED                                                                                                       \
	host->export_finish(op, reply->status == 200 ? OTEL_EXPORT_DONE : OTEL_EXPORT_RETRY, 0, 0, reply->message)
#endif
#ifndef EXPORT_CANCEL
#define EXPORT_CANCEL host->export_finish(op, OTEL_EXPORT_UNKNOWN, 0, 0, NULL)
#endif
#ifndef EXPORT_SIGNALS
#define EXPORT_SIGNALS OTEL_SIGNAL_TRACES
#endif
#ifndef EXPORT_FLAGS
#define EXPORT_FLAGS 0
#endif

UNUSED static void exported(void *op, const otel_http_reply *reply)
{
	(void)reply, (void)op;
	EXPORTED;
}

static otel_export_result export_batch(void *state, const otel_batch *batch, otel_export_op *op)
{
	(void)state, (void)batch, (void)op;
	EXPORT;
}

static void export_cancel(void *state, otel_export_op *op)
{
	(void)state, (void)op;
	EXPORT_CANCEL;
}

#ifndef EXPORT_CANCEL_FUNCTION
#define EXPORT_CANCEL_FUNCTION export_cancel
#endif
UNUSED static void *const keep_cancel = (void *)export_cancel;

static const otel_exporter exporter = {.component = {.size = sizeof exporter},
				       .signals = EXPORT_SIGNALS,
				       .flags = EXPORT_FLAGS,
				       .export_batch = export_batch,
				       .cancel = EXPORT_CANCEL_FUNCTION};

/* ---- authenticators ---- */

#ifndef PREPARE
#define PREPARE                                                                                                        \
	host->auth_finish(op, OTEL_OK, 0, NULL);                                                                       \
	return OTEL_OK
#endif
#ifndef SIGN
#define SIGN                                                                                                           \
	add_header(arg, "x-kinds", "1");                                                                               \
	return OTEL_OK
#endif
#ifndef WANTS
#define WANTS (void)0
#endif

UNUSED static void prepared(void *op, const otel_http_reply *reply)
{
	(void)reply;
	host->auth_finish(op, OTEL_OK, 1000, NULL);
}

static otel_status prepare(void *state, otel_auth_op *op, bool rejected)
{
	(void)state, (void)op, (void)rejected;
	PREPARE;
}

static otel_status sign(void *state, const otel_http_request *request,
			void (*add_header)(void *arg, const char *name, const char *value), void *arg)
{
	(void)state, (void)request, (void)add_header, (void)arg;
	SIGN;
}

static bool wants(void *state, const char *url)
{
	(void)state, (void)url;
	WANTS;
	return false;
}

static const otel_authenticator authenticator = {
	.component = {.size = sizeof authenticator}, .prepare = prepare, .sign = sign, .wants = wants};

/* ---- commands ---- */

#ifndef COMMAND
#define COMMAND "kinds"
#endif
#ifndef SUMMARY
#define SUMMARY "tells that it was run"
#endif

static int run(void *state, const otel_host *h, otel_setup *s, int argc, char **argv)
{
	(void)state, (void)h, (void)s, (void)argc, (void)argv;
	return 3;
}

static const otel_command command = {.component = {.size = sizeof command}, .summary = SUMMARY, .run = run};

/* ---- all of them ---- */

static otel_status setup(const otel_host *h, otel_setup *s)
{
	static const struct {
		otel_kind kind;
		const void *vtable;
	} all[] = {
		{OTEL_COMPONENT_ID_GENERATOR, &ids},
		{OTEL_COMPONENT_PROPAGATOR, &propagator},
		{OTEL_COMPONENT_RESPONSE_PROPAGATOR, &responder},
		{OTEL_COMPONENT_SAMPLER, &sampler},
		{OTEL_COMPONENT_DETECTOR, &detector},
		{OTEL_COMPONENT_SPAN_PROCESSOR, &spans},
		{OTEL_COMPONENT_LOG_PROCESSOR, &logs},
		{OTEL_COMPONENT_BATCH_PROCESSOR, &batches},
		{OTEL_COMPONENT_METRIC_PRODUCER, &producer},
		{OTEL_COMPONENT_EXPORTER, &exporter},
		{OTEL_COMPONENT_AUTHENTICATOR, &authenticator},
		{OTEL_COMPONENT_COMMAND, &command},
	};
	otel_status status = OTEL_OK;

	host = h, self = s;
	for (size_t i = 0; i < sizeof all / sizeof *all && !status; i++)
		status = host->add(self, all[i].kind, all[i].vtable == &command ? COMMAND : "kinds", all[i].vtable,
				   NULL);
	return status;
}

PLUGIN("kinds", .row_count = 0);
