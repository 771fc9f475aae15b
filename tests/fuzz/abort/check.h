/* SPDX-License-Identifier: Apache-2.0
 *
 * check.h - stands in for libcheck where the tests' own helpers are used by a fuzz target: what fails aborts.
 */
#ifndef TESTS_FUZZ_ABORT_CHECK_H
#define TESTS_FUZZ_ABORT_CHECK_H

#include <stdlib.h>

#define ck_assert(condition)          ((condition) ? (void)0 : abort())
#define ck_assert_msg(condition, ...) ck_assert(condition)
#define ck_assert_uint_eq(a, b)       ck_assert((a) == (b))
#define ck_assert_uint_le(a, b)       ck_assert((a) <= (b))
#define ck_assert_uint_lt(a, b)       ck_assert((a) < (b))
#define ck_assert_ptr_eq(a, b)        ck_assert((a) == (b))
#define ck_assert_ptr_nonnull(p)      ck_assert((p) != NULL)
#define ck_abort_msg(...)             abort()

#endif
