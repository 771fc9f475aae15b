/* SPDX-License-Identifier: Apache-2.0
 *
 * object.c - a module that is good but for how it is compiled, linked, or what it asks of others.
 */
#define _GNU_SOURCE
#include "base.h"

#include <dlfcn.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#ifdef FAULT_EXPORT
__attribute__((visibility("default"))) int helper(void)
{
	return 1;
}
#endif

#ifdef FAULT_CONSTRUCTOR
__attribute__((constructor)) static void begin(void)
{
	__asm__ volatile("");
}
#endif

#ifdef FAULT_DESTRUCTOR
__attribute__((destructor)) static void finish(void)
{
	__asm__ volatile("");
}
#endif

#ifdef FAULT_TLS
static __thread int calls;
#define FAULT_CALL calls++
#endif

#ifdef FAULT_LIBRARY_OURS
void *otel_last_error(void);
#define FAULT_CALL otel_last_error()
#endif

#ifdef FAULT_MISSING
int nobody_has_this(void);
#define FAULT_CALL nobody_has_this()
#endif

#ifndef FAULT_CALL
#define FAULT_CALL (void)0
#endif

static int volatile never;

static otel_status setup(const otel_host *host, otel_setup *self)
{
	(void)host, (void)self;
	if (never)
		FAULT_CALL;
	return OTEL_OK;
}

static const otel_config_row row = {"object", "level", NULL, OTEL_CONFIG_STRING, 0, NULL, NULL, "Level."};

#ifdef FAULT_NO_SYMBOL
#define otel_plugin_v1 otel_plugin_v0
static const otel_plugin otel_plugin_v0;
__attribute__((used)) static
#endif
	PLUGIN("object", .rows = &row, .row_count = 1);
