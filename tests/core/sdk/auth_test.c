/* SPDX-License-Identifier: Apache-2.0
 *
 * auth_test.c - what there is to sign with: when it is prepared, how long it serves, and what becomes of preparations
 * that fail, that nobody waits for any more, and that plugins end as they please.
 */
#include "core/sdk/auth_support.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/child.h"
#include "support/suite.h"

/* ---- preparations ---- */

CASE(what_is_prepared_at_once_is_used_at_once)
{
	struct answer a;
	auth_start();
	ask(&a);
	EXPECT(is_accepted(&a) && fake.prepared == 1);
	return true;
}

CASE(who_waits_beside_a_refused_request_does_not_hide_the_refusal)
{
	struct answer a;
	auth_start();
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

/* ---- failures ---- */

CASE(while_there_is_nothing_to_sign_with_requests_fail_and_it_is_tried_again_later)
{
	struct answer a, b;
	auth_start();
	fake.end = OTEL_FAILED;
	fake.delay_ms = 10;
	ask(&a), ask(&b);
	EXPECT(is_answered(&a) && a.error == OTEL_HTTP_AUTH && strstr(a.message, "the fake has none"));
	EXPECT(is_answered(&b) && b.error == OTEL_HTTP_AUTH);
	ask(&a);
	EXPECT(is_answered(&a) && a.error == OTEL_HTTP_AUTH && fake.prepared == 1);
	fake.end = OTEL_OK;
	EXPECT(is_accepted_at_last(&a) && fake.prepared == 2 && fake.rejected == 0);
	EXPECT(server.seen->connections == 1);
	return true;
}

CASE(a_preparation_that_cannot_begin_is_a_failed_one)
{
	struct answer a;
	auth_start();
	fake.answer = OTEL_NOT_FOUND;
	ask(&a);
	EXPECT(is_answered(&a) && a.error == OTEL_HTTP_AUTH && fake.prepared == 1 && server.seen->connections == 0);
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

/* ---- expiry ---- */

CASE(expired_credentials_are_not_used)
{
	struct answer a;
	auth_start();
	fake.valid_ms = 8000; /* long enough for the first request on any machine */
	ask(&a);
	EXPECT(is_accepted(&a));
	usleep(8100000); /* nobody looks meanwhile */
	backend->good = 2;
	ask(&a);
	EXPECT(is_accepted(&a) && backend->refused == 0 && fake.prepared == 2 && fake.rejected == 0);
	return true;
}

CASE(the_next_ones_are_prepared_ahead_while_the_old_ones_serve)
{
	struct answer a;
	auth_start();
	fake.valid_ms = 8000;
	ask(&a);
	EXPECT(is_accepted(&a));
	fake.delay_ms = UINT32_MAX;
	POLL_UNTIL(fake.prepared == 2);
	EXPECT(fake.rejected == 0);
	ask(&a); /* under way, and the old ones hold */
	EXPECT(is_accepted(&a));
	backend->good = 2;
	fake_finish(fake.op);
	POLL_UNTIL(auth_generation(auth_find("fake")) == 2);
	ask(&a);
	EXPECT(is_accepted(&a) && backend->refused == 0 && fake.prepared == 2);
	return true;
}

CASE(nothing_is_prepared_for_an_idle_process)
{
	struct answer a;
	auth_start();
	fake.valid_ms = 200;
	ask(&a);
	EXPECT(is_accepted(&a));
	POLL_UNTIL(fake.prepared == 2); /* once ahead of the end, for it was used; and then no more */
	EXPECT(auth_due() == UINT64_MAX);
	return true;
}

/* ---- the end, and forks ---- */

CASE(a_stop_answers_what_waits_and_what_is_prepared_ends_unheard)
{
	struct answer a;
	auth_start();
	fake.delay_ms = UINT32_MAX;
	ask(&a);
	POLL_UNTIL(fake.prepared == 1);
	EXPECT(pipeline_stop(1000) != OTEL_TIMEOUT);
	EXPECT(a.count == 1 && a.error == OTEL_HTTP_CANCELLED);
	otel_auth_op *old = fake.op;
	auth_finish(old, OTEL_FAILED, 0, "too late");

	/* In the next round it begins anew. */
	auth_start_pipeline(false);
	fake.delay_ms = 0;
	ask(&a);
	EXPECT(is_accepted(&a) && fake.prepared == 2);
	auth_finish(old, OTEL_FAILED, 0, "far too late");
	ask(&a);
	EXPECT(is_accepted(&a));
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
		alarm(100);
		child_leave(run(answer) ? 0 : 1);
	}
	pipeline_fork_parent();
	return waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static bool prepares_anew(struct answer *inherited)
{
	struct answer a;
	POLL_UNTIL(inherited->count == 1);
	EXPECT(inherited->error == OTEL_HTTP_CANCELLED);
	auth_finish(fake.op, OTEL_FAILED, 0, "the parent's");
	fake.delay_ms = 0;
	ask(&a);
	EXPECT(is_accepted(&a) && fake.prepared == 2);
	return true;
}

CASE(a_child_prepares_for_itself_what_the_parent_had_begun)
{
	struct answer a;
	auth_start();
	fake.delay_ms = UINT32_MAX;
	ask(&a);
	POLL_UNTIL(fake.prepared == 1);
	EXPECT(in_forked_child(prepares_anew, &a));
	fake_finish(fake.op);
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
	auth_start();
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
	auth_start();
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
	fake_finish(op);
	return NULL;
}

CASE(the_end_may_come_from_any_thread)
{
	struct answer a;
	pthread_t thread;
	auth_start();
	fake.delay_ms = UINT32_MAX;
	ask(&a);
	POLL_UNTIL(fake.prepared == 1);
	pthread_create(&thread, NULL, finish_elsewhere, fake.op);
	EXPECT(is_accepted(&a));
	pthread_join(thread, NULL);
	return true;
}

int main(void)
{
	const struct suite_entry entries[] = {
		{what_is_prepared_at_once_is_used_at_once, 0},
		{who_waits_beside_a_refused_request_does_not_hide_the_refusal, 0},
		{while_there_is_nothing_to_sign_with_requests_fail_and_it_is_tried_again_later, 0},
		{a_preparation_that_cannot_begin_is_a_failed_one, 0},
		{even_the_longest_waits_differ_so_that_many_processes_do_not_come_back_together, 0},
		{expired_credentials_are_not_used, 0},
		{the_next_ones_are_prepared_ahead_while_the_old_ones_serve, 0},
		{nothing_is_prepared_for_an_idle_process, 0},
		{a_stop_answers_what_waits_and_what_is_prepared_ends_unheard, 0},
		{a_second_end_changes_nothing, 0},
		{the_end_may_come_from_any_thread, 0},
#ifndef __SANITIZE_THREAD__
		{a_child_prepares_for_itself_what_the_parent_had_begun, 0},
		{a_child_goes_on_with_what_the_parent_had, 0},
#endif
	};

	return suite_main("auth", entries, sizeof entries / sizeof *entries, NULL);
}
