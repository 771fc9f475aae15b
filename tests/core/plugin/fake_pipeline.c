/* SPDX-License-Identifier: Apache-2.0
 *
 * fake_pipeline.c - see fake_pipeline.h.
 */
#include "core/plugin/fake_pipeline.h"

#include "sdk/auth.h"
#include "sdk/batch_processors.h"
#include "sdk/detector.h"
#include "sdk/request_items.h"
#include "sdk/sampling.h"
#include "sdk/span_data.h"
#include "sdk/submit.h"

struct fake_pipeline fake_pipeline;

otel_status pipeline_http(otel_setup *setup, const otel_http_request *request,
			  void (*on_reply)(void *arg, const otel_http_reply *reply), void *arg, otel_http_call **call)
{
	const otel_http_reply reply = {.size = sizeof reply, .error = OTEL_HTTP_OK, .status = 204, .message = ""};
	fake_pipeline.setup = setup;
	fake_pipeline.request = request;
	if (call)
		*call = (otel_http_call *)&fake_pipeline;
	on_reply(arg, &reply);
	return OTEL_OK;
}

void pipeline_http_cancel(otel_http_call *call)
{
	fake_pipeline.cancelled = call;
}

void pipeline_export_finish(otel_export_op *op, otel_export_result result, uint32_t retry_after_ms, uint32_t rejected,
			    const char *message)
{
	fake_pipeline.finished = op;
	fake_pipeline.result = result;
	fake_pipeline.retry_after_ms = retry_after_ms;
	fake_pipeline.rejected = rejected;
	fake_pipeline.message = message;
}

/* ---- samplers: nobody asks ---- */

void sampling_attr(const otel_sampling *asked, const otel_attr *attr)
{
	(void)asked;
	(void)attr;
}

void sampling_tracestate(const otel_sampling *asked, const char *tracestate)
{
	(void)asked;
	(void)tracestate;
}

const otel_context *sampling_context(const otel_sampling *asked)
{
	(void)asked;
	return NULL;
}

/* ---- span processors: there are no spans ---- */

bool span_data_read(otel_span span, void (*look)(void *arg, const otel_span_data *data), void *arg)
{
	(void)span;
	(void)look;
	(void)arg;
	return false;
}

bool span_data_edit(otel_span span, uint32_t where, otel_edit (*visit)(void *arg, otel_attr *attr), void *arg)
{
	(void)span;
	(void)where;
	(void)visit;
	(void)arg;
	return false;
}

otel_status pipeline_timer(otel_setup *setup, uint32_t delay_ms, void (*fire)(void *arg), void *arg)
{
	(void)setup;
	(void)delay_ms;
	fire(arg);
	return OTEL_OK;
}

/* ---- detectors: none is under way ---- */

void detector_finish(otel_detect_op *op, otel_status status, const otel_attr *attrs, size_t count,
		     const char *schema_url, const char *message)
{
	(void)op;
	(void)status;
	(void)attrs;
	(void)count;
	(void)schema_url;
	(void)message;
}

/* ---- authenticators: nothing is being prepared ---- */

void auth_finish(otel_auth_op *op, otel_status status, uint32_t valid_ms, const char *message)
{
	(void)op;
	(void)status;
	(void)valid_ms;
	(void)message;
}

/* ---- requests: there are none ---- */

bool request_next(const otel_batch *batch, size_t *cursor, otel_item *item)
{
	(void)batch;
	(void)cursor;
	(void)item;
	return false;
}

otel_status batch_processors_replace(otel_batch_edit *edit, const uint8_t *request, size_t len)
{
	(void)edit;
	(void)request;
	(void)len;
	return OTEL_OK;
}

otel_status submit(otel_setup *setup, otel_signal signal, const uint8_t *request, size_t len)
{
	(void)setup;
	(void)signal;
	(void)request;
	(void)len;
	return OTEL_OK;
}
