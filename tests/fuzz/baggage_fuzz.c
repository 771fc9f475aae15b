/* SPDX-License-Identifier: Apache-2.0
 *
 * baggage_fuzz.c - any bytes as a baggage header: what is kept is within the limits, valid UTF-8, and the same entries
 * come back from the header it makes.
 */
#include <stdlib.h>
#include <string.h>

#include "api/context_block.h"
#include "api/w3c_baggage.h"
#include "util/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect_same(const otel_baggage *a, const otel_baggage *b)
{
	if (otel_baggage_count(a) != otel_baggage_count(b))
		abort();
	for (size_t i = 0; i < otel_baggage_count(a); i++) {
		otel_baggage_entry x = otel_baggage_at(a, i);
		otel_baggage_entry y = otel_baggage_at(b, i);
		if (strcmp(x.name, y.name) != 0 || strcmp(x.value, y.value) != 0 || strcmp(x.metadata, y.metadata) != 0)
			abort();
		if (!str_is_utf8(x.value, strlen(x.value)))
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char header[8193];
	char *text = malloc(size ? size : 1);
	otel_baggage *first;
	otel_baggage *second;
	size_t len;

	if (!text)
		abort();
	memcpy(text, data, size);
	first = w3c_baggage_parse(text, size);
	free(text);
	if (!first)
		return 0;
	if (first->header_len > 8192 || otel_baggage_count(first) > 64)
		abort();
	len = w3c_baggage_format(first, header);
	if (len != first->header_len || strlen(header) != len)
		abort();
	second = w3c_baggage_parse(header, len);
	expect_same(first, second);
	otel_baggage_unref(first);
	otel_baggage_unref(second);
	return 0;
}
