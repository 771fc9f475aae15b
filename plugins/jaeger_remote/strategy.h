/* SPDX-License-Identifier: Apache-2.0
 *
 * strategy.h - what a Jaeger backend says how to sample (jaeger-idl, api_v2/sampling.proto, as JSON). The reader is
 * pure.
 */
#ifndef PLUGINS_JAEGER_REMOTE_STRATEGY_H
#define PLUGINS_JAEGER_REMOTE_STRATEGY_H

#include <stddef.h>

#include "plugins/jaeger_remote/bucket.h"
#include "util/ot_tracestate.h"

#define STRATEGY_OPERATIONS 2000 /* kept by name; what is more follows the default */
#define STRATEGY_OTHERS     256 /* buckets that all other operations share */

enum strategy_kind { STRATEGY_PROBABILITY, STRATEGY_RATE, STRATEGY_OPERATION };

struct operation {
	const char *name;
	size_t len;
	uint64_t threshold;
	struct bucket bucket;
};

struct strategy {
	enum strategy_kind kind;
	uint64_t threshold; /* PROBABILITY; OPERATION: of the others */
	struct bucket_rate rate; /* RATE; OPERATION: the least for each */
	struct bucket bucket; /* RATE */
	struct operation *operations; /* sorted by name */
	size_t operation_count;
	char *names;
	struct bucket others[STRATEGY_OTHERS];
};

/* Every trace with this probability. */
void strategy_init(struct strategy *strategy, double probability);

/* NULL: read, and the caller's to end; otherwise what is wrong, a static sentence. */
const char *strategy_read(struct strategy *strategy, const char *text, size_t len);

void strategy_fini(struct strategy *strategy);

struct verdict {
	bool is_kept;
	bool is_by_threshold; /* and by nothing else */
	uint64_t threshold;
};

/* random: the low 56 bits of the trace id. */
struct verdict strategy_decide(struct strategy *strategy, const char *name, size_t name_len, uint64_t random,
			       uint64_t now_ms);

#endif
