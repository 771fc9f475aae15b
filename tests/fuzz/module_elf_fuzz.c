/* SPDX-License-Identifier: Apache-2.0
 *
 * module_elf_fuzz.c - any bytes as a module: the check that stands before the dynamic linker reads nothing that is not
 * there, and its complaints are its own words.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "plugin/loader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static int fd = -1;
	const char *complaint, *advice;

	if (fd < 0)
		fd = memfd_create("module", MFD_CLOEXEC);
	if (fd < 0 || ftruncate(fd, 0) != 0 || pwrite(fd, data, size, 0) != (ssize_t)size)
		abort();
	complaint = elf_complaint(fd, &advice);
	if (complaint && !strstr(complaint, "; ")) /* cause; cure */
		abort();
	if (!complaint && size < 64)
		abort();
	return 0;
}
