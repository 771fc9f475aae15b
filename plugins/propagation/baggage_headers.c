/* SPDX-License-Identifier: Apache-2.0
 *
 * baggage_headers.c - see the header. The host bounds what a baggage holds: 64 entries, 8192 bytes.
 */
#include "plugins/propagation/baggage_headers.h"

#include <stdlib.h>
#include <string.h>

#include "plugins/propagation/carrier.h"
#include "util/buf.h"

#define MAX_NAME  512 /* of a header that is read */
#define MAX_VALUE 24576 /* of one value, encoded: what is longer could not be kept */
#define MAX_LINE  32768 /* of a name or an encoded value that is written */
#define MAX_FOUND 64 /* entries that are read: as many as a baggage holds */

bool baggage_headers_are_supported(const otel_host *host)
{
	return OTEL_OFFERS(host, baggage_count) && OTEL_OFFERS(host, baggage_at);
}

/* ---- reading ---- */

otel_baggage *baggage_headers_add(const otel_host *host, otel_baggage *baggage, const char *name, const char *value)
{
	otel_baggage *with = host->baggage_with(baggage, name, value, NULL);

	host->baggage_unref(baggage);
	return with;
}

/* Those who encode write a blank as '+' or %20, and a plus as %2B. Text that is no encoding is taken as it is: some
 * send values raw. Malloc'ed; NULL when out of memory. */
static char *decode(struct view value, bool is_encoded)
{
	char *copy = is_encoded ? view_dup(value) : NULL;
	char *text = NULL;

	for (char *p = copy; p && *p; p++) {
		if (*p == '+')
			*p = ' ';
	}
	if (copy)
		text = str_percent_decode(view_of(copy));
	free(copy);
	return text ? text : view_dup(value);
}

otel_baggage *baggage_headers_read(const otel_host *host, const struct baggage_format *format,
				   const otel_carrier *carrier, otel_baggage *baggage)
{
	const size_t prefix_len = strlen(format->prefix);
	char name[MAX_NAME];
	size_t found = 0;

	for (size_t i = 0; found < MAX_FOUND && carrier_name(carrier, i, name, sizeof name); i++) {
		struct view value;
		char *text;
		if (strncmp(name, format->prefix, prefix_len) != 0 || !name[prefix_len])
			continue;
		value = carrier_only(carrier, name);
		if (!value.ptr || value.len > MAX_VALUE)
			continue;
		text = decode(value, format->is_encoded);
		if (!text)
			continue;
		baggage = baggage_headers_add(host, baggage, name + prefix_len, text);
		free(text);
		found++;
	}
	return baggage;
}

otel_context *baggage_headers_join(const otel_host *host, otel_context *context, otel_baggage *baggage)
{
	otel_context *with;

	if (!baggage)
		return context;
	with = host->context_with_baggage(context, baggage);
	host->context_unref(context);
	host->baggage_unref(baggage);
	return with;
}

/* ---- writing ---- */

/* The value as it is sent; NULL if it cannot be. scratch holds it where it has to be made. */
static const char *written(struct buf *scratch, const char *value, bool is_encoded)
{
	if (!is_encoded)
		return view_is_header_value(view_of(value)) ? value : NULL;
	buf_clear(scratch);
	buf_append_percent(scratch, value);
	return scratch->failed ? NULL : buf_str(scratch);
}

void baggage_headers_write(const otel_host *host, const struct baggage_format *format, const otel_context *context,
			   const otel_carrier *carrier)
{
	const otel_baggage *baggage = host->context_baggage(context);
	struct buf value;
	struct buf name;

	buf_init(&value, MAX_LINE);
	buf_init(&name, MAX_LINE);
	for (size_t i = 0; i < host->baggage_count(baggage); i++) {
		otel_baggage_entry e = host->baggage_at(baggage, i);
		const char *text = written(&value, e.value, format->is_encoded);
		buf_clear(&name);
		buf_append_str(&name, format->prefix);
		buf_append_str(&name, e.name);
		if (text && !name.failed && view_is_token(view_of(e.name)))
			carrier->set(carrier->self, buf_str(&name), text);
	}
	buf_fini(&value);
	buf_fini(&name);
}
