/* SPDX-License-Identifier: Apache-2.0
 *
 * record_support.h - one record, and the span that it becomes, for tests of what is put into it.
 */
#ifndef TESTS_CORE_SDK_RECORD_SUPPORT_H
#define TESTS_CORE_SDK_RECORD_SUPPORT_H

#include "core/sdk/span_support.h"
#include "sdk/record_life.h"
#include "sdk/stats.h"
#include "support/suite.h"

static struct span_limits limits;
static struct record_pool pool;
static struct record *r;
static struct msg span; /* after finish() */

static inline void begin(struct span_limits with)
{
	limits = with;
	stats_reset();
	record_pool_drain(&pool);
	r = record_create(&pool, &limits, 1000);
	record_name(&pool, r, STR("n"));
}

static inline void finish(void)
{
	static const otel_span_context context = {.trace_id = {1}, .span_id = {1}};
	const struct record_bytes bytes = test_finish(&pool, r, &context, NULL, 2000);

	span = span_of(bytes.data, bytes.len);
}

static inline void done(void)
{
	record_pool_put(&pool, r);
	record_pool_drain(&pool);
}

#endif
