/* SPDX-License-Identifier: Apache-2.0
 *
 * gzip_isal.c - ISA-L (igzip): the fastest, where it has code for the processor.
 */
#include <dlfcn.h>
#include <isa-l/igzip_lib.h>
#include <stdlib.h>

#include "otlp/gzip.h"

/* Its stream and what each level wants beside it: too much for the pipeline's stack, not kept between two batches. */
static const uint32_t level_size[] = {ISAL_DEF_LVL0_DEFAULT, ISAL_DEF_LVL1_DEFAULT, ISAL_DEF_LVL2_DEFAULT,
				      ISAL_DEF_LVL3_DEFAULT};

static struct {
	__typeof__(&isal_deflate_stateless_init) init;
	__typeof__(&isal_deflate_stateless) run;
} isal;

static bool bind_isal(void *library)
{
	*(void **)&isal.init = dlsym(library, "isal_deflate_stateless_init");
	*(void **)&isal.run = dlsym(library, "isal_deflate_stateless");
	return isal.init && isal.run;
}

static size_t pack_isal(int level, const uint8_t *data, size_t len, uint8_t *out, size_t cap)
{
	/* Zeros: it counts letters where it finds other numbers, and then compresses by a third less. */
	struct isal_zstream *z = calloc(1, sizeof(*z) + level_size[level]);
	size_t packed_len = 0;

	if (!z)
		return 0;
	isal.init(z);
	z->next_in = (uint8_t *)(uintptr_t)data;
	z->avail_in = (uint32_t)len;
	z->next_out = out;
	z->avail_out = (uint32_t)cap;
	z->gzip_flag = IGZIP_GZIP;
	z->end_of_stream = 1;
	z->flush = NO_FLUSH;
	z->level = (uint32_t)level;
	z->level_buf = level_size[level] ? (uint8_t *)(z + 1) : NULL;
	z->level_buf_size = level_size[level];
	if (isal.run(z) == COMP_OK && z->avail_in == 0)
		packed_len = cap - z->avail_out;
	free(z);
	return packed_len;
}

static const char *const own[] = {"isal_deflate_stateless", "isal_deflate_stateless_init", "isal_create_hufftables",
				  "crc32_gzip_refl", NULL};

const struct gzip_codec gzip_isal = {.name = "ISA-L",
				     .library = "libisal.so.2",
				     .own = own,
				     .level = 1,
				     .levels = {1, 2, 3, -1},
				     .bind = bind_isal,
				     .pack = pack_isal};
