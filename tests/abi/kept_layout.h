/* SPDX-License-Identifier: Apache-2.0
 *
 * kept_layout.h - what kept_layout.c says of a version of otel/plugin.h.
 */
#ifndef TESTS_ABI_KEPT_LAYOUT_H
#define TESTS_ABI_KEPT_LAYOUT_H

#include <stddef.h>

struct kept_row {
	const char *what; /* "otel_host.add" */
	size_t at; /* offset, or the number of a constant */
	size_t size;
};

struct kept_layout {
	unsigned minor;
	const struct kept_row *rows;
	size_t count;
};

extern __attribute__((visibility("default"))) const struct kept_layout kept_layout;

#endif
