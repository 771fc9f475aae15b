/* SPDX-License-Identifier: Apache-2.0
 *
 * config_host.h - the configuration that the exporter asks its host for, as a test gives it; and what it says.
 */
#ifndef TESTS_OTLP_CONFIG_HOST_H
#define TESTS_OTLP_CONFIG_HOST_H

#include <otel/plugin.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct {
	const char *name; /* "section.key" */
	const char *value;
} values[32];
static size_t value_count;
static char lines[1024]; /* what was said */

static inline const char *host_str(otel_setup *setup, const char *section, const char *key)
{
	char name[128];
	(void)setup;
	snprintf(name, sizeof name, "%s.%s", section, key);
	for (size_t i = 0; i < value_count; i++)
		if (!strcmp(values[i].name, name))
			return values[i].value;
	return NULL;
}

static inline bool host_bool(otel_setup *setup, const char *section, const char *key)
{
	const char *value = host_str(setup, section, key);
	return value && !strcmp(value, "true");
}

static inline int64_t host_int(otel_setup *setup, const char *section, const char *key)
{
	const char *value = host_str(setup, section, key);
	return value ? atoll(value) : -1;
}

static inline const char *host_origin(otel_setup *setup, const char *section, const char *key)
{
	static char name[128];
	(void)setup;
	snprintf(name, sizeof name, "%s.%s", section, key);
	return name;
}

__attribute__((format(printf, 3, 4))) static inline void host_log(otel_setup *setup, otel_log_level level,
								  const char *format, ...)
{
	va_list args;
	(void)setup;
	(void)level;
	va_start(args, format);
	vsnprintf(lines + strlen(lines), sizeof lines - strlen(lines), format, args);
	va_end(args);
}

#define CONFIG_HOST                                                                                                    \
	.config_str = host_str, .config_bool = host_bool, .config_int = host_int, .config_origin = host_origin,        \
	.log = host_log

static inline void give(const char *name, const char *value)
{
	values[value_count].name = name;
	values[value_count++].value = value;
}

/* Nothing is configured, and nothing was said. */
static inline void config_host_reset(void)
{
	value_count = 0;
	lines[0] = '\0';
}

#endif
