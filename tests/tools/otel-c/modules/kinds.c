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

/* Of processors, for spans and for logs. */
#ifndef SPAN_FLUSH
#define SPAN_FLUSH OTEL_OK
#endif

static otel_status flush(void *state, uint32_t timeout_ms)
{
	(void)state, (void)timeout_ms;
	return SPAN_FLUSH;
}

#include "kinds_batches.h"
#include "kinds_spans.h"

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
