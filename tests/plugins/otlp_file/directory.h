/* SPDX-License-Identifier: Apache-2.0
 *
 * directory.h - a directory of its own for each test, gone at the end, and what is in its files.
 */
#ifndef TESTS_OTLP_FILE_DIRECTORY_H
#define TESTS_OTLP_FILE_DIRECTORY_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char directory[64];

/* Also before the next one is made. */
static inline void directory_remove(void)
{
	char command[100];

	snprintf(command, sizeof command, "rm -rf '%s'", directory);
	if (*directory && system(command) == 0)
		directory[0] = '\0';
}

static inline void directory_make(void)
{
	if (*directory)
		directory_remove();
	else
		atexit(directory_remove);
	strcpy(directory, "/tmp/otlp_file_test.XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(directory));
}

/* "(none)" if there is no such file. */
static inline const char *content_of(const char *name)
{
	static char text[1 << 16];
	FILE *file = fopen(name, "re");
	size_t len;

	if (!file)
		return "(none)";
	len = fread(text, 1, sizeof text - 1, file);
	fclose(file);
	text[len] = '\0';
	return text;
}

#endif
