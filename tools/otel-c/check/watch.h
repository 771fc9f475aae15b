/* SPDX-License-Identifier: Apache-2.0
 *
 * watch.h - a call into the plugin that is watched: how long it took, whether it waited, what it changed.
 */
#ifndef OTEL_TOOLS_CHECK_WATCH_H
#define OTEL_TOOLS_CHECK_WATCH_H

#include "tools/otel-c/check/guest.h"

struct watch {
	char step[160]; /* "sign() of authenticator "acme"" */
	bool keeps_errno; /* nobody saves it around the call */
	unsigned count;
	uint64_t wall_ns, cpu_ns; /* of the shortest */
	bool waited; /* each time */
	bool lost_errno;
	struct guest before;
	/* while it runs */
	uint64_t wall_from, cpu_from;
	long waits_from;
};

void watch_init(struct watch *call, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Around each call; there may be several of the same. */
void watch_begin(struct watch *call);
void watch_end(struct watch *call);

/* After the last: notes what is to be said. */
void watch_judge(struct watch *call);

#endif
