/* SPDX-License-Identifier: Apache-2.0
 *
 * otlp_test.c - the exporter between a pipeline and a network that are both made up.
 */
#include <otel/plugin.h>

#include <stdio.h>
#include <string.h>

#include "core/otlp/config_host.h"
#include "support/suite.h"
#include "util/wire.h"

extern const otel_plugin otel_plugin_v1;

static struct {
	const otel_exporter *vtable;
	void *self;
	otel_status http_status;
	/* the request, its headers as text, and who waits for the reply */
	otel_http_request request;
	char sent_headers[512];
	void (*on_reply)(void *arg, const otel_http_reply *reply);
	void *arg;
	bool cancelled;
	/* what the pipeline was told */
	int finished;
	otel_export_op *op;
	otel_export_result result;
	uint32_t retry_after_ms;
	uint32_t rejected;
} fake;

static otel_status host_add(otel_setup *setup, otel_kind kind, const char *name, const void *vtable, void *self)
{
	(void)setup;
	ck_assert_int_eq(kind, OTEL_COMPONENT_EXPORTER);
	ck_assert_str_eq(name, "otlp");
	ck_assert_ptr_null(self);
	fake.vtable = vtable;
	return OTEL_OK;
}

static uint64_t host_unix_ns(void)
{
	return 784111757u * UINT64_C(1000000000);
}

static otel_status host_http(otel_setup *setup, const otel_http_request *request,
			     void (*on_reply)(void *arg, const otel_http_reply *reply), void *arg,
			     otel_http_call **call)
{
	(void)setup;
	if (fake.http_status)
		return fake.http_status;
	fake.request = *request;
	for (size_t i = 0; i < request->header_count; i++)
		snprintf(fake.sent_headers + strlen(fake.sent_headers),
			 sizeof fake.sent_headers - strlen(fake.sent_headers), "%s: %s\n", request->headers[i].name,
			 request->headers[i].value);
	fake.on_reply = on_reply;
	fake.arg = arg;
	*call = (otel_http_call *)&fake;
	return OTEL_OK;
}

static void host_http_cancel(otel_http_call *call)
{
	ck_assert_ptr_eq(call, (otel_http_call *)&fake);
	fake.cancelled = true;
}

static void host_export_finish(otel_export_op *op, otel_export_result result, uint32_t retry_after_ms,
			       uint32_t rejected, const char *message)
{
	(void)message;
	fake.finished++;
	fake.op = op;
	fake.result = result;
	fake.retry_after_ms = retry_after_ms;
	fake.rejected = rejected;
}

static const otel_host host = {
	.size = sizeof host,
	.add = host_add,
	CONFIG_HOST,
	.unix_ns = host_unix_ns,
	.http = host_http,
	.http_cancel = host_http_cancel,
	.export_finish = host_export_finish,
};

static char body[4096]; /* all zero: it compresses well */
static const otel_batch batch = {.size = sizeof batch,
				 .signal = OTEL_SIGNAL_TRACES,
				 .items = 7,
				 .data = (const uint8_t *)body,
				 .len = sizeof body};
static otel_export_op *const op = (otel_export_op *)&batch;

static void close_exporter(void)
{
	if (fake.self)
		fake.vtable->component.close(fake.self);
	free(fake.self);
}

static void set_up(void)
{
	close_exporter();
	memset(&fake, 0, sizeof fake);
	config_host_reset();
	ck_assert_int_eq(otel_plugin_v1.setup(&host, NULL), OTEL_OK);
}

static otel_status open_exporter(void)
{
	fake.self = calloc(1, fake.vtable->component.state_size);
	otel_status status = fake.vtable->component.open(fake.self, &host, NULL);
	if (status) {
		free(fake.self);
		fake.self = NULL;
	}
	return status;
}

static void begin(void)
{
	ck_assert_int_eq(open_exporter(), OTEL_OK);
	ck_assert_int_eq(fake.vtable->export_batch(fake.self, &batch, op), OTEL_EXPORT_PENDING);
	ck_assert_int_eq(fake.finished, 0);
}

static void hear(otel_http_reply reply)
{
	reply.size = sizeof reply;
	reply.message = reply.content_type = "";
	reply.retry_after = reply.retry_after ? reply.retry_after : "";
	fake.on_reply(fake.arg, &reply);
}

static void answer(otel_http_reply reply)
{
	hear(reply);
	ck_assert_int_eq(fake.finished, 1);
	ck_assert_ptr_eq(fake.op, op);
}

