/* SPDX-License-Identifier: Apache-2.0
 *
 * sink_fail_fuzz.c - the text of --fail: a plan whose elements are within their bounds, or words that end.
 */
#include <stdlib.h>
#include <string.h>

#include "tools/otel-c/sink/fail.h"

/* As requests and connections come: what comes next is for one of the two moments. */
static void use_up(struct sink_fail_plan *plan)
{
	for (unsigned i = 0; i < 1000; i++) {
		const bool is_grpc = i % 3 == 0;
		const bool wants = sink_fail_wants_connection(plan, is_grpc);
		const struct sink_fail *fail = sink_fail_next(plan, SINK_FAIL_CONNECTING, is_grpc);

		if (!fail != !wants)
			abort();
		if (!fail && !sink_fail_next(plan, SINK_FAIL_ANSWERING, is_grpc) &&
		    sink_fail_wants_connection(plan, is_grpc))
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct sink_fail_plan plan;
	char why[800];
	char *spec = malloc(size + 1);

	if (!spec)
		return 0;
	memcpy(spec, data, size);
	spec[size] = '\0';
	memset(why, 'w', sizeof why);
	if (!sink_fail_parse(&plan, spec, why, sizeof why)) {
		if (!memchr(why, '\0', sizeof why))
			abort();
	} else {
		for (size_t i = 0; i < plan.count; i++)
			if (!plan.list[i].times || plan.list[i].kind >= SINK_FAIL_KINDS || plan.list[i].status > 599)
				abort();
		use_up(&plan);
	}
	free(spec);
	return 0;
}
