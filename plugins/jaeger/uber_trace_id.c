/* SPDX-License-Identifier: Apache-2.0
 *
 * uber_trace_id.c - see the header.
 */
#include "plugins/jaeger/uber_trace_id.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "plugins/propagation/remote.h"

#define LONGEST 256 /* 32:16:16:2 with every character encoded */

/* One or two digits; zero is a value here. */
static bool read_flags(struct view text, uint8_t *out)
{
	char digits[2] = {'0', '0'};

	if (!text.len || text.len > 2)
		return false;
	memcpy(digits + 2 - text.len, text.ptr, text.len);
	if (!str_from_hex(out, digits, 1))
		return false;
	*out &= UBER_FLAG_SAMPLED | UBER_FLAG_DEBUG;
	if (!(*out & UBER_FLAG_SAMPLED))
		*out = 0;
	return true;
}

/* Four parts; the third, the parent, is not used any more. */
static bool parse_plain(struct view rest, struct uber_trace_id *out)
{
	struct view part[4];

	for (size_t i = 0; i < 4; i++) {
		if (!view_split(&rest, ':', &part[i]))
			return false;
	}
	return !rest.ptr && remote_id(part[0], out->trace_id, sizeof out->trace_id) &&
	       remote_id(part[1], out->span_id, sizeof out->span_id) && read_flags(part[3], &out->flags);
}

bool uber_parse(struct view text, struct uber_trace_id *out)
{
	int saved = errno;
	char *decoded;
	bool ok;

	if (!text.len || text.len > LONGEST)
		return false;
	if (memchr(text.ptr, ':', text.len))
		return parse_plain(text, out);
	decoded = str_percent_decode(text);
	ok = decoded && parse_plain(view_of(decoded), out);
	free(decoded);
	errno = saved;
	return ok;
}

void uber_format(const struct uber_trace_id *id, char out[UBER_TEXT_SIZE])
{
	str_to_hex(out, id->trace_id, sizeof id->trace_id);
	out[32] = ':';
	str_to_hex(out + 33, id->span_id, sizeof id->span_id);
	memcpy(out + 49, ":0:", 3);
	str_to_hex(out + 52, &id->flags, 1);
	out[54] = '\0';
}
