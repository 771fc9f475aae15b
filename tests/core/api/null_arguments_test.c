/* SPDX-License-Identifier: Apache-2.0
 *
 * null_arguments_test.c - NULL in every call when there is no SDK; tests/core/sdk/misuse_test.c does it with one.
 */
#include "support/null_arguments.h"

#include "support/suite.h"

START_TEST(without_an_sdk_null_arguments_do_nothing)
{
	null_arguments((otel_span){0});
	null_arguments((otel_span){UINT64_C(0x0000000100000001)});
	null_arguments((otel_span){UINT64_MAX});
}
END_TEST

SUITE_MAIN("null_arguments", NULL, {without_an_sdk_null_arguments_do_nothing, 0})