START_TEST(a_batch_is_posted_as_it_is)
{
	give("exporter.otlp.headers", "api-key=a%20b");
	begin();
	ck_assert_str_eq(fake.request.method, "POST");
	ck_assert_str_eq(fake.request.url, "http://localhost:4318/v1/traces");
	ck_assert_ptr_eq(fake.request.body, body);
	ck_assert_uint_eq(fake.request.body_len, sizeof body);
	ck_assert_uint_eq(fake.request.timeout_ms, 10000);
	ck_assert_uint_eq(fake.request.max_reply, 4 << 20);
	ck_assert_str_eq(fake.sent_headers, "Content-Type: application/x-protobuf\napi-key: a b\n");
	answer((otel_http_reply){.status = 200});
	ck_assert_int_eq(fake.result, OTEL_EXPORT_DONE);
	ck_assert_str_eq(lines, "");
}
END_TEST

START_TEST(who_signs_it_is_passed_on_and_what_cannot_be_signed_is_kept)
{
	give("exporter.otlp.auth", "sigv4");
	begin();
	ck_assert_str_eq(fake.request.auth, "sigv4");
	answer((otel_http_reply){.error = OTEL_HTTP_AUTH});
	ck_assert_int_eq(fake.result, OTEL_EXPORT_RETRY);
	ck_assert_str_eq(lines, "");
}
END_TEST

START_TEST(gzip_is_said_and_done)
{
	give("exporter.otlp.compression", "gzip");
	begin();
	ck_assert_ptr_nonnull(strstr(fake.sent_headers, "Content-Encoding: gzip\n"));
	ck_assert_uint_lt(fake.request.body_len, 200);
	ck_assert_mem_eq(fake.request.body, "\x1f\x8b", 2);
	answer((otel_http_reply){.status = 200});
	ck_assert_int_eq(fake.result, OTEL_EXPORT_DONE);
}
END_TEST

START_TEST(a_busy_backend_gets_its_time)
{
	begin();
	answer((otel_http_reply){.status = 503, .retry_after = "3"});
	ck_assert_int_eq(fake.result, OTEL_EXPORT_RETRY);
	ck_assert_uint_eq(fake.retry_after_ms, 3000);
	ck_assert_ptr_nonnull(strstr(lines, "answered 503"));
}
END_TEST

START_TEST(a_request_that_cannot_begin_is_tried_again)
{
	ck_assert_int_eq(open_exporter(), OTEL_OK);
	fake.http_status = OTEL_NO_MEMORY;
	ck_assert_int_eq(fake.vtable->export_batch(fake.self, &batch, op), OTEL_EXPORT_RETRY);
	fake.http_status = OTEL_OK;
	ck_assert_int_eq(fake.vtable->export_batch(fake.self, &batch, op), OTEL_EXPORT_PENDING);
	answer((otel_http_reply){.status = 200});
}
END_TEST

START_TEST(a_batch_over_64_mib_is_never_sent_whole)
{
	otel_batch huge = batch;
	huge.len = ((size_t)64 << 20) + 1;
	ck_assert_int_eq(open_exporter(), OTEL_OK);
	ck_assert_int_eq(fake.vtable->export_batch(fake.self, &huge, op), OTEL_EXPORT_TOO_LARGE);
	ck_assert_ptr_null(fake.request.url);
	ck_assert_str_ne(lines, "");
}
END_TEST

/* The limit is one of what is sent: a batch that is smaller may be longer as text. */
START_TEST(nor_is_one_that_is_over_64_mib_as_json)
{
	static uint8_t bytes[(11 << 20) + 16];
	const size_t text = 11 << 20;
	uint8_t *p = wire_put_len_head(bytes, WIRE_TAG(1, WIRE_LEN), wire_len_size(text));
	otel_batch huge = batch;
	p = wire_put_len_head(p, WIRE_TAG(3, WIRE_LEN), text);
	memset(p, 1, text); /* six bytes each */
	huge.data = bytes;
	huge.len = (size_t)(p - bytes) + text;
	give("exporter.otlp.protocol", "http/json");
	ck_assert_int_eq(open_exporter(), OTEL_OK);
	ck_assert_int_eq(fake.vtable->export_batch(fake.self, &huge, op), OTEL_EXPORT_TOO_LARGE);
	ck_assert_ptr_null(fake.request.url);
	ck_assert_str_eq(lines, "a batch of more than 64 MiB as JSON is not sent whole");
}
END_TEST

