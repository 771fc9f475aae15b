/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/test.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_TEST_H
#define OTEL_SEMCONV_TEST_H

/* string, development */
#define OTEL_TEST_CASE_NAME "test.case.name"

/* string, development */
#define OTEL_TEST_CASE_RESULT_STATUS "test.case.result.status"
#define OTEL_TEST_CASE_RESULT_STATUS_PASS "pass"
#define OTEL_TEST_CASE_RESULT_STATUS_FAIL "fail"

/* string, development */
#define OTEL_TEST_SUITE_NAME "test.suite.name"

/* string, development */
#define OTEL_TEST_SUITE_RUN_STATUS "test.suite.run.status"
#define OTEL_TEST_SUITE_RUN_STATUS_SUCCESS "success"
#define OTEL_TEST_SUITE_RUN_STATUS_FAILURE "failure"
#define OTEL_TEST_SUITE_RUN_STATUS_SKIPPED "skipped"
#define OTEL_TEST_SUITE_RUN_STATUS_ABORTED "aborted"
#define OTEL_TEST_SUITE_RUN_STATUS_TIMED_OUT "timed_out"
#define OTEL_TEST_SUITE_RUN_STATUS_IN_PROGRESS "in_progress"

#endif
