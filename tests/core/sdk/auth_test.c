/* SPDX-License-Identifier: Apache-2.0
 *
 * auth_test.c - authenticators of our own, a backend that takes nothing but what is signed as it should be, and the
 * real http.so between them. Every case has a process of its own, whose thread does the pipeline's work.
 */
#include "sdk/auth.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/http/http_support.h"
#include "core/sdk/pipeline_support.h"
#include "sdk/timer.h"
#include "support/child.h"
#include "util/clock.h"
#include "util/diag.h"

/* ---- the backend: takes "Bearer N" where N is the number of the day ---- */

struct backend {
	_Atomic int good; /* the token it takes; -1 = none */
	_Atomic int refusal; /* 401 or 403 */
	_Atomic int accepted;
	_Atomic int refused; /* with another token */
	_Atomic int unsigned_;
	_Atomic int bad; /* body or headers that are not as they were sent */
};

static struct backend *backend;
static struct server server;

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
	snprintf(line, sizeof(line), "HTTP/1.1 %d X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", status);
	server_say(connection, line);
}

/* ---- the authenticator: each preparation gives the next token ---- */

static struct {
	int prepared; /* calls */
	int rejected; /* of them, after a refusal */
	int token;
	otel_status answer; /* of prepare() itself */
	otel_status end; /* that auth_finish() tells */
	uint32_t valid_ms;
	uint32_t delay_ms; /* until it tells; 0 = at once, UINT32_MAX = never */
	otel_status sign;
	otel_auth_op *op;
	otel_http_request seen;
	char seen_host[64];
} fake;

static void finish(void *op)
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
		finish(op);
	else
		pipeline_timer(NULL, fake.delay_ms, finish, op);
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

static void set_up(bool allow_insecure)
{
	static char modules[4096];
	struct component *const components[] = {&component};
	struct pipeline_options options = support_options();
	const char *build = getenv("OTEL_C_TEST_BUILD");

	snprintf(modules, sizeof(modules), "%s/lib/otel-c", build ? build : ".");
	support_modules = modules;
	options.worker = WORKER_NONE;
	support_start(&options, NULL, NULL);
	auth_setup(&(struct auth_options){.components = components, .count = 1, .allow_insecure = allow_insecure});
}

static void start(void)
{
	backend = mmap(NULL, sizeof(*backend), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	*backend = (struct backend){.good = 1, .refusal = 401};
	server_start(&server, serve);
	set_up(false);
}

struct answer {
	int count;
	otel_http_error error;
	int status;
	bool sent;
	char message[300];
	otel_http_call *call;
};

static void on_reply(void *arg, const otel_http_reply *reply)
{
	struct answer *answer = arg;
	answer->count++;
	answer->error = reply->error;
	answer->status = reply->status;
	answer->sent = reply->sent;
	snprintf(answer->message, sizeof(answer->message), "%s", reply->message);
}

static void ask_for(struct answer *answer, const char *url, const char *auth, uint32_t timeout_ms)
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
	if (pipeline_http(NULL, &request, on_reply, answer, &answer->call) != OTEL_OK)
		abort();
}

static bool is_answered(struct answer *answer)
{
	const uint64_t end = clock_mono_ms() + 30000;
	while (!answer->count && clock_mono_ms() < end)
		pipeline_poll(5);
	return answer->count == 1;
}

static bool is_accepted(struct answer *answer)
{
	return is_answered(answer) && answer->error == OTEL_HTTP_OK && answer->status == 200;
}

static void poll_for(uint32_t ms)
{
	for (uint64_t end = clock_mono_ms() + ms; clock_mono_ms() < end;)
		pipeline_poll(5);
}

#define ask(answer) ask_for(answer, server.url, "fake", 20000)

