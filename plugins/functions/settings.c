/* SPDX-License-Identifier: Apache-2.0
 *
 * settings.c - see the header.
 */
#include "plugins/functions/settings.h"

#include <errno.h>
#include <string.h>

#include "util/boot.h"
#include "util/diag.h"
#include "util/glob.h"
#include "util/str.h"

#define THRESHOLD_US     100u
#define THRESHOLD_MAX_US 3600000000u

uint64_t functions_threshold_ns = UINT64_MAX;

static const char *include;
static const char *exclude;

static uint64_t read_threshold(const struct otel_boot *boot)
{
	const char *text = otel_boot_env(boot, "OTEL_C_FUNCTIONS_THRESHOLD");
	uint64_t us = THRESHOLD_US;

	if (text && *text && !str_to_u64(view_trim(view_of(text)), 0, THRESHOLD_MAX_US, &us)) {
		diag(DIAG_WARN, "OTEL_C_FUNCTIONS_THRESHOLD: \"%.64s\" is no number of microseconds; allowed: 0 to %u; using %u",
		     text, THRESHOLD_MAX_US, THRESHOLD_US);
		us = THRESHOLD_US;
	}
	return us * 1000;
}

static const char *read_list(const struct otel_boot *boot, const char *name)
{
	const char *text = otel_boot_env(boot, name);

	return text && *text ? text : NULL;
}

__attribute__((constructor)) static void read_settings(void)
{
	const int saved = errno;
	const struct otel_boot *boot = otel_boot_wanted() ? otel_boot_take() : NULL;

	if (!boot || boot->secure)
		goto out;
	diag_setup(boot, DIAG_WARN);
	include = read_list(boot, "OTEL_C_FUNCTIONS_INCLUDE");
	exclude = read_list(boot, "OTEL_C_FUNCTIONS_EXCLUDE");
	__atomic_store_n(&functions_threshold_ns, read_threshold(boot), __ATOMIC_RELEASE);
out:
	errno = saved;
}

bool functions_wanted(const char *name)
{
	const size_t len = strlen(name);

	return (!include || glob_list_match(include, name, len)) && !glob_list_match(exclude, name, len);
}
