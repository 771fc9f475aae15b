/* SPDX-License-Identifier: Apache-2.0
 *
 * module_image_fuzz.c - any bytes as a shared object that otel-c plugin check looks into: every table is walked, every
 * name is a terminated string within the bytes.
 */
#include <stdlib.h>
#include <string.h>

#include "tools/otel-c/check/image.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Names lie within the bytes, or are the empty one. */
static void check_name(const struct image *image, const char *name)
{
	const uint8_t *at = (const uint8_t *)name;

	if (*name && (at < image->data || at + strlen(name) >= image->data + image->len))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct image image;
	const char *complaint = image_open(&image, data, size);
	ElfW(Phdr) segment;
	ElfW(Shdr) section;
	ElfW(Dyn) entry;
	ElfW(Sym) symbol;
	const char *name;

	if (complaint && !*complaint)
		abort();
	for (size_t i = 0; i < 4096 && image_segment(&image, i, &segment); i++)
		;
	for (size_t i = 0; i < 4096 && image_section(&image, i, &section, &name); i++)
		check_name(&image, name);
	for (size_t i = 0; i < 4096 && image_entry(&image, i, &entry); i++)
		check_name(&image, image_string(&image, entry.d_un.d_val));
	for (size_t i = 0; i < 4096 && image_symbol(&image, i, &symbol, &name); i++)
		check_name(&image, name);
	return 0;
}
