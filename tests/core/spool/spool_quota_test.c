/* SPDX-License-Identifier: Apache-2.0
 *
 * spool_quota_test.c - how much, and for how long.
 */
#include "spool/spool_quota.h"

#include "support/suite.h"

static const struct spool_quota quota = {.max_bytes = 1000, .max_age_ms = 100};

START_TEST(everything_but_litter_takes_room)
{
	struct spool_usage usage = {0};
	const struct spool_name name = {.bytes = 10};

	spool_quota_count(&usage, &name, SPOOL_WAITING);
	spool_quota_count(&usage, &name, SPOOL_TAKEN);
	spool_quota_count(&usage, &name, SPOOL_QUARANTINED);
	spool_quota_count(&usage, &name, SPOOL_LITTER);
	ck_assert_uint_eq(usage.bytes, 30);
	ck_assert_uint_eq(usage.files, 3);
}
END_TEST

START_TEST(room_ends_at_the_byte_and_at_the_file)
{
	ck_assert(spool_quota_has_room(&quota, &(struct spool_usage){.bytes = 900}, 100));
	ck_assert(!spool_quota_has_room(&quota, &(struct spool_usage){.bytes = 901}, 100));
	ck_assert(!spool_quota_has_room(&quota, &(struct spool_usage){.bytes = 0}, UINT64_MAX));
	ck_assert(!spool_quota_has_room(&quota, &(struct spool_usage){.bytes = UINT64_MAX}, 1));
	ck_assert(!spool_quota_has_room(&quota, &(struct spool_usage){.files = SPOOL_FILES_MAX}, 1));
}
END_TEST

START_TEST(near_the_end_one_looks_again)
{
	ck_assert(!spool_quota_is_near(&quota, &(struct spool_usage){.bytes = 700}, 100));
	ck_assert(spool_quota_is_near(&quota, &(struct spool_usage){.bytes = 800}, 100));
	ck_assert(spool_quota_is_near(&quota, &(struct spool_usage){.files = SPOOL_FILES_MAX - 1}, 1));
}
END_TEST

START_TEST(what_is_too_old_goes_unless_somebody_is_at_it)
{
	const struct spool_name name = {.stored_ms = 1000};

	ck_assert(!spool_quota_is_expired(&quota, &name, SPOOL_WAITING, 1100));
	ck_assert(spool_quota_is_expired(&quota, &name, SPOOL_WAITING, 1101));
	ck_assert(spool_quota_is_expired(&quota, &name, SPOOL_QUARANTINED, 1101));
	ck_assert(!spool_quota_is_expired(&quota, &name, SPOOL_TAKEN, 1101));
}
END_TEST

START_TEST(a_clock_that_was_put_back_makes_nothing_old)
{
	ck_assert(!spool_quota_is_expired(&quota, &(struct spool_name){.stored_ms = 5000}, SPOOL_WAITING, 10));
}
END_TEST

START_TEST(without_a_limit_nothing_is_too_old)
{
	const struct spool_quota any_age = {.max_bytes = 1};

	ck_assert(!spool_quota_is_expired(&any_age, &(struct spool_name){.stored_ms = 0}, SPOOL_WAITING, UINT64_MAX));
}
END_TEST

SUITE_MAIN("spool_quota", NULL, {everything_but_litter_takes_room, 0}, {room_ends_at_the_byte_and_at_the_file, 0},
	   {near_the_end_one_looks_again, 0}, {what_is_too_old_goes_unless_somebody_is_at_it, 0},
	   {a_clock_that_was_put_back_makes_nothing_old, 0}, {without_a_limit_nothing_is_too_old, 0})