#define CASE(name)                                                                                                     \
	static bool name##_case(void);                                                                                 \
	START_TEST(name)                                                                                               \
	{                                                                                                              \
		ck_assert(support_in_child(name##_case));                                                              \
	}                                                                                                              \
	END_TEST                                                                                                       \
	static bool name##_case(void)

#define EXPECT(condition)                                                                                              \
	do {                                                                                                           \
		if (!(condition)) {                                                                                    \
			fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);                                \
			return false;                                                                                  \
		}                                                                                                      \
	} while (0)

/* ---- waiting ---- */

CASE(requests_wait_for_one_preparation_and_go_out_signed)
{
	struct answer a, b, c;
	start();
	fake.delay_ms = 50;
	ask(&a), ask(&b), ask(&c);
	EXPECT(is_accepted(&a) && is_accepted(&b) && is_accepted(&c));
	ask(&a);
	EXPECT(is_accepted(&a));
	EXPECT(fake.prepared == 1 && fake.rejected == 0);
	EXPECT(backend->accepted == 4 && backend->unsigned_ == 0 && backend->bad == 0);
	return true;
}

CASE(what_is_prepared_at_once_is_used_at_once)
{
	struct answer a;
	start();
	ask(&a);
	EXPECT(is_accepted(&a) && fake.prepared == 1);
	return true;
}

CASE(sign_sees_the_request_as_it_goes_out)
{
	struct answer a;
	char host[64];
	start();
	ask(&a);
	EXPECT(is_accepted(&a));
	snprintf(host, sizeof(host), "127.0.0.1:%u", server.port);
	EXPECT(!strcmp(fake.seen_host, host));
	EXPECT(fake.seen.header_count == 4 && fake.seen.body_len == 8 && !memcmp(fake.seen.body, "the body", 8));
	/* both of the caller's own gave way */
	EXPECT(!strcasestr(server.seen->last, "caller's") && !strstr(server.seen->last, "again"));
	EXPECT(strcasestr(server.seen->last, "\r\nContent-Type: text/plain\r\n"));
	return true;
}

CASE(a_request_that_waits_too_long_is_not_sent)
{
	struct answer a;
	start();
	fake.delay_ms = UINT32_MAX;
	ask_for(&a, server.url, "fake", 100);
	EXPECT(is_answered(&a) && a.error == OTEL_HTTP_AUTH && !a.sent);
	EXPECT(strstr(a.message, "fake") && strstr(a.message, "in time"));
	EXPECT(server.seen->connections == 0);
	finish(fake.op); /* late, but good */
	ask(&a);
	EXPECT(is_accepted(&a) && fake.prepared == 1);
	return true;
}

CASE(a_waiting_request_may_be_cancelled)
{
	struct answer a;
	start();
	fake.delay_ms = UINT32_MAX;
	ask(&a);
	poll_for(20);
	pipeline_http_cancel(a.call);
	EXPECT(is_answered(&a) && a.error == OTEL_HTTP_CANCELLED && server.seen->connections == 0);
	return true;
}

/* ---- refusals ---- */

static bool refused_with(int status)
{
	struct answer a, b;
	start();
	backend->refusal = status;
	backend->good = 2;
	fake.delay_ms = 20;
	ask(&a), ask(&b);
	EXPECT(is_accepted(&a) && is_accepted(&b));
	EXPECT(fake.prepared == 2 && fake.rejected == 1);
	EXPECT(backend->accepted == 2 && backend->refused == 2 && backend->unsigned_ == 0);
	return true;
}

CASE(after_401_all_share_one_preparation_and_are_sent_again)
{
	return refused_with(401);
}

CASE(after_403_it_is_the_same)
{
	return refused_with(403);
}

CASE(who_waits_beside_a_refused_request_does_not_hide_the_refusal)
{
	struct answer a;
	start();
	ask(&a);
	EXPECT(is_accepted(&a));
	struct auth *auth = auth_find("fake");
	const uint64_t now = clock_mono_ms(), generation = auth_generation(auth);
	EXPECT(auth_ask(auth, 0, now) == AUTH_READY);
	EXPECT(auth_ask(auth, generation, now) == AUTH_WAIT && auth_due() == 0);
	EXPECT(auth_ask(auth, 0, now) == AUTH_WAIT);
	EXPECT(auth_step(now) && fake.prepared == 2 && fake.rejected == 1);
	EXPECT(auth_ask(auth, 0, now) == AUTH_READY && auth_ask(auth, generation, now) == AUTH_READY);
	return true;
}

CASE(a_second_refusal_is_the_answer)
{
	struct answer a;
	start();
	backend->good = -1;
	ask(&a);
	EXPECT(is_answered(&a) && a.error == OTEL_HTTP_OK && a.status == 401);
	EXPECT(backend->refused == 2 && fake.prepared == 2);

	/* Others are not prepared at once again. */
	ask(&a);
	EXPECT(is_answered(&a) && a.error == OTEL_HTTP_AUTH && a.status == 401 && strstr(a.message, "refused"));
	EXPECT(backend->refused == 3 && fake.prepared == 2);

	/* But later, and then all is well. */
	poll_for(1300);
	backend->good = 3;
	ask(&a);
	EXPECT(is_accepted(&a) && fake.prepared == 3 && fake.rejected == 2);
	return true;
}

CASE(without_a_preparation_a_refusal_is_the_answer)
{
	struct answer a;
	component.vtable = &no_prepare_vtable;
	start();
	fake.token = 1;
	ask(&a);
	EXPECT(is_accepted(&a));
	backend->good = -1;
	ask(&a);
	EXPECT(is_answered(&a) && a.error == OTEL_HTTP_OK && a.status == 401 && backend->refused == 1);
	return true;
}

CASE(a_failed_preparation_after_a_refusal_keeps_the_request_from_being_lost)
{
	struct answer a;
	start();
	ask(&a);
	EXPECT(is_accepted(&a));
	backend->good = 2;
	fake.end = OTEL_TIMEOUT;
	ask(&a);
	EXPECT(is_answered(&a) && a.error == OTEL_HTTP_AUTH && a.status == 401 && !a.sent);
	EXPECT(strstr(a.message, "the fake has none"));
	return true;
}

/* ---- failures ---- */

CASE(while_there_is_nothing_to_sign_with_requests_fail_and_it_is_tried_again_later)
{
	struct answer a, b;
	start();
	fake.end = OTEL_FAILED;
	fake.delay_ms = 10;
	ask(&a), ask(&b);
	EXPECT(is_answered(&a) && a.error == OTEL_HTTP_AUTH && strstr(a.message, "the fake has none"));
	EXPECT(is_answered(&b) && b.error == OTEL_HTTP_AUTH);
	ask(&a);
	EXPECT(is_answered(&a) && a.error == OTEL_HTTP_AUTH && fake.prepared == 1);
	fake.end = OTEL_OK;
	poll_for(1300);
	ask(&a);
	EXPECT(is_accepted(&a) && fake.prepared == 2 && fake.rejected == 0);
	EXPECT(server.seen->connections == 1);
	return true;
}

CASE(a_preparation_that_cannot_begin_is_a_failed_one)
{
	struct answer a;
	start();
	fake.answer = OTEL_NOT_FOUND;
	ask(&a);
	EXPECT(is_answered(&a) && a.error == OTEL_HTTP_AUTH && fake.prepared == 1 && server.seen->connections == 0);
	return true;
}

CASE(what_cannot_be_signed_is_not_sent)
{
	struct answer a;
	start();
	fake.sign = OTEL_FAILED;
	ask(&a);
	EXPECT(is_answered(&a) && a.error == OTEL_HTTP_AUTH && server.seen->connections == 0);
	return true;
}

/* ---- expiry ---- */

CASE(expired_credentials_are_not_used)
{
	struct answer a;
	start();
	fake.valid_ms = 3000; /* long enough for the first request on any machine */
	ask(&a);
	EXPECT(is_accepted(&a));
	usleep(3100000); /* nobody looks meanwhile */
	backend->good = 2;
	ask(&a);
	EXPECT(is_accepted(&a) && backend->refused == 0 && fake.prepared == 2 && fake.rejected == 0);
	return true;
}

CASE(the_next_ones_are_prepared_ahead_while_the_old_ones_serve)
{
	struct answer a;
	start();
	fake.valid_ms = 3000;
	ask(&a);
	EXPECT(is_accepted(&a));
	fake.delay_ms = UINT32_MAX;
	for (uint64_t end = clock_mono_ms() + 10000; fake.prepared < 2 && clock_mono_ms() < end;)
		pipeline_poll(5);
	EXPECT(fake.prepared == 2 && fake.rejected == 0);
	ask(&a); /* under way, and the old ones hold */
	EXPECT(is_accepted(&a));
	backend->good = 2;
	finish(fake.op);
	poll_for(10);
	ask(&a);
	EXPECT(is_accepted(&a) && backend->refused == 0 && fake.prepared == 2);
	return true;
}

CASE(nothing_is_prepared_for_an_idle_process)
{
	struct answer a;
	start();
	fake.valid_ms = 200;
	ask(&a);
	EXPECT(is_accepted(&a));
	poll_for(800); /* once ahead of the end, for it was used; and then no more */
	EXPECT(fake.prepared == 2);
	return true;
}

/* ---- who signs ---- */

CASE(only_what_asks_for_it_is_signed)
{
	struct answer a;
	start();
	ask_for(&a, server.url, "none", 20000);
	EXPECT(is_answered(&a) && a.status == 401 && backend->unsigned_ == 1);
	ask_for(&a, server.url, NULL, 20000);
	EXPECT(is_answered(&a) && a.status == 401 && backend->unsigned_ == 2 && fake.prepared == 0);
	ask_for(&a, server.url, "FAKE", 20000);
	EXPECT(is_accepted(&a));
	return true;
}

CASE(auto_takes_who_wants_the_url_or_nobody)
{
	struct answer a;
	char url[96];
	start();
	ask_for(&a, server.url, "auto", 20000);
	EXPECT(is_answered(&a) && a.status == 401 && backend->unsigned_ == 1 && fake.prepared == 0);
	snprintf(url, sizeof(url), "%s/wanted", server.url);
	ask_for(&a, url, "Auto", 20000);
	EXPECT(is_accepted(&a) && fake.prepared == 1);
	return true;
}

CASE(an_authenticator_that_is_not_there_is_named)
{
	struct answer a;
	start();
	ask_for(&a, server.url, "sigv5", 20000);
	EXPECT(is_answered(&a) && a.error == OTEL_HTTP_INVALID && strstr(a.message, "\"sigv5\""));
	EXPECT(server.seen->connections == 0);
	return true;
}

CASE(credentials_do_not_leave_the_machine_in_the_clear)
{
	struct answer a;
	start();
	ask_for(&a, "http://192.0.2.1/", "fake", 200);
	EXPECT(is_answered(&a) && a.error == OTEL_HTTP_INVALID && strstr(a.message, "plain http"));
	EXPECT(fake.prepared == 0);
	set_up(true);
	ask_for(&a, "http://192.0.2.1/", "fake", 200);
	EXPECT(is_answered(&a) && a.error != OTEL_HTTP_INVALID && a.error != OTEL_HTTP_AUTH && fake.prepared == 1);
	return true;
}

/* ---- the end, and forks ---- */

CASE(a_stop_answers_what_waits_and_what_is_prepared_ends_unheard)
{
	struct answer a;
	start();
	fake.delay_ms = UINT32_MAX;
	ask(&a);
	poll_for(20);
	EXPECT(pipeline_stop(1000) != OTEL_TIMEOUT);
	EXPECT(a.count == 1 && a.error == OTEL_HTTP_CANCELLED);
	otel_auth_op *old = fake.op;
	auth_finish(old, OTEL_FAILED, 0, "too late");

	/* In the next round it begins anew. */
	set_up(false);
	fake.delay_ms = 0;
	ask(&a);
	EXPECT(is_accepted(&a) && fake.prepared == 2);
	auth_finish(old, OTEL_FAILED, 0, "far too late");
	ask(&a);
	EXPECT(is_accepted(&a));
	return true;
}

CASE(a_stop_cancels_what_is_on_the_network)
{
	struct answer a;
	start();
	kill(server.pid, SIGSTOP);
	ask(&a);
	poll_for(100);
	EXPECT(!a.count && pipeline_stop(10) != OTEL_TIMEOUT);
	EXPECT(a.count == 1 && a.error == OTEL_HTTP_CANCELLED);
	const otel_http_request request = {.size = sizeof(request), .method = "GET", .url = server.url};
	EXPECT(pipeline_http(NULL, &request, on_reply, &a, NULL) == OTEL_FAILED);
	kill(server.pid, SIGCONT);
	return true;
}

#ifndef __SANITIZE_THREAD__ /* takes locks that are made anew in a child for held ones */
static bool in_forked_child(bool (*run)(struct answer *answer), struct answer *answer)
{
	int status;
	pipeline_fork_prepare();
	pid_t pid = fork();
	if (pid == 0) {
		pipeline_fork_child();
		alarm(60);
		child_leave(run(answer) ? 0 : 1);
	}
	pipeline_fork_parent();
	return waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static bool prepares_anew(struct answer *inherited)
{
	struct answer a;
	poll_for(10);
	EXPECT(inherited->count == 1 && inherited->error == OTEL_HTTP_CANCELLED);
	auth_finish(fake.op, OTEL_FAILED, 0, "the parent's");
	fake.delay_ms = 0;
	ask(&a);
	EXPECT(is_accepted(&a) && fake.prepared == 2);
	return true;
}

CASE(a_child_prepares_for_itself_what_the_parent_had_begun)
{
	struct answer a;
	start();
	fake.delay_ms = UINT32_MAX;
	ask(&a);
	poll_for(20);
	EXPECT(in_forked_child(prepares_anew, &a));
	finish(fake.op);
	EXPECT(is_accepted(&a) && fake.prepared == 1);
	return true;
}

static bool goes_on(struct answer *unused)
{
	struct answer a;
	(void)unused;
	ask(&a);
	EXPECT(is_accepted(&a) && fake.prepared == 1);
	return true;
}

CASE(a_child_goes_on_with_what_the_parent_had)
{
	struct answer a;
	start();
	ask(&a);
	EXPECT(is_accepted(&a) && in_forked_child(goes_on, NULL));
	ask(&a);
	EXPECT(is_accepted(&a) && fake.prepared == 1);
	return true;
}

#endif

/* ---- plugins that do not keep the contract ---- */

CASE(a_second_end_changes_nothing)
{
	struct answer a;
	start();
	ask(&a);
	EXPECT(is_accepted(&a));
	auth_finish(fake.op, OTEL_FAILED, 0, "again");
	auth_finish(NULL, OTEL_OK, 0, NULL);
	ask(&a);
	EXPECT(is_accepted(&a) && fake.prepared == 1);
	return true;
}

static void *finish_elsewhere(void *op)
{
	finish(op);
	return NULL;
}

CASE(the_end_may_come_from_any_thread)
{
	struct answer a;
	pthread_t thread;
	start();
	fake.delay_ms = UINT32_MAX;
	ask(&a);
	poll_for(20);
	pthread_create(&thread, NULL, finish_elsewhere, fake.op);
	EXPECT(is_accepted(&a));
	pthread_join(thread, NULL);
	return true;
}

static otel_status never_ready(void *self, otel_auth_op *op, bool rejected)
{
	(void)self, (void)op, (void)rejected;
	return OTEL_FAILED;
}

/* The time between the last two of many failed preparations: of as many as there can be. */
static uint64_t late_wait(struct auth *auth, uint64_t *now)
{
	uint64_t wait = 0;

	auth_step(*now);
	while (auth_ask(auth, 0, *now + wait) == AUTH_FAILED)
		wait += 50;
	*now += wait;
	return wait;
}

CASE(even_the_longest_waits_differ_so_that_many_processes_do_not_come_back_together)
{
	static const otel_authenticator unready = {.component = {.size = sizeof(unready)}, .prepare = never_ready};
	static struct component one = {
		.kind = OTEL_COMPONENT_AUTHENTICATOR, .name = "never", .vtable = &unready, .is_open = true};
	struct component *const components[] = {&one};
	uint64_t now = 1000, least = UINT64_MAX, most = 0;

	auth_setup(&(struct auth_options){.components = components, .count = 1});
	struct auth *auth = auth_find("never");
	EXPECT(auth_ask(auth, 0, now) == AUTH_WAIT);
	for (int i = 0; i < 60; i++) {
		const uint64_t wait = late_wait(auth, &now);
		EXPECT(wait >= 1000 && wait <= 60050);
		if (i < 10)
			continue;
		least = wait < least ? wait : least;
		most = wait > most ? wait : most;
	}
	EXPECT(least >= 45000 && most > least + 1000);
	return true;
}

int main(void)
{
	const TTest *const tests[] = {requests_wait_for_one_preparation_and_go_out_signed,
				      what_is_prepared_at_once_is_used_at_once,
				      sign_sees_the_request_as_it_goes_out,
				      a_request_that_waits_too_long_is_not_sent,
				      a_waiting_request_may_be_cancelled,
				      after_401_all_share_one_preparation_and_are_sent_again,
				      after_403_it_is_the_same,
				      who_waits_beside_a_refused_request_does_not_hide_the_refusal,
				      a_second_refusal_is_the_answer,
				      without_a_preparation_a_refusal_is_the_answer,
				      a_failed_preparation_after_a_refusal_keeps_the_request_from_being_lost,
				      while_there_is_nothing_to_sign_with_requests_fail_and_it_is_tried_again_later,
				      a_preparation_that_cannot_begin_is_a_failed_one,
				      what_cannot_be_signed_is_not_sent,
				      expired_credentials_are_not_used,
				      the_next_ones_are_prepared_ahead_while_the_old_ones_serve,
				      nothing_is_prepared_for_an_idle_process,
				      only_what_asks_for_it_is_signed,
				      auto_takes_who_wants_the_url_or_nobody,
				      an_authenticator_that_is_not_there_is_named,
				      credentials_do_not_leave_the_machine_in_the_clear,
				      a_stop_answers_what_waits_and_what_is_prepared_ends_unheard,
				      a_stop_cancels_what_is_on_the_network,
#ifndef __SANITIZE_THREAD__
				      a_child_prepares_for_itself_what_the_parent_had_begun,
				      a_child_goes_on_with_what_the_parent_had,
#endif
				      a_second_end_changes_nothing,
				      the_end_may_come_from_any_thread,
				      even_the_longest_waits_differ_so_that_many_processes_do_not_come_back_together};
	Suite *suite = suite_create("auth");
	TCase *tc = tcase_create("all");
	tcase_set_timeout(tc, 100);
	for (size_t i = 0; i < sizeof(tests) / sizeof(*tests); i++)
		tcase_add_test(tc, tests[i]);
	suite_add_tcase(suite, tc);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
