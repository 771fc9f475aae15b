/* SPDX-License-Identifier: Apache-2.0
 *
 * detector_test.c - detectors that answer at once, later, twice, too late and never, from this thread and others.
 */
#include "sdk/detector.h"

#include <otel/attr.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/plugin/support.h"

#define TIMEOUT 5000u

struct fake {
	struct component component;
	otel_status (*on_detect)(struct fake *fake, otel_detect_op *op);
	void (*on_cancel)(struct fake *fake, otel_detect_op *op);
	otel_detect_op *op; /* of the last call */
	int detects;
	int cancels;
};

static otel_status fake_detect(void *self, otel_detect_op *op)
{
	struct fake *fake = self;
	fake->op = op;
	fake->detects++;
	return fake->on_detect ? fake->on_detect(fake, op) : OTEL_OK;
}

static void fake_cancel(void *self, otel_detect_op *op)
{
	struct fake *fake = self;
	fake->cancels++;
	ck_assert_ptr_eq(op, fake->op);
	if (fake->on_cancel)
		fake->on_cancel(fake, op);
}

static const otel_detector vtable = {
	.component = {.size = sizeof(otel_detector)}, .detect = fake_detect, .cancel = fake_cancel};
static const otel_detector stubborn = {.component = {.size = sizeof(otel_detector)}, .detect = fake_detect};

static struct fake one, two;
static bool changed;

/* Names of their own, for each sentence is said once in a process. */
static void begin(const char *first, const char *second)
{
	struct component *list[] = {&one.component, &two.component};

	one = (struct fake){.component = {.name = first, .vtable = &vtable, .self = &one}};
	two = (struct fake){.component = {.name = second, .vtable = &vtable, .self = &two}};
	detector_setup(list, second ? 2 : 1, TIMEOUT);
	changed = false;
	said();
}

static void answer(otel_detect_op *op, const char *key, const char *url)
{
	const otel_attr attr = otel_attr_str(key, "found");
	detector_finish(op, OTEL_OK, &attr, 1, url, NULL);
}

static otel_status answer_at_once(struct fake *fake, otel_detect_op *op)
{
	answer(op, fake->component.name, NULL);
	return OTEL_OK;
}

static bool has(size_t index, const char *key)
{
	const struct detector_answer *a = detector_answer_of(index);
	return a && a->status == OTEL_OK && resource_set_has(&a->set, key);
}

START_TEST(an_answer_at_once_is_there_after_the_first_step)
{
	begin("quick", NULL);
	one.on_detect = answer_at_once;
	ck_assert(!detector_step(1000, &changed));
	ck_assert(changed);
	ck_assert(has(0, "quick"));
	ck_assert_uint_eq(detector_deadline(), UINT64_MAX);
	ck_assert(!detector_step(1000 + 2 * TIMEOUT, &changed));
	ck_assert_int_eq(one.detects, 1);
	ck_assert_int_eq(one.cancels, 0);
	ck_silent();
}
END_TEST

START_TEST(all_begin_before_any_is_waited_for)
{
	begin("slow", "quick");
	two.on_detect = answer_at_once;
	ck_assert(detector_step(1000, &changed));
	ck_assert_int_eq(one.detects, 1);
	ck_assert_int_eq(two.detects, 1);
	ck_assert(has(1, "quick"));
	ck_assert_uint_eq(detector_deadline(), 1000 + TIMEOUT);

	changed = false;
	ck_assert(detector_step(1500, &changed));
	ck_assert(!changed);
	answer(one.op, "k", "https://example.org/1");
	ck_assert(!detector_step(2000, &changed));
	ck_assert(changed);
	ck_assert(has(0, "k"));
	ck_assert_str_eq(detector_answer_of(0)->schema_url, "https://example.org/1");
	ck_silent();
}
END_TEST

