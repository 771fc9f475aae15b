/* SPDX-License-Identifier: Apache-2.0
 *
 * armed.c - the constructor: takes the boot snapshot if the process asked for tracing, else leaves everything off.
 */
#include "plugins/preload/armed.h"

#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "util/diag.h"
#include "util/str.h"

static const struct otel_boot *boot;
static char dir[PATH_MAX];
static bool settled;
static _Atomic bool armed;

bool preload_armed(void)
{
	return atomic_load_explicit(&armed, memory_order_acquire);
}

const char *preload_dir(void)
{
	return dir;
}

/* The path is resolved now: later the program may have changed its root or lost a link it was started through. */
static void find_dir(void)
{
	Dl_info info;
	char *slash;

	if (!dladdr((void *)(uintptr_t)find_dir, &info) || !realpath(info.dli_fname, dir)) {
		dir[0] = '\0';
		return;
	}
	slash = strrchr(dir, '/');
	if (slash)
		*slash = '\0';
}

/* The constructors of a program's libraries run in an order that is not ours to choose: libotel_api's may ask for the
 * snapshot before our own constructor. Both run on the one thread that a process has then. */
static void settle(void)
{
	int saved = errno;

	if (!settled && otel_boot_wanted()) {
		find_dir();
		boot = otel_boot_take();
		atomic_store_explicit(&armed, boot != NULL, memory_order_release);
	}
	settled = true;
	errno = saved;
}

__attribute__((constructor)) static void preload_loaded(void)
{
	settle();
}

const struct otel_boot *otel_preload_boot_v1(void)
{
	if (!settled)
		settle();
	return boot;
}

void preload_say(const char *format, ...)
{
	const char *level = otel_boot_env(boot, "OTEL_LOG_LEVEL");
	va_list args;

	if (!boot)
		return;
	diag_setup(boot, level && str_equals_nocase(level, "none") ? DIAG_NONE : DIAG_WARN);
	va_start(args, format);
	diag_v(DIAG_WARN, format, args);
	va_end(args);
}
