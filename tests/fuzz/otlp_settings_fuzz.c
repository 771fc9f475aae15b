/* SPDX-License-Identifier: Apache-2.0
 *
 * otlp_settings_fuzz.c - any text as an endpoint and as a header list: nothing accepted can begin a second line of a
 * request, no complaint holds a value.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "otlp/endpoint.h"
#include "otlp/header_list.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_line(const char *s)
{
	if (strpbrk(s, "\r\n"))
		abort();
}

static void check_complaint(void *arg, size_t position, const char *name, const char *why)
{
	(void)arg;
	check_line(name);
	if (!position || !*why || strpbrk(name, "=, "))
		abort();
}

static void check_endpoint(const char *text)
{
	struct endpoint endpoint;
	char shown[64];
	const char *why = NULL;

	endpoint_show(shown, sizeof shown, text);
	check_line(shown);
	for (int kind = 0; kind < 4; kind++) {
		bool ok = kind > 1 ? endpoint_of_grpc(&endpoint, text, "/s/Export", kind == 3, &why)
			  : kind   ? endpoint_of_base(&endpoint, text, "v1/traces", &why)
				   : endpoint_of_signal(&endpoint, text, &why);
		if (!ok && (!why || endpoint.url))
			abort();
		if (!ok)
			continue;
		check_line(endpoint.url);
		/* No password, no query: the host of a URL has no '@'. */
		size_t authority = strcspn(strchr(endpoint.shown, ':') + 3, "/");
		if (!endpoint.port || memchr(strchr(endpoint.shown, ':') + 3, '@', authority) ||
		    strpbrk(endpoint.shown, "?#"))
			abort();
		endpoint_fini(&endpoint);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct header_list list = {.count = 0};
	char *text = malloc(size + 1);

	if (!text)
		abort();
	memcpy(text, data, size);
	text[size] = '\0';
	check_endpoint(text);
	header_list_read(&list, text, check_complaint, NULL);
	for (size_t i = 0; i < list.count; i++) {
		check_line(list.items[i].name);
		check_line(list.items[i].value);
	}
	header_list_fini(&list);
	free(text);
	return 0;
}
