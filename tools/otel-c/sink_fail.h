/* SPDX-License-Identifier: Apache-2.0
 *
 * sink_fail.h - otel-c sink --fail: what goes wrong with the first requests, from a text such as "503x2,429:2,reset".
 */
#ifndef OTEL_TOOLS_SINK_FAIL_H
#define OTEL_TOOLS_SINK_FAIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum sink_fail_kind {
	SINK_FAIL_STATUS, /* number: Retry-After in seconds */
	SINK_FAIL_PARTIAL, /* number: how many items are rejected */
	SINK_FAIL_RESET, /* the connection, before anything was taken */
	SINK_FAIL_DROP_REPLY, /* all is taken, nobody is told */
	SINK_FAIL_HANG, /* no answer, until the client gives up */
	SINK_FAIL_SLOW, /* number: the answer is so many seconds late */
};

/* One element. */
struct sink_fail {
	enum sink_fail_kind kind;
	unsigned status;
	uint64_t number;
	bool has_number;
	uint64_t times; /* that are left */
};

#define SINK_FAIL_MAX 64

/* All zero is empty: nothing goes wrong. */
struct sink_fail_plan {
	struct sink_fail list[SINK_FAIL_MAX];
	size_t count;
	size_t at;
};

/* false: `why` names the element and what is allowed. Pure. */
bool sink_fail_parse(struct sink_fail_plan *plan, const char *spec, char *why, size_t why_cap);

/* What the next request gets; NULL: what it deserves. */
const struct sink_fail *sink_fail_next(struct sink_fail_plan *plan);

#endif
