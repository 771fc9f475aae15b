/* SPDX-License-Identifier: Apache-2.0
 *
 * proxy_fuzz.c - any text as the URL of a request and as the variables that name proxies.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "http/proxy.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1), *variable = malloc(size + 16);

	if (!text || !variable)
		abort();
	memcpy(text, data, size);
	text[size] = '\0';
	snprintf(variable, size + 16, "https_proxy=%s", text);
	const char *const env[] = {variable, text, NULL};
	const struct otel_boot boot = {.size = sizeof boot, .env = env};
	const struct proxy proxy = proxy_for(&boot, text);
	if (!proxy.url || !proxy.except || (*proxy.url && !proxy.variable))
		abort();
	proxy_for(&boot, "https://example.test/");
	free(text);
	free(variable);
	return 0;
}
