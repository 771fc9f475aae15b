/* SPDX-License-Identifier: Apache-2.0
 *
 * elf_fuzz.c - the launcher's ELF reader on arbitrary bytes.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tools/trace/elf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char detail[ELF_DETAIL_MAX];
	enum elf_verdict verdict = elf_check(data, size, detail);

	if (!memchr(detail, '\0', sizeof detail))
		abort();
	/* A fault must have a reason to be told. */
	if (verdict != ELF_FIT && verdict != ELF_OTHER_FILE && !elf_reason(verdict))
		abort();
	return 0;
}
