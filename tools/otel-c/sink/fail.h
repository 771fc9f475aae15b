/* SPDX-License-Identifier: Apache-2.0
 *
 * fail.h - otel-c sink --fail: what goes wrong with the first requests, from a text such as "503x2,429:2,reset".
 */
#ifndef OTEL_TOOLS_SINK_FAIL_H
#define OTEL_TOOLS_SINK_FAIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tools/otel-c/sink/fail_rows.h"

#define SINK_FAIL_KIND(name, kind, ...) SINK_FAIL_##kind,
enum sink_fail_kind { SINK_FAIL_ROWS(SINK_FAIL_KIND) SINK_FAIL_KINDS };
#undef SINK_FAIL_KIND

/* When it happens. */
enum sink_fail_moment { SINK_FAIL_CONNECTING, SINK_FAIL_ANSWERING };

/* One element. */
struct sink_fail {
	enum sink_fail_kind kind;
	unsigned status;
	uint64_t number;
	bool has_number;
	uint64_t second;
	bool has_second;
	bool is_date; /* number seconds from now */
	uint64_t times; /* that are left */
};

#define SINK_FAIL_MAX 64

/* All zero is empty: nothing goes wrong. */
struct sink_fail_plan {
	struct sink_fail list[SINK_FAIL_MAX];
	size_t count;
};

/* false: `why` names the element and what is allowed. Pure. */
bool sink_fail_parse(struct sink_fail_plan *plan, const char *spec, char *why, size_t why_cap);

/* What comes next for that protocol, if this is its moment; NULL: what the client deserves. Elements of gRPC alone wait
 * for it, without holding up those behind them. */
const struct sink_fail *sink_fail_next(struct sink_fail_plan *plan, enum sink_fail_moment moment, bool is_grpc);

/* Does the next one need a new connection? */
bool sink_fail_wants_connection(const struct sink_fail_plan *plan, bool is_grpc);

#endif
