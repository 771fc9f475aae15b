/* SPDX-License-Identifier: Apache-2.0
 *
 * auth_support.c - see the header.
 */
#include "core/sdk/auth_support.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "sdk/timer.h"
#include "support/build.h"

/* ---- the backend ---- */

struct backend *backend;
struct server server;

static const char *value_of(const char *request, const char *name, char *out, size_t cap)
{
	char line[64];

	snprintf(line, sizeof(line), "\r\n%s: ", name);
	const char *at = strcasestr(request, line);
	const size_t len = at ? strcspn(at + strlen(line), "\r") : 0;
	snprintf(out, cap, "%.*s", (int)len, at ? at + strlen(line) : "");
	return at ? out : NULL;
}

static bool is_as_sent(const char *request)
{
	char host[64], kind[64], again[8];

	snprintf(again, sizeof(again), "%u", server.port);
	return value_of(request, "Host", host, sizeof(host)) && strstr(host, again) &&
	       value_of(request, "X-Kind", kind, sizeof(kind)) && !strcmp(kind, "signed") &&
	       strstr(request, "\r\n\r\nthe body");
}

static void serve(struct server *s, int connection)
{
	char value[64], line[96];
	int status = 200, token = 0;

	if (!server_read_request(s, connection))
		return;
	if (!value_of(s->seen->last, "Authorization", value, sizeof(value)) ||
	    sscanf(value, "Bearer %d", &token) != 1) {
		backend->unsigned_++;
		status = 401;
	} else if (token != backend->good) {
		backend->refused++;
		status = backend->refusal;
	} else if (!is_as_sent(s->seen->last)) {
		backend->bad++;
		status = 400;
	} else {
		backend->accepted++;
	}
	while (backend->is_silent)
		pause();
	snprintf(line, sizeof(line), "HTTP/1.1 %d X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", status);
	server_say(connection, line);
}

/* ---- the authenticator ---- */

struct fake_auth fake;

void fake_finish(void *op)
{
	if (fake.end == OTEL_OK)
		fake.token++;
	auth_finish(op, fake.end, fake.valid_ms, fake.end == OTEL_OK ? NULL : "the fake has none");
}

static otel_status prepare(void *self, otel_auth_op *op, bool rejected)
{
	ck_assert_ptr_eq(self, &fake);
	fake.prepared++;
	fake.rejected += rejected;
	fake.op = op;
	if (fake.answer != OTEL_OK || fake.delay_ms == UINT32_MAX)
		return fake.answer;
	if (!fake.delay_ms)
		fake_finish(op);
	else
		pipeline_timer(NULL, fake.delay_ms, fake_finish, op);
	return OTEL_OK;
}

static otel_status sign(void *self, const otel_http_request *request,
			void (*add_header)(void *arg, const char *name, const char *value), void *arg)
{
	char value[32];

	(void)self;
	fake.seen = *request;
	fake.seen_host[0] = '\0';
	for (size_t i = 0; i < request->header_count; i++)
		if (!strcasecmp(request->headers[i].name, "host"))
			snprintf(fake.seen_host, sizeof(fake.seen_host), "%s", request->headers[i].value);
	snprintf(value, sizeof(value), "Bearer %d", fake.token);
	add_header(arg, "authorization", value);
	add_header(arg, "x-kind", "signed");
	return fake.sign;
}

static bool wants(void *self, const char *url)
{
	(void)self;
	return strstr(url, "/wanted") != NULL;
}

static const otel_authenticator vtable = {
	.component = {.size = sizeof(vtable)}, .prepare = prepare, .sign = sign, .wants = wants};
static const otel_authenticator no_prepare_vtable = {.component = {.size = sizeof(vtable)}, .sign = sign};

static struct component component = {
	.kind = OTEL_COMPONENT_AUTHENTICATOR, .name = "fake", .vtable = &vtable, .self = &fake};

/* ---- running it ---- */

void auth_start_pipeline(bool allow_insecure)
{
	static char modules[4096];
	struct component *const components[] = {&component};
	struct pipeline_options options = support_options();

	snprintf(modules, sizeof(modules), "%s/lib/otel-c", build_dir());
	support_modules = modules;
	component.vtable = fake.cannot_prepare ? &no_prepare_vtable : &vtable;
	options.worker = WORKER_NONE;
	support_start(&options, NULL, NULL);
	auth_setup(&(struct auth_options){.components = components, .count = 1, .allow_insecure = allow_insecure});
}

void auth_start(void)
{
	backend = mmap(NULL, sizeof(*backend), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	*backend = (struct backend){.good = 1, .refusal = 401};
	server_start(&server, serve);
	auth_start_pipeline(false);
}

void answer_on_reply(void *arg, const otel_http_reply *reply)
{
	struct answer *answer = arg;
	answer->count++;
	answer->error = reply->error;
	answer->status = reply->status;
	answer->sent = reply->sent;
	snprintf(answer->message, sizeof(answer->message), "%s", reply->message);
}

void ask_for(struct answer *answer, const char *url, const char *auth, uint32_t timeout_ms)
{
	const otel_header headers[] = {{"X-Kind", "caller's"}, {"Content-Type", "text/plain"}, {"X-KIND", "again"}};
	const otel_http_request request = {.size = sizeof(request),
					   .method = "POST",
					   .url = url,
					   .headers = headers,
					   .header_count = 3,
					   .body = "the body",
					   .body_len = 8,
					   .timeout_ms = timeout_ms,
					   .auth = auth};
	*answer = (struct answer){0};
	if (pipeline_http(NULL, &request, answer_on_reply, answer, &answer->call) != OTEL_OK)
		abort();
}

bool is_answered(struct answer *answer)
{
	const uint64_t end = clock_mono_ms() + 30000;
	while (!answer->count && clock_mono_ms() < end)
		pipeline_poll(5);
	return answer->count == 1;
}

bool is_accepted(struct answer *answer)
{
	return is_answered(answer) && answer->error == OTEL_HTTP_OK && answer->status == 200;
}

bool is_accepted_at_last(struct answer *answer)
{
	const uint64_t end = clock_mono_ms() + 30000;
	do {
		ask(answer);
		if (is_accepted(answer))
			return true;
		pipeline_poll(5);
	} while (clock_mono_ms() < end);
	return false;
}
