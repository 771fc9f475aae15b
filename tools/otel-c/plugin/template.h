/* SPDX-License-Identifier: Apache-2.0
 *
 * template.h - the files of template/, carried in the program; embed.cmake writes the table.
 */
#ifndef OTEL_TOOLS_TEMPLATE_H
#define OTEL_TOOLS_TEMPLATE_H

#include <stddef.h>

struct template_file {
	const char *name; /* "acme.c" */
	const char *text; /* terminated */
};

extern const struct template_file template_files[];
extern const size_t template_count;

#endif
