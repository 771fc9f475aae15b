/* SPDX-License-Identifier: Apache-2.0
 *
 * gzip.c - which library compresses, and compressing with it.
 */
#include "otlp/gzip.h"

#include <dlfcn.h>
#include <limits.h>
#include <stdlib.h>

#define ROOM 1024u /* ISA-L gives up where a table of the largest size would not fit */

const struct gzip_codec *const gzip_codecs[] = {
#ifdef OTEL_C_HAVE_ISAL
	&gzip_isal,
#endif
#ifdef OTEL_C_HAVE_LIBDEFLATE
	&gzip_libdeflate,
#endif
	&gzip_zlib,
	NULL,
};

static const struct gzip_codec *codec;
static int codec_level;

/* Does the program bring its own, so that the library would call that one? A stub that stands for the address of a
 * function is no definition. */
static bool is_replaced(void *library, const char *const *symbols)
{
	Dl_info found;

	for (; *symbols; symbols++) {
		void *first = dlsym(RTLD_DEFAULT, *symbols);
		if (first && first != dlsym(library, *symbols) && dladdr(first, &found) && found.dli_saddr == first)
			return true;
	}
	return false;
}

bool gzip_use(const struct gzip_codec *one, int level)
{
	void *library = dlopen(one->library, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);

	if (!library || is_replaced(library, one->own) || !one->bind(library))
		return false;
	codec_level = level;
	codec = one;
	return true;
}

bool gzip_open(void)
{
	for (size_t i = 0; !codec && gzip_codecs[i]; i++)
		gzip_use(gzip_codecs[i], gzip_codecs[i]->level);
	return codec != NULL;
}

const char *gzip_library(void)
{
	return codec ? codec->name : NULL;
}

uint8_t *gzip_pack(const uint8_t *data, size_t len, size_t *packed_len)
{
	uint8_t *out = len && len < UINT_MAX - ROOM ? malloc(len + ROOM) : NULL;

	*packed_len = out ? codec->pack(codec_level, data, len, out, len + ROOM) : 0;
	if (!*packed_len || *packed_len >= len) {
		free(out);
		return NULL;
	}
	uint8_t *small = realloc(out, *packed_len); /* it is kept until the answer comes */
	return small ? small : out;
}
