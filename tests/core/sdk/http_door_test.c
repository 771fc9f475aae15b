/* SPDX-License-Identifier: Apache-2.0
 *
 * http_door_test.c - requests of exporters, from the pipeline thread and from others, with the real http.so and
 * without. Every case has a process of its own: what was loaded stays loaded.
 */
#include "sdk/http_door.h"

#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/sdk/pipeline_support.h"
#include "support/build.h"
#include "support/child.h"
#include "support/suite.h"

static char url[64];
static char modules[4096];

/* A port that listens (`backlog` connections are taken by the kernel) or nobody listens on. */
static int make_port(bool listening)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof(address);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (bind(fd, (struct sockaddr *)&address, len) != 0 || (listening && listen(fd, 8) != 0))
		abort();
	getsockname(fd, (struct sockaddr *)&address, &len);
	snprintf(url, sizeof(url), "http://127.0.0.1:%u/", ntohs(address.sin_port));
	return fd;
}

static const char *build_modules(void)
{
	snprintf(modules, sizeof(modules), "%s/lib/otel-c", build_dir());
	return modules;
}

struct answer {
	_Atomic int count;
	otel_http_error error;
	bool on_pipeline;
	char message[256];
};

static void on_reply(void *arg, const otel_http_reply *reply)
{
	struct answer *answer = arg;
	answer->error = reply->error;
	answer->on_pipeline = pipeline_is_self();
	snprintf(answer->message, sizeof(answer->message), "%s", reply->message);
	answer->count++;
}

static otel_status ask(struct answer *answer, otel_http_call **call)
{
	/* Everything but the body is borrowed for the length of the call only. */
	char *borrowed = strdup(url), *value = strdup("v");
	otel_header header = {"x-test", value};
	const otel_http_request request = {.size = sizeof(request),
					   .method = "POST",
					   .url = borrowed,
					   .headers = &header,
					   .header_count = 1,
					   .body = "body",
					   .body_len = 4,
					   .timeout_ms = 20000};
	otel_status status = pipeline_http(NULL, &request, on_reply, answer, call);
	memset(borrowed, 'x', strlen(borrowed));
	memset(value, 'x', strlen(value));
	free(borrowed);
	free(value);
	return status;
}

/* ---- an exporter that posts ---- */

static struct fake_exporter fake;
static struct answer exported;
static otel_http_call *exported_call;

static void on_export_reply(void *arg, const otel_http_reply *reply)
{
	on_reply(&exported, reply);
	pipeline_export_finish(arg, reply->error == OTEL_HTTP_OK ? OTEL_EXPORT_DONE : OTEL_EXPORT_RETRY, 0, 0, NULL);
}

static otel_export_result post(struct fake_exporter *f, const otel_batch *batch, otel_export_op *op)
{
	const otel_http_request request = {.size = sizeof(request),
					   .method = "POST",
					   .url = url,
					   .body = batch->data,
					   .body_len = batch->len,
					   .timeout_ms = 20000};
	(void)f;
	return pipeline_http(NULL, &request, on_export_reply, op, &exported_call) == OTEL_OK ? OTEL_EXPORT_PENDING
											     : OTEL_EXPORT_RETRY;
}

static void cancel_post(struct fake_exporter *f, otel_export_op *op)
{
	(void)f, (void)op;
	pipeline_http_cancel(exported_call);
}

static void start(const char *where)
{
	struct pipeline_options options = support_options();
	support_modules = where;
	fake_exporter_init(&fake, "fake", post);
	fake.on_cancel = cancel_post;
	support_start(&options, &fake, NULL);
}

/* ---- cases ---- */

static bool refused(void)
{
	close(make_port(false));
	start(build_modules());
	support_spans(1, 0, 10);
	otel_status status = pipeline_flush(20000);
	return status == OTEL_FAILED && exported.count == 1 && exported.error == OTEL_HTTP_REFUSED &&
	       exported.on_pipeline && support_exit_arms == 1 && pipeline_stop(20000) == OTEL_FAILED;
}

START_TEST(a_request_of_an_exporter_is_answered_on_the_pipeline_thread)
{
	ck_assert(in_child(refused));
}
END_TEST

