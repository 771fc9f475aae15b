/* SPDX-License-Identifier: Apache-2.0
 *
 * resource_attributes_fuzz.c - any text as OTEL_RESOURCE_ATTRIBUTES, os-release, passwd and the files of /proc: keys
 * and values are UTF-8, a refused text gives none, an id is an id, nothing lies outside of what was read.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "sdk/resource_list.h"
#include "sdk/resource_platform.h"
#include "sdk/resource_proc.h"
#include "util/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(void *arg, const char *key, const char *value)
{
	++*(size_t *)arg;
	if (!*key || !str_is_utf8(key, strlen(key)) || !str_is_utf8(value, strlen(value)))
		abort();
}

static void check_platform(const char *text, size_t size)
{
	char id[CONTAINER_ID_SIZE];
	char value[16];

	if (container_id_v1(text, size, id) && strspn(id, "0123456789abcdefABCDEF") != CONTAINER_ID_SIZE - 1)
		abort();
	if (container_id_v2(text, size, id) && strspn(id, "0123456789abcdefABCDEF") != CONTAINER_ID_SIZE - 1)
		abort();
	if (os_release_value(text, size, "NAME", value, sizeof value) && strlen(value) >= sizeof value)
		abort();
}

static void check_proc(const char *text, size_t size)
{
	const char *arguments[8];
	char value[16];
	char time[PROC_TIME_SIZE];
	uint64_t number;

	if (proc_start_ticks(text, size, &number)) {
		proc_time_text(number, time);
		if (strlen(time) != PROC_TIME_SIZE - 1)
			abort();
	}
	if (proc_boot_seconds(text, size, &number) && number > UINT32_MAX)
		abort();
	if (proc_cache_kib(text, size, &number) && (!number || number > UINT32_MAX))
		abort();
	if (proc_cpuinfo_value(text, size, "model", value, sizeof value) && (!*value || strlen(value) >= sizeof value))
		abort();
	if (proc_user_name(text, size, 0, value, sizeof value) && (!*value || strlen(value) >= sizeof value))
		abort();
	const size_t count = proc_arguments(text, size, arguments, 8);
	for (size_t i = 0; i < count; i++)
		if (arguments[i] < text || arguments[i] + strlen(arguments[i]) > text + size)
			abort();
	is_machine_id(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct resource_list_error error;
	size_t pairs = 0;
	char *text = malloc(size + 1);

	if (!text)
		abort();
	memcpy(text, data, size);
	text[size] = '\0';
	if (!resource_list_read(text, check, &pairs, &error) && (pairs || !error.why || !error.position))
		abort();
	check_platform(text, strlen(text));
	check_proc(text, size);
	free(text);
	return 0;
}
