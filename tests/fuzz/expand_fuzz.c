/* SPDX-License-Identifier: Apache-2.0
 *
 * expand_fuzz.c - any bytes as a value with references to variables: a result within its bound, or a sentence; what has
 * no dollar sign stays as it is.
 */
#include <stdlib.h>
#include <string.h>

#include "config/store.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const env[] = {"A=value", "EMPTY=", "SELF=${SELF}", "DOLLAR=$", NULL};
	static const struct otel_boot boot = {.size = sizeof boot, .env = env};
	char *text = malloc(size ? size : 1);
	struct buf out;
	const char *why = NULL;

	if (!text)
		abort();
	memcpy(text, data, size);
	buf_init(&out, CONFIG_MAX_VALUE);
	bool ok = config_expand((struct view){text, size}, &boot, &out, &why);
	if (!ok && !why)
		abort();
	if (ok && out.len > CONFIG_MAX_VALUE)
		abort();
	if (ok && !memchr(text, '$', size) && (out.len != size || (size && memcmp(out.data, text, size) != 0)))
		abort();
	buf_fini(&out);
	free(text);
	return 0;
}
