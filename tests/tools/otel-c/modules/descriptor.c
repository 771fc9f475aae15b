/* SPDX-License-Identifier: Apache-2.0
 *
 * descriptor.c - a descriptor and its rows, with one fault.
 */
#include "base.h"

#ifndef D_SIZE
#define D_SIZE sizeof(otel_plugin)
#endif
#ifndef D_MAJOR
#define D_MAJOR OTEL_PLUGIN_ABI_MAJOR
#endif
#ifndef D_MINOR
#define D_MINOR OTEL_PLUGIN_ABI_MINOR
#endif
#ifndef D_NAME
#define D_NAME "descriptor"
#endif
#ifndef D_VERSION
#define D_VERSION "1.0.0"
#endif
#ifndef D_LICENSE
#define D_LICENSE "MIT AND (Apache-2.0 OR GPL-2.0-only WITH Classpath-exception-2.0)"
#endif
#ifndef D_RESERVED
#define D_RESERVED 0
#endif
#ifndef D_SETUP
#define D_SETUP setup
#endif
#ifndef D_ROWS
#define D_ROWS rows
#endif
#ifndef R_SECTION
#define R_SECTION "descriptor"
#endif
#ifndef R_KEY
#define R_KEY "level"
#endif
#ifndef R_ENV
#define R_ENV "DESCRIPTOR_LEVEL"
#endif
#ifndef R_TYPE
#define R_TYPE OTEL_CONFIG_INT
#endif
#ifndef R_FLAGS
#define R_FLAGS 0
#endif
#ifndef R_DEFAULT
#define R_DEFAULT "1"
#endif
#ifndef R_CHOICES
#define R_CHOICES NULL
#endif
#ifndef R_HELP
#define R_HELP "Level."
#endif

static otel_status setup(const otel_host *host, otel_setup *self)
{
	(void)host, (void)self;
	return OTEL_OK;
}
static otel_status (*const keep_setup)(const otel_host *, otel_setup *) UNUSED = setup;

static const otel_config_row rows[] UNUSED = {
	{R_SECTION, R_KEY, R_ENV, R_TYPE, R_FLAGS, R_DEFAULT, R_CHOICES, R_HELP},
#ifdef R_TWICE
	{R_SECTION, R_TWICE, R_ENV, R_TYPE, R_FLAGS, R_DEFAULT, R_CHOICES, R_HELP},
#endif
};

const otel_plugin otel_plugin_v1 = {
	.size = D_SIZE,
	.abi_major = D_MAJOR,
	.abi_minor = D_MINOR,
	.reserved = D_RESERVED,
	.name = D_NAME,
	.version = D_VERSION,
	.license = D_LICENSE,
	.rows = D_ROWS,
	.row_count = sizeof rows / sizeof *rows,
	.setup = D_SETUP,
};
