/* SPDX-License-Identifier: Apache-2.0
 *
 * spool_survey_test.c - who owns what, and what is left of the dead.
 */
#include "spool/spool_survey.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "core/spool/spool_support.h"
#include "spool/spool_file.h"
#include "spool/spool_lease.h"
#include "support/suite.h"

static unsigned seen[4];

static void see(void *arg, const struct spool_name *name, enum spool_standing standing)
{
	(void)arg, (void)name;
	seen[standing]++;
}

static void look(uint64_t own)
{
	const int dir = spool_test_open();

	memset(seen, 0, sizeof seen);
	ck_assert(spool_survey(dir, own, see, NULL));
	close(dir);
}

static void store_as(uint32_t number, enum spool_state state, uint64_t owner)
{
	struct spool_name name = spool_test_store("request", number, number);
	const int dir = spool_test_open();

	ck_assert(spool_file_move(dir, &name, state, owner));
	close(dir);
}

START_TEST(free_ones_wait_and_bad_ones_do_not)
{
	spool_test_store("request", 1, 1);
	store_as(2, SPOOL_BAD, 0);
	look(0);
	ck_assert_uint_eq(seen[SPOOL_WAITING], 1);
	ck_assert_uint_eq(seen[SPOOL_QUARANTINED], 1);
	ck_assert_uint_eq(seen[SPOOL_TAKEN] + seen[SPOOL_LITTER], 0);
}
END_TEST

START_TEST(what_the_living_hold_is_taken)
{
	const int dir = spool_test_open();
	struct spool_lease lease;

	ck_assert_ptr_null(spool_lease_take(&lease, dir));
	store_as(1, SPOOL_HELD, lease.owner);
	store_as(2, SPOOL_PART, lease.owner);
	look(0);
	ck_assert_uint_eq(seen[SPOOL_TAKEN], 2);
	ck_assert_uint_eq(seen[SPOOL_WAITING] + seen[SPOOL_LITTER], 0);
	spool_lease_end(&lease, dir);
	close(dir);
}
END_TEST

START_TEST(what_one_holds_oneself_is_taken_too)
{
	store_as(1, SPOOL_HELD, 77);
	look(77);
	ck_assert_uint_eq(seen[SPOOL_TAKEN], 1);
	look(78);
	ck_assert_uint_eq(seen[SPOOL_WAITING], 1);
}
END_TEST

static void hold_some(void)
{
	struct spool_lease lease;
	const int dir = spool_test_open();

	ck_assert_ptr_null(spool_lease_take(&lease, dir));
	store_as(1, SPOOL_HELD, lease.owner);
	store_as(2, SPOOL_PART, lease.owner);
}

START_TEST(what_the_dead_held_waits_and_the_rest_of_them_is_litter)
{
	spool_test_in_killed_child(hold_some);
	look(0);
	ck_assert_uint_eq(seen[SPOOL_WAITING], 1);
	ck_assert_uint_eq(seen[SPOOL_LITTER], 2); /* lease and part */
	ck_assert_uint_eq(seen[SPOOL_TAKEN], 0);
}
END_TEST

START_TEST(what_is_not_ours_is_not_looked_at)
{
	const int dir = spool_test_open();

	close(openat(dir, "notes.txt", O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
	close(openat(dir, "x.batch", O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
	close(dir);
	look(0);
	for (size_t i = 0; i < 4; i++)
		ck_assert_uint_eq(seen[i], 0);
}
END_TEST

START_TEST(many_owners_are_all_looked_at)
{
	for (uint32_t i = 1; i <= 70; i++)
		store_as(i, SPOOL_HELD, i);
	look(0);
	ck_assert_uint_eq(seen[SPOOL_WAITING], 70);
}
END_TEST

SUITE_MAIN("spool_survey", spool_test_begin, {free_ones_wait_and_bad_ones_do_not, 0},
	   {what_the_living_hold_is_taken, 0}, {what_one_holds_oneself_is_taken_too, 0},
	   {what_the_dead_held_waits_and_the_rest_of_them_is_litter, 0}, {what_is_not_ours_is_not_looked_at, 0},
	   {many_owners_are_all_looked_at, 0})