START_TEST(over_grpc_what_servers_usually_refuse_is_not_tried_if_it_can_be_split)
{
	static const uint8_t zeros[(4 << 20) + 1];
	otel_batch large = {
		.size = sizeof large, .signal = OTEL_SIGNAL_TRACES, .items = 2, .data = zeros, .len = sizeof zeros};
	give("exporter.otlp.protocol", "grpc");
	ck_assert_int_eq(open_exporter(), OTEL_OK);
	ck_assert_int_eq(fake.vtable->export_batch(fake.self, &large, op), OTEL_EXPORT_TOO_LARGE);
	ck_assert_ptr_null(fake.request.url);
	ck_assert_str_eq(lines, "");
	large.items = 1;
	ck_assert_int_eq(fake.vtable->export_batch(fake.self, &large, op), OTEL_EXPORT_PENDING);
	answer((otel_http_reply){.status = 200});
}
END_TEST

START_TEST(cancelling_ends_the_request_of_this_op_only)
{
	begin();
	fake.vtable->cancel(fake.self, (otel_export_op *)body);
	ck_assert(!fake.cancelled);
	fake.vtable->cancel(fake.self, op);
	ck_assert(fake.cancelled);
	answer((otel_http_reply){.error = OTEL_HTTP_CANCELLED, .sent = true});
	ck_assert_int_eq(fake.result, OTEL_EXPORT_UNKNOWN);
	ck_assert_str_eq(lines, "");
	fake.cancelled = false;
	fake.vtable->cancel(fake.self, op);
	ck_assert(!fake.cancelled);
}
END_TEST

START_TEST(grpc_has_its_frame_its_path_and_its_headers)
{
	static const otel_header trailers[] = {{"content-type", "application/grpc"}, {"grpc-status", "14"}};
	give("exporter.otlp.protocol", "grpc");
	give("exporter.otlp.headers", "api-key=k");
	begin();
	ck_assert_str_eq(fake.request.url,
			 "http://localhost:4317/opentelemetry.proto.collector.trace.v1.TraceService/Export");
	ck_assert_uint_eq(fake.request.http_version, OTEL_HTTP_2);
	ck_assert_str_eq(fake.sent_headers, "Content-Type: application/grpc+proto\nTE: trailers\ngrpc-timeout: 10000m\n"
					    "api-key: k\n");
	ck_assert_uint_eq(fake.request.body_len, sizeof body + 5);
	ck_assert_mem_eq(fake.request.body, "\0\0\0\x10\0", 5);
	answer((otel_http_reply){.status = 200, .headers = trailers, .header_count = 2});
	ck_assert_int_eq(fake.result, OTEL_EXPORT_RETRY);
	ck_assert_str_eq(lines, "http://localhost:4317 answered UNAVAILABLE; will try again");
}
END_TEST

START_TEST(a_compressed_message_says_so_in_its_frame)
{
	static const otel_header trailers[] = {{"grpc-status", "0"}};
	give("exporter.otlp.protocol", "grpc");
	give("exporter.otlp.compression", "gzip");
	begin();
	const uint8_t *frame = fake.request.body;
	ck_assert_ptr_nonnull(strstr(fake.sent_headers, "grpc-encoding: gzip\n"));
	ck_assert_ptr_nonnull(strstr(fake.sent_headers, "grpc-accept-encoding: identity,gzip\n"));
	ck_assert_ptr_null(strstr(fake.sent_headers, "Content-Encoding"));
	ck_assert_mem_eq(frame, "\1\0\0\0", 4);
	ck_assert_uint_eq(frame[4], fake.request.body_len - 5);
	ck_assert_mem_eq(frame + 5, "\x1f\x8b", 2);
	answer((otel_http_reply){.status = 200, .headers = trailers, .header_count = 1});
	ck_assert_int_eq(fake.result, OTEL_EXPORT_DONE);
}
END_TEST

START_TEST(a_backend_without_gzip_gets_bodies_as_they_are_from_then_on)
{
	give("exporter.otlp.compression", "gzip");
	begin();
	fake.sent_headers[0] = '\0';
	hear((otel_http_reply){.status = 415});
	ck_assert_int_eq(fake.finished, 0); /* sent again at once */
	ck_assert_ptr_null(strstr(fake.sent_headers, "Content-Encoding"));
	ck_assert_ptr_eq(fake.request.body, body);
	answer((otel_http_reply){.status = 200});
	ck_assert_int_eq(fake.finished, 1);
	ck_assert_int_eq(fake.result, OTEL_EXPORT_DONE);
	fake.finished = 0;
	ck_assert_int_eq(fake.vtable->export_batch(fake.self, &batch, op), OTEL_EXPORT_PENDING);
	ck_assert_ptr_null(strstr(fake.sent_headers, "Content-Encoding"));
	answer((otel_http_reply){.status = 415});
	ck_assert_int_eq(fake.finished, 1);
	ck_assert_int_eq(fake.result, OTEL_EXPORT_DROP);
}
END_TEST