START_TEST(whoever_never_answers_is_given_up_and_named_once)
{
	begin("never", "quick");
	two.on_detect = answer_at_once;
	ck_assert(detector_step(1000, &changed));
	ck_assert(detector_step(1000 + TIMEOUT - 1, &changed));
	ck_silent();
	ck_assert(!detector_step(1000 + TIMEOUT, &changed));
	CK_SAID_LINE("detector \"never\"", "5000 ms", "detectors_timeout");
	ck_assert_int_eq(one.cancels, 1);
	ck_assert_int_eq(two.cancels, 0);
	ck_assert(!detector_step(1000 + 2 * TIMEOUT, &changed));
	ck_assert_int_eq(one.cancels, 1);
	ck_assert_ptr_null(detector_answer_of(0));
	ck_assert(has(1, "quick"));
	ck_silent();
}
END_TEST

START_TEST(an_answer_too_late_changes_nothing_and_says_nothing)
{
	begin("late", NULL);
	ck_assert(detector_step(1000, &changed));
	ck_assert(!detector_step(1000 + TIMEOUT, &changed));
	said();
	answer(one.op, "k", NULL);
	answer(one.op, "k", NULL);
	changed = false;
	ck_assert(!detector_step(1000 + TIMEOUT + 1, &changed));
	ck_assert(!changed);
	ck_assert_ptr_null(detector_answer_of(0));
	ck_silent();
}
END_TEST

static void answer_to_cancel(struct fake *fake, otel_detect_op *op)
{
	(void)fake;
	detector_finish(op, OTEL_TIMEOUT, NULL, 0, NULL, "cancelled");
}

START_TEST(an_answer_from_inside_cancel_is_ignored)
{
	begin("obedient", NULL);
	one.on_cancel = answer_to_cancel;
	ck_assert(detector_step(1000, &changed));
	ck_assert(!detector_step(1000 + TIMEOUT, &changed));
	CK_SAID_LINE("detector \"obedient\"", "5000 ms");
	ck_assert_ptr_null(detector_answer_of(0));
}
END_TEST

START_TEST(who_cannot_be_cancelled_is_given_up_too)
{
	begin("stubborn", NULL);
	one.component.vtable = &stubborn;
	ck_assert(detector_step(1000, &changed));
	ck_assert(!detector_step(1000 + TIMEOUT, &changed));
	CK_SAID_LINE("detector \"stubborn\"", "5000 ms");
}
END_TEST

START_TEST(a_second_answer_is_reported_once_and_counts_for_nothing)
{
	begin("twice", NULL);
	ck_assert(detector_step(1000, &changed));
	answer(one.op, "first", NULL);
	answer(one.op, "second", NULL); /* before the first was taken in */
	CK_SAID_LINE("detector \"twice\"", "finished twice");
	ck_assert(!detector_step(1001, &changed));
	answer(one.op, "third", NULL);
	ck_assert(!detector_step(1002, &changed));
	ck_assert(has(0, "first"));
	ck_assert(!has(0, "second"));
	ck_assert(!has(0, "third"));
	ck_silent();
}
END_TEST

static otel_status not_here(struct fake *fake, otel_detect_op *op)
{
	(void)fake;
	(void)op;
	return OTEL_NOT_FOUND;
}

static otel_status denied(struct fake *fake, otel_detect_op *op)
{
	(void)fake;
	(void)op;
	return OTEL_DENIED;
}

static otel_status answer_and_fail(struct fake *fake, otel_detect_op *op)
{
	answer(op, fake->component.name, NULL);
	return OTEL_FAILED;
}

START_TEST(what_detect_returns_is_an_answer_too)
{
	begin("elsewhere", "locked out");
	one.on_detect = not_here;
	two.on_detect = denied;
	ck_assert(!detector_step(1000, &changed));
	CK_SAID_LINE("detector \"locked out\"", "permission denied");
	begin("both", NULL);
	one.on_detect = answer_and_fail;
	ck_assert(!detector_step(1000, &changed));
	ck_assert(has(0, "both"));
	ck_silent();
}
END_TEST

