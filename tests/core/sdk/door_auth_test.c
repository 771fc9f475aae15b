/* SPDX-License-Identifier: Apache-2.0
 *
 * door_auth_test.c - requests on their way through the door: who signs them, when they may go, and what becomes of a
 * refusal.
 */
#include "core/sdk/auth_support.h"

#include <string.h>

#include "support/suite.h"

/* ---- waiting, and going out ---- */

CASE(requests_wait_for_one_preparation_and_go_out_signed)
{
	struct answer a, b, c;
	auth_start();
	fake.delay_ms = 50;
	ask(&a), ask(&b), ask(&c);
	EXPECT(is_accepted(&a) && is_accepted(&b) && is_accepted(&c));
	ask(&a);
	EXPECT(is_accepted(&a));
	EXPECT(fake.prepared == 1 && fake.rejected == 0);
	EXPECT(backend->accepted == 4 && backend->unsigned_ == 0 && backend->bad == 0);
	return true;
}

CASE(sign_sees_the_request_as_it_goes_out)
{
	struct answer a;
	char host[64];
	auth_start();
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
	auth_start();
	fake.delay_ms = UINT32_MAX;
	ask_for(&a, server.url, "fake", 100);
	EXPECT(is_answered(&a) && a.error == OTEL_HTTP_AUTH && !a.sent);
	EXPECT(strstr(a.message, "fake") && strstr(a.message, "in time"));
	EXPECT(server.seen->connections == 0);
	fake_finish(fake.op); /* late, but good */
	ask(&a);
	EXPECT(is_accepted(&a) && fake.prepared == 1);
	return true;
}

CASE(a_waiting_request_may_be_cancelled)
{
	struct answer a;
	auth_start();
	fake.delay_ms = UINT32_MAX;
	ask(&a);
	POLL_UNTIL(fake.prepared == 1);
	pipeline_http_cancel(a.call);
	EXPECT(is_answered(&a) && a.error == OTEL_HTTP_CANCELLED && server.seen->connections == 0);
	return true;
}

CASE(what_cannot_be_signed_is_not_sent)
{
	struct answer a;
	auth_start();
	fake.sign = OTEL_FAILED;
	ask(&a);
	EXPECT(is_answered(&a) && a.error == OTEL_HTTP_AUTH && server.seen->connections == 0);
	return true;
}

/* ---- refusals ---- */

static bool refused_with(int status)
{
	struct answer a, b;
	auth_start();
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

CASE(a_second_refusal_is_the_answer)
{
	struct answer a;
	auth_start();
	backend->good = -1;
	ask(&a);
	EXPECT(is_answered(&a) && a.error == OTEL_HTTP_OK && a.status == 401);
	EXPECT(backend->refused == 2 && fake.prepared == 2);

	/* Others are not prepared at once again. */
	ask(&a);
	EXPECT(is_answered(&a) && a.error == OTEL_HTTP_AUTH && a.status == 401 && strstr(a.message, "refused"));
	EXPECT(backend->refused == 3 && fake.prepared == 2);

	/* But later, and then all is well. */
	backend->good = 3;
	EXPECT(is_accepted_at_last(&a) && fake.prepared == 3 && fake.rejected == 2);
	return true;
}

CASE(without_a_preparation_a_refusal_is_the_answer)
{
	struct answer a;
	fake.cannot_prepare = true;
	auth_start();
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
	auth_start();
	ask(&a);
	EXPECT(is_accepted(&a));
	backend->good = 2;
	fake.end = OTEL_TIMEOUT;
	ask(&a);
	EXPECT(is_answered(&a) && a.error == OTEL_HTTP_AUTH && a.status == 401 && !a.sent);
	EXPECT(strstr(a.message, "the fake has none"));
	return true;
}

/* ---- who signs ---- */

CASE(only_what_asks_for_it_is_signed)
{
	struct answer a;
	auth_start();
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
	auth_start();
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
	auth_start();
	ask_for(&a, server.url, "sigv5", 20000);
	EXPECT(is_answered(&a) && a.error == OTEL_HTTP_INVALID && strstr(a.message, "\"sigv5\""));
	EXPECT(server.seen->connections == 0);
	return true;
}

CASE(credentials_do_not_leave_the_machine_in_the_clear)
{
	struct answer a;
	auth_start();
	ask_for(&a, "http://192.0.2.1/", "fake", 200);
	EXPECT(is_answered(&a) && a.error == OTEL_HTTP_INVALID && strstr(a.message, "plain http"));
	EXPECT(fake.prepared == 0);
	auth_start_pipeline(true);
	ask_for(&a, "http://192.0.2.1/", "fake", 200);
	EXPECT(is_answered(&a) && a.error != OTEL_HTTP_INVALID && a.error != OTEL_HTTP_AUTH && fake.prepared == 1);
	return true;
}

/* ---- the end ---- */

CASE(a_stop_cancels_what_is_on_the_network)
{
	struct answer a;
	auth_start();
	backend->is_silent = true;
	ask(&a);
	POLL_UNTIL(server.seen->requests == 1);
	EXPECT(!a.count && pipeline_stop(10) != OTEL_TIMEOUT);
	EXPECT(a.count == 1 && a.error == OTEL_HTTP_CANCELLED);
	const otel_http_request request = {.size = sizeof(request), .method = "GET", .url = server.url};
	EXPECT(pipeline_http(NULL, &request, answer_on_reply, &a, NULL) == OTEL_FAILED);
	return true;
}

SUITE_MAIN("door_auth", NULL, {requests_wait_for_one_preparation_and_go_out_signed, 0},
	   {sign_sees_the_request_as_it_goes_out, 0}, {a_request_that_waits_too_long_is_not_sent, 0},
	   {a_waiting_request_may_be_cancelled, 0}, {what_cannot_be_signed_is_not_sent, 0},
	   {after_401_all_share_one_preparation_and_are_sent_again, 0}, {after_403_it_is_the_same, 0},
	   {a_second_refusal_is_the_answer, 0}, {without_a_preparation_a_refusal_is_the_answer, 0},
	   {a_failed_preparation_after_a_refusal_keeps_the_request_from_being_lost, 0},
	   {only_what_asks_for_it_is_signed, 0}, {auto_takes_who_wants_the_url_or_nobody, 0},
	   {an_authenticator_that_is_not_there_is_named, 0}, {credentials_do_not_leave_the_machine_in_the_clear, 0},
	   {a_stop_cancels_what_is_on_the_network, 0})
