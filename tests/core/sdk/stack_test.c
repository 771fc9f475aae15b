/* SPDX-License-Identifier: Apache-2.0
 *
 * stack_test.c - a captured stack names the caller first, takes net_lock once, and keeps errno.
 */
#include "sdk/stack.h"

#include <errno.h>
#include <string.h>

#include "api/slot.h"
#include "support/suite.h"

static int locked, unlocked;
static bool refuse;

static bool take_lock(int timeout_ms)
{
	ck_assert_int_gt(timeout_ms, 0);
	locked++;
	return !refuse;
}

static void give_lock(void)
{
	unlocked++;
}

static const struct otel_slot slot = {.size = sizeof slot, .net_lock = take_lock, .net_unlock = give_lock};

/* Stands for the SDK's function; its caller is the first frame to show. */
static __attribute__((noinline)) char *sdk_function(void)
{
	char *text = stack_capture(__builtin_return_address(0));
	__asm__ volatile("" ::: "memory");
	return text;
}

__attribute__((noinline, visibility("default"))) char *a_function_of_the_program(void)
{
	char *text = sdk_function();
	__asm__ volatile("" ::: "memory");
	return text;
}

START_TEST(without_a_lock_nothing_is_captured_and_nothing_waits)
{
	ck_assert_ptr_null(a_function_of_the_program());
	refuse = true;
	stack_setup(&slot);
	ck_assert_ptr_null(a_function_of_the_program());
	ck_assert_int_eq(unlocked, 0);
	refuse = false;
}
END_TEST

START_TEST(lines_name_module_and_address_and_begin_with_the_caller)
{
	stack_setup(&slot);
	locked = 0;
	errno = 4711;
	char *text = a_function_of_the_program();
	ck_assert_int_eq(errno, 4711);
	ck_assert_ptr_nonnull(text);
	char *end = strchr(text, '\n');
	ck_assert_ptr_nonnull(end);
	*end = 0;
	ck_assert_msg(strstr(text, "(a_function_of_the_program+0x") != NULL, "%s", text);
	ck_assert_msg(strstr(text, ") [0x") != NULL, "%s", text);
	ck_assert_ptr_null(strstr(end + 1, "sdk_function"));
	free(text);
	free(a_function_of_the_program());
	ck_assert_int_eq(locked, 1);
	ck_assert_int_eq(unlocked, 1);
}
END_TEST

static __attribute__((noinline)) char *deep(int n)
{
	char *text = n ? deep(n - 1) : sdk_function();
	__asm__ volatile("" ::: "memory");
	return text;
}

START_TEST(a_deep_stack_is_cut_at_a_whole_line)
{
	stack_setup(&slot);
	char *text = deep(1000);
	ck_assert_ptr_nonnull(text);
	ck_assert_uint_le(strlen(text), 8192);
	ck_assert_int_eq(text[strlen(text) - 1], ']');
	free(text);
}
END_TEST

SUITE_MAIN("stack", NULL, {without_a_lock_nothing_is_captured_and_nothing_waits, 0},
	   {lines_name_module_and_address_and_begin_with_the_caller, 0}, {a_deep_stack_is_cut_at_a_whole_line, 0})
