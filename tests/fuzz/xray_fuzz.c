/* SPDX-License-Identifier: Apache-2.0
 *
 * xray_fuzz.c - any bytes as a value of X-Amzn-Trace-Id: no read out of bounds, and what is accepted is written back in
 * a form that is read as the same.
 */
#include <stdlib.h>
#include <string.h>

#include "xray_header.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct xray_header header, again;
	char text[XRAY_TEXT_SIZE];
	if (!xray_header_parse((const char *)data, size, &header))
		return 0;
	xray_header_format(&header, text);
	if (!xray_header_parse(text, strlen(text), &again) || memcmp(&header, &again, sizeof header) != 0)
		abort();
	return 0;
}
