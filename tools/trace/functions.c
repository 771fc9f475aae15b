/* SPDX-License-Identifier: Apache-2.0
 *
 * functions.c - what calls the hooks of -finstrument-functions names them, stripped or not.
 */
#include "tools/trace/functions.h"

#include <elf.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

bool functions_possible(const char *path)
{
	static const char hook[] = "__cyg_profile_func_enter";
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	bool possible = true;
	struct stat st;
	void *data;

	if (fd < 0 || fstat(fd, &st) < 0 || st.st_size < SELFMAG)
		goto out;
	data = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (data == MAP_FAILED)
		goto out;
	if (memcmp(data, ELFMAG, SELFMAG) == 0)
		possible = memmem(data, (size_t)st.st_size, hook, sizeof hook) != NULL;
	munmap(data, (size_t)st.st_size);
out:
	if (fd >= 0)
		close(fd);
	return possible;
}
