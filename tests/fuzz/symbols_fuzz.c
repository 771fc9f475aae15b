/* SPDX-License-Identifier: Apache-2.0
 *
 * symbols_fuzz.c - the symbol table of any file.
 */
#include "util/symbols.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *file = malloc(size ? size : 1); /* of the exact size: reading past the end is seen */
	char name[16];
	uint64_t value;

	if (!file)
		abort();
	memcpy(file, data, size);
	for (uint64_t at = 0; at < 0x2000; at += 0x333)
		if (symbols_in_file(file, size, at, name, sizeof name, &value) && (!*name || value > at))
			abort();
	free(file);
	return 0;
}
