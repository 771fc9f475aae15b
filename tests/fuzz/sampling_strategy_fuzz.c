/* SPDX-License-Identifier: Apache-2.0
 *
 * sampling_strategy_fuzz.c - what a Jaeger backend answers: read, and asked for a few names.
 */
#include <stdlib.h>
#include <string.h>

#include "plugins/jaeger_remote/strategy.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct strategy strategy;
	char *text = malloc(size ? size : 1);

	if (!text)
		return 0;
	if (size)
		memcpy(text, data, size);
	if (!strategy_read(&strategy, text, size)) {
		for (size_t i = 0; i < strategy.operation_count; i++)
			strategy_decide(&strategy, strategy.operations[i].name, strategy.operations[i].len, i,
					1000 * i);
		strategy_decide(&strategy, "/other", 6, OT_RANGE - 1, 7);
		strategy_fini(&strategy);
	}
	free(text);
	return 0;
}