START_TEST(a_grpc_server_without_gzip_gets_messages_as_they_are)
{
	static const otel_header refusal[] = {
		{"content-type", "application/grpc"}, {"grpc-accept-encoding", "identity"}, {"grpc-status", "12"}};
	static const otel_header trailers[] = {{"content-type", "application/grpc"}, {"grpc-status", "0"}};
	give("exporter.otlp.protocol", "grpc");
	give("exporter.otlp.compression", "gzip");
	begin();
	fake.sent_headers[0] = '\0';
	hear((otel_http_reply){.status = 200, .headers = refusal, .header_count = 3});
	ck_assert_int_eq(fake.finished, 0);
	ck_assert_ptr_null(strstr(fake.sent_headers, "grpc-encoding"));
	ck_assert_mem_eq(fake.request.body, "\0\0\0\x10\0", 5);
	answer((otel_http_reply){.status = 200, .headers = trailers, .header_count = 2});
	ck_assert_int_eq(fake.result, OTEL_EXPORT_DONE);
}
END_TEST

START_TEST(a_cancelled_export_is_not_sent_again)
{
	give("exporter.otlp.compression", "gzip");
	begin();
	fake.vtable->cancel(fake.self, op);
	answer((otel_http_reply){.status = 415});
	ck_assert_int_eq(fake.finished, 1);
	ck_assert_int_eq(fake.result, OTEL_EXPORT_RETRY);
}
END_TEST

START_TEST(json_is_another_way_to_write_the_same)
{
	static const uint8_t request[] = {0x0a, 0x02, 0x0a, 0x00};
	otel_batch small = batch;
	small.data = request;
	small.len = sizeof request;
	give("exporter.otlp.protocol", "http/json");
	ck_assert_int_eq(open_exporter(), OTEL_OK);
	ck_assert_int_eq(fake.vtable->export_batch(fake.self, &small, op), OTEL_EXPORT_PENDING);
	ck_assert_str_eq(fake.sent_headers, "Content-Type: application/json\n");
	ck_assert_str_eq(fake.request.url, "http://localhost:4318/v1/traces");
	ck_assert_mem_eq(fake.request.body, "{\"resourceSpans\":[{", 18);
	answer((otel_http_reply){.status = 200});
	ck_assert_int_eq(fake.result, OTEL_EXPORT_DONE);
}
END_TEST

START_TEST(what_it_cannot_speak_is_said_once_by_itself)
{
	give("exporter.otlp.protocol", "thrift");
	ck_assert_int_eq(open_exporter(), OTEL_FAILED); /* which tells the host to stay silent */
	ck_assert_ptr_nonnull(strstr(lines, "\"thrift\" is no protocol: write grpc, http/protobuf or http/json"));
}
END_TEST

int main(void)
{
	const struct suite_entry entries[] = {
		{a_batch_is_posted_as_it_is, 0},
		{who_signs_it_is_passed_on_and_what_cannot_be_signed_is_kept, 0},
		{gzip_is_said_and_done, 0},
		{a_busy_backend_gets_its_time, 0},
		{a_request_that_cannot_begin_is_tried_again, 0},
		{a_batch_over_64_mib_is_never_sent_whole, 0},
		{nor_is_one_that_is_over_64_mib_as_json, 0},
		{cancelling_ends_the_request_of_this_op_only, 0},
		{over_grpc_what_servers_usually_refuse_is_not_tried_if_it_can_be_split, 0},
		{grpc_has_its_frame_its_path_and_its_headers, 0},
		{a_compressed_message_says_so_in_its_frame, 0},
		{a_backend_without_gzip_gets_bodies_as_they_are_from_then_on, 0},
		{a_grpc_server_without_gzip_gets_messages_as_they_are, 0},
		{a_cancelled_export_is_not_sent_again, 0},
		{json_is_another_way_to_write_the_same, 0},
		{what_it_cannot_speak_is_said_once_by_itself, 0},
	};
	int status = suite_main("otlp", entries, sizeof entries / sizeof *entries, set_up);
	close_exporter();
	return status;
}