static bool from_another_thread(void)
{
	struct answer answer = {0};
	close(make_port(false));
	start(build_modules());
	support_spans(1, 0, 10); /* the thread */
	otel_status flushed = pipeline_flush(20000);
	return flushed == OTEL_FAILED && ask(&answer, NULL) == OTEL_OK && support_reaches_int(&answer.count, 1) &&
	       answer.on_pipeline && answer.error == OTEL_HTTP_REFUSED;
}

START_TEST(any_thread_may_make_a_request)
{
	ck_assert(in_child(from_another_thread));
}
END_TEST

static bool cancelled(void)
{
	struct answer answer = {0};
	otel_http_call *call;
	make_port(true);
	start(build_modules());
	if (ask(&answer, &call) != OTEL_OK)
		return false;
	support_spans(1, 0, 10);
	if (pipeline_flush(0) != OTEL_TIMEOUT || !support_reaches_int(&fake.calls, 1))
		return false;
	usleep(20000); /* by now it is under way, or not: both must end the same */
	pipeline_http_cancel(call);
	if (!support_reaches_int(&answer.count, 1) || answer.error != OTEL_HTTP_CANCELLED || !answer.on_pipeline)
		return false;
	pipeline_http_cancel(call); /* too late: nothing happens */
	return pipeline_stop(10) == OTEL_TIMEOUT && exported.count == 1 && exported.error == OTEL_HTTP_CANCELLED &&
	       answer.count == 1 && support_balanced();
}

START_TEST(a_cancelled_request_is_answered_once)
{
	ck_assert(in_child(cancelled));
}
END_TEST

static bool without_module(void)
{
	make_port(true);
	start("/nonexistent");
	support_spans(1, 0, 10);
	return pipeline_flush(20000) == OTEL_FAILED && exported.error == OTEL_HTTP_UNAVAILABLE &&
	       exported.on_pipeline && support_exit_arms == 0 && pipeline_flush(20000) == OTEL_FAILED &&
	       exported.count == 2;
}

START_TEST(without_http_so_requests_are_answered_as_unavailable)
{
	ck_assert(in_child(without_module));
}
END_TEST

static bool with_wrong_module(void)
{
	make_port(true);
	start(WRONG_MODULES);
	support_spans(1, 0, 10);
	return pipeline_flush(20000) == OTEL_FAILED && exported.error == OTEL_HTTP_UNAVAILABLE;
}

START_TEST(an_http_so_of_another_version_is_not_used)
{
	ck_assert(in_child(with_wrong_module));
}
END_TEST

static bool loaded_at_start(void)
{
	struct pipeline_options options = support_options();
	support_modules = build_modules();
	options.http_at_start = true;
	fake_exporter_init(&fake, "fake", post);
	support_start(&options, &fake, NULL);
	if (support_exit_arms != 1)
		return false;
	support_modules = "/nonexistent"; /* as after chroot() */
	close(make_port(false));
	support_spans(1, 0, 10);
	return pipeline_flush(20000) == OTEL_FAILED && exported.error == OTEL_HTTP_REFUSED;
}

START_TEST(http_so_may_be_loaded_at_start)
{
	ck_assert(in_child(loaded_at_start));
}
END_TEST

static bool nonsense(void)
{
	struct answer answer = {0};
	const otel_http_request no_url = {.size = sizeof(no_url), .method = "GET"};
	const otel_http_request tiny = {.size = 8};
	start(build_modules());
	if (pipeline_http(NULL, &no_url, on_reply, &answer, NULL) != OTEL_INVALID ||
	    pipeline_http(NULL, &tiny, on_reply, &answer, NULL) != OTEL_INVALID)
		return false;
	snprintf(url, sizeof(url), "gopher://127.0.0.1/");
	ask(&answer, NULL);
	support_spans(1, 0, 10);
	return support_reaches_int(&answer.count, 1) && answer.error == OTEL_HTTP_INVALID;
}

START_TEST(requests_that_make_no_sense_are_refused)
{
	ck_assert(in_child(nonsense));
}
END_TEST

SUITE_MAIN("http_door", NULL, {a_request_of_an_exporter_is_answered_on_the_pipeline_thread, 0},
	   {any_thread_may_make_a_request, 0}, {a_cancelled_request_is_answered_once, 0},
	   {without_http_so_requests_are_answered_as_unavailable, 0}, {an_http_so_of_another_version_is_not_used, 0},
	   {http_so_may_be_loaded_at_start, 0}, {requests_that_make_no_sense_are_refused, 0})