START_TEST(a_failure_is_one_line_with_its_message_and_not_being_there_is_none)
{
	const otel_attr attr = otel_attr_str("k", "v");

	begin("broken", "absent");
	ck_assert(detector_step(1000, &changed));
	detector_finish(one.op, OTEL_FAILED, &attr, 1, NULL, "the metadata service answered 500");
	detector_finish(two.op, OTEL_NOT_FOUND, NULL, 0, NULL, "no");
	ck_assert(!detector_step(1001, &changed));
	CK_SAID_LINE("detector \"broken\": the metadata service answered 500");
	ck_assert_int_eq(detector_answer_of(0)->status, OTEL_FAILED);
	ck_assert(!has(0, "k"));
}
END_TEST

START_TEST(bad_attributes_are_left_out_and_named)
{
	const otel_attr attrs[] = {otel_attr_str("good", "v"),
				   otel_attr_str("", "no key"),
				   otel_attr_int("n", 3),
				   {.key = "t", .key_len = 1, .type = 99}};

	begin("sloppy", NULL);
	ck_assert(detector_step(1000, &changed));
	detector_finish(one.op, OTEL_OK, attrs, 4, "", NULL);
	ck_assert(!detector_step(1001, &changed));
	const char *text = said();
	ck_assert_ptr_nonnull(strstr(text, "\"sloppy\": attribute 2"));
	ck_assert_ptr_nonnull(strstr(text, "\"sloppy\": attribute 4"));
	ck_assert(has(0, "good"));
	ck_assert(has(0, "n"));
	ck_assert_uint_eq(detector_answer_of(0)->set.count, 2);
	ck_assert_ptr_null(detector_answer_of(0)->schema_url);
	begin("hollow", NULL);
	ck_assert(detector_step(1000, &changed));
	detector_finish(one.op, OTEL_OK, NULL, 7, NULL, NULL);
	ck_assert(!detector_step(1001, &changed));
	ck_assert_uint_eq(detector_answer_of(0)->set.count, 0);
}
END_TEST

START_TEST(an_op_that_never_was_is_ignored)
{
	begin("real", NULL);
	ck_assert(detector_step(1000, &changed));
	detector_finish(NULL, OTEL_OK, NULL, 0, NULL, NULL);
	detector_finish((otel_detect_op *)&one, OTEL_OK, NULL, 0, NULL, NULL);
	detector_finish((otel_detect_op *)UINTPTR_MAX, OTEL_OK, NULL, 0, NULL, NULL);
	ck_assert(detector_step(1001, &changed));
	ck_silent();
}
END_TEST

START_TEST(an_op_of_a_round_before_is_ignored)
{
	begin("of before", NULL);
	ck_assert(detector_step(1000, &changed));
	otel_detect_op *before = one.op;
	begin("of now", NULL);
	answer(before, "k", NULL);
	ck_assert(detector_step(1000, &changed));
	answer(before, "k", NULL);
	ck_assert(detector_step(1001, &changed));
	ck_assert_ptr_ne(one.op, before);
	answer(one.op, "mine", NULL);
	ck_assert(!detector_step(1002, &changed));
	ck_assert(has(0, "mine"));
	ck_assert(!has(0, "k"));
	ck_silent();
}
END_TEST

START_TEST(at_the_end_all_are_cancelled_without_a_word)
{
	begin("cut off", "quick");
	two.on_detect = answer_at_once;
	ck_assert(detector_step(1000, &changed));
	detector_end();
	detector_end();
	ck_assert_int_eq(one.cancels, 1);
	ck_assert_int_eq(two.cancels, 0);
	answer(one.op, "k", NULL);
	ck_assert(!detector_step(1001, &changed));
	ck_assert_ptr_null(detector_answer_of(0));
	ck_silent();
}
END_TEST

