/* SPDX-License-Identifier: Apache-2.0
 *
 * buf_double.c - floating point numbers as text, whatever the locale.
 */
#include "util/buf.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The host's locale may have another decimal point, of several bytes even. */
static void append_plain(struct buf *out, const char *text)
{
	while (*text) {
		const bool plain = (*text >= '0' && *text <= '9') || *text == '-' || *text == '+' || *text == 'e';

		buf_append_char(out, plain ? *text : '.');
		for (text++; !plain && (*text & 0x80); text++)
			;
	}
}

bool buf_append_double(struct buf *b, double number)
{
	const int saved = errno; /* strtod() sets it for the smallest numbers */
	char text[40];
	double back;

	if (isnan(number) || isinf(number)) {
		return buf_append_str(b, isnan(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
	}
	for (int digits = 15; digits <= 17; digits++) {
		snprintf(text, sizeof text, "%.*g", digits, number);
		back = strtod(text, NULL);
		if (memcmp(&back, &number, sizeof back) == 0)
			break;
	}
	append_plain(b, text);
	errno = saved;
	return !b->failed;
}
