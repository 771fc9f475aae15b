/* SPDX-License-Identifier: Apache-2.0
 *
 * jaeger_fuzz.c - the module jaeger against any header lines.
 */
#include "propagator_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return propagator_fuzz(data, size);
}
