/* SPDX-License-Identifier: Apache-2.0
 *
 * start_fork_test.c - forks while another thread starts the SDK, for longer than a fork waits.
 */
#include <otel/otel.h>
#include <otel/sdk.h>

#include <pthread.h>
#include <sys/wait.h>

#include "start_support.h"
#include "support/child.h"

static void *start(void *unused)
{
	return otel_sdk_start(NULL) == OTEL_OK ? unused : NULL;
}

static int trace_one(void)
{
	alarm(100);
	if (otel_sdk_start(NULL) != OTEL_OK)
		return 2;
	otel_span_end(otel_span_start(otel_tracer("t", NULL), "in the child"));
	return otel_sdk_stop(5000) == OTEL_OK ? 0 : 3;
}

START_TEST(the_child_starts_it_anew)
{
	pthread_t thread;
	char gate[128];
	int status = 1;
	pid_t child;

	snprintf(gate, sizeof gate, "%s/gate", start_dir);
	setenv("FAKE_GATE", gate, 1);
	ck_assert_int_eq(pthread_create(&thread, NULL, start, NULL), 0);
	while (access(gate, F_OK) != 0)
		usleep(1000);
	child = fork();
	if (!child)
		child_leave(trace_one());
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	unlink(gate);
	pthread_join(thread, NULL);
	ck_assert_int_eq(status, 0);
	ck_assert_uint_eq(start_received(NULL, NULL), 1);
	ck_assert_int_eq(otel_sdk_stop(5000), OTEL_OK);
	start_clean_up();
}
END_TEST

SUITE_MAIN("sdk/start_fork", start_set_up, {the_child_starts_it_anew, 0})