/* Who had answered is not asked again; who had not begins anew, and its answer to the parent means nothing. */
START_TEST(in_a_child_what_was_under_way_begins_anew)
{
	int status = 1;

	begin("under way", "done");
	two.on_detect = answer_at_once;
	ck_assert(detector_step(1000, &changed));
	const pid_t child = fork();
	if (child == 0) {
		otel_detect_op *before = one.op;
		detector_fork_child();
		answer(before, "k", NULL);
		bool ok = detector_step(2000, &changed) && one.detects == 2 && two.detects == 1 && one.op != before;
		answer(one.op, "child", NULL);
		ok = ok && detector_deadline() == 2000 + TIMEOUT && !detector_step(2001, &changed);
		_exit(ok && has(0, "child") && has(1, "done") ? 0 : 1);
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
	answer(one.op, "parent", NULL);
	ck_assert(!detector_step(1001, &changed));
	ck_assert(has(0, "parent"));
}
END_TEST

START_TEST(more_than_there_is_room_for_are_left_out)
{
	struct component *list[DETECTORS_MAX + 5];

	begin("many", NULL);
	for (size_t i = 0; i < DETECTORS_MAX + 5; i++)
		list[i] = &one.component;
	one.on_detect = answer_at_once;
	detector_setup(list, DETECTORS_MAX + 5, TIMEOUT);
	ck_assert_uint_eq(detector_count(), DETECTORS_MAX);
	ck_assert(!detector_step(1000, &changed));
	ck_assert_int_eq(one.detects, (int)DETECTORS_MAX);
	detector_release();
	ck_assert_uint_eq(detector_count(), 0);
	ck_assert(!detector_step(1000, &changed));
}
END_TEST

/* ---- other threads ---- */

static atomic_int first_ones;

static void *finish(void *op)
{
	const otel_attr attr = otel_attr_str("from", "a thread");

	detector_finish(op, OTEL_OK, &attr, 1, "https://example.org/2", NULL);
	atomic_fetch_add(&first_ones, 1);
	return NULL;
}

START_TEST(of_many_threads_that_answer_one_counts)
{
	pthread_t threads[8];
	uint64_t now = 1000;

	begin("raced", NULL);
	ck_assert(detector_step(now, &changed));
	for (size_t i = 0; i < 8; i++)
		ck_assert_int_eq(pthread_create(&threads[i], NULL, finish, one.op), 0);
	while (detector_step(now, &changed))
		usleep(100);
	for (size_t i = 0; i < 8; i++)
		pthread_join(threads[i], NULL);
	ck_assert(has(0, "from"));
	ck_assert_str_eq(detector_answer_of(0)->schema_url, "https://example.org/2");
	said();
}
END_TEST

/* An answer and the end of the time meet: either counts, nothing leaks, nothing is freed twice. */
START_TEST(an_answer_may_meet_the_deadline)
{
	for (int i = 0; i < 200; i++) {
		pthread_t thread;

		begin("on the edge", NULL);
		ck_assert(detector_step(1000, &changed));
		ck_assert_int_eq(pthread_create(&thread, NULL, finish, one.op), 0);
		while (detector_step(1000 + TIMEOUT, &changed))
			;
		pthread_join(thread, NULL);
		ck_assert(!detector_step(1000 + TIMEOUT, &changed));
		ck_assert(has(0, "from") || one.cancels == 1);
	}
	detector_release();
	said();
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {
		an_answer_at_once_is_there_after_the_first_step,
		all_begin_before_any_is_waited_for,
		whoever_never_answers_is_given_up_and_named_once,
		an_answer_too_late_changes_nothing_and_says_nothing,
		an_answer_from_inside_cancel_is_ignored,
		who_cannot_be_cancelled_is_given_up_too,
		a_second_answer_is_reported_once_and_counts_for_nothing,
		what_detect_returns_is_an_answer_too,
		a_failure_is_one_line_with_its_message_and_not_being_there_is_none,
		bad_attributes_are_left_out_and_named,
		an_op_that_never_was_is_ignored,
		an_op_of_a_round_before_is_ignored,
		at_the_end_all_are_cancelled_without_a_word,
		in_a_child_what_was_under_way_begins_anew,
		more_than_there_is_room_for_are_left_out,
		of_many_threads_that_answer_one_counts,
		an_answer_may_meet_the_deadline,
	};
	Suite *suite = suite_create("detector");
	TCase *tc = tcase_create("all");

	for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
		tcase_add_test(tc, tests[i]);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
