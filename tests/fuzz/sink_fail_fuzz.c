/* SPDX-License-Identifier: Apache-2.0
 *
 * sink_fail_fuzz.c - the text of --fail: a plan whose elements are within their bounds, or words that end.
 */
#include <stdlib.h>
#include <string.h>

#include "sink_fail.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct sink_fail_plan plan;
	char why[300];
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
			if (!plan.list[i].times || plan.list[i].kind > SINK_FAIL_SLOW || plan.list[i].status > 599)
				abort();
		for (int i = 0; i < 1000 && sink_fail_next(&plan); i++)
			;
	}
	free(spec);
	return 0;
}
