/* SPDX-License-Identifier: Apache-2.0
 *
 * b3_fuzz.c - the module b3 against any header lines.
 */
#include "propagator_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return propagator_fuzz(data, size);
}
