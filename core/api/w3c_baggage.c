/* SPDX-License-Identifier: Apache-2.0
 *
 * w3c_baggage.c - the W3C Baggage header: `name=value;property;property=value, …`. A member that is malformed is
 * skipped, the others are kept.
 */
#include "api/w3c_baggage.h"

#include "api/baggage_draft.h"
#include "api/carrier.h"
#include "api/mem.h"
#include "util/buf.h"

/* Input beyond this is not looked at: it could only hold what the limits exclude, or noise. */
#define READ_MAX (64u << 10)

/* baggage-octet of the W3C grammar */
static bool is_octet(char c)
{
	return c > 0x20 && c < 0x7f && !strchr("\",;\\", c);
}

static bool is_plain(char c)
{
	return is_octet(c) && c != '%';
}

static bool is_property_char(char c)
{
	return is_octet(c) || c == ';' || c == ' ' || c == '\t';
}

static bool is_all(struct view v, bool (*is)(char c))
{
	for (size_t i = 0; i < v.len; i++) {
		if (!is(v.ptr[i]))
			return false;
	}
	return true;
}

/* ---- writing ---- */

size_t baggage_member_len(struct view name, struct view value, struct view metadata)
{
	size_t len = name.len + 1 + (metadata.len ? metadata.len + 1 : 0);

	for (size_t i = 0; i < value.len; i++)
		len += is_plain(value.ptr[i]) ? 1 : 3;
	return len;
}

static char *put_encoded(char *p, const char *value)
{
	static const char hex[] = "0123456789ABCDEF";

	for (; *value; value++) {
		if (is_plain(*value)) {
			*p++ = *value;
			continue;
		}
		*p++ = '%';
		*p++ = hex[(uint8_t)*value >> 4];
		*p++ = hex[(uint8_t)*value & 0x0f];
	}
	return p;
}

/* The API takes any text as name and metadata; the header does not: what has no place in it stays at home. */
static char *put_member(char *p, const char *start, const otel_baggage_entry *e)
{
	if (!view_is_token(view_of(e->name)))
		return p;
	if (p != start)
		*p++ = ',';
	p = stpcpy(p, e->name);
	*p++ = '=';
	p = put_encoded(p, e->value);
	if (*e->metadata && is_all(view_of(e->metadata), is_property_char)) {
		*p++ = ';';
		p = stpcpy(p, e->metadata);
	}
	return p;
}

size_t w3c_baggage_format(const otel_baggage *baggage, char *out)
{
	char *p = out;

	for (size_t i = 0; i < otel_baggage_count(baggage); i++)
		p = put_member(p, out, &baggage->entries[i]);
	*p = '\0';
	return (size_t)(p - out);
}

void otel_baggage_inject_v1(const otel_context *context, const otel_carrier *carrier)
{
	const otel_baggage *baggage = otel_context_baggage(context);
	carrier_set_fn *set = carrier_setter(carrier);
	char *header;

	if (!set || !baggage)
		return;
	header = mem_alloc(baggage->header_len + 1);
	if (header && w3c_baggage_format(baggage, header))
		set(carrier->self, "baggage", header);
	free(header);
}

/* ---- reading ---- */

/* Decodes into scratch, which has room for the value. A '%' without two digits stays. A zero byte, which no string can
 * hold, becomes one that is no UTF-8, and so U+FFFD. */
static struct view decode(struct view value, char *scratch)
{
	char *p = scratch;

	for (size_t i = 0; i < value.len; i++) {
		int high = value.ptr[i] == '%' && i + 2 < value.len ? char_hex(value.ptr[i + 1]) : -1;
		int low = high >= 0 ? char_hex(value.ptr[i + 2]) : -1;
		if (low < 0) {
			*p++ = value.ptr[i];
			continue;
		}
		*p++ = (char)(high || low ? high << 4 | low : 0xff);
		i += 2;
	}
	return (struct view){scratch, (size_t)(p - scratch)};
}

static void read_member(struct baggage_draft *draft, struct view member, char *scratch)
{
	struct view metadata = member;
	struct view value;
	struct view name;

	if (!view_split(&metadata, ';', &value) || !view_split(&value, '=', &name) || !value.ptr)
		return;
	name = view_trim(name);
	value = view_trim(value);
	metadata = view_trim(metadata);
	if (view_is_token(name) && is_all(value, is_octet) && is_all(metadata, is_property_char))
		baggage_draft_put(draft, name, decode(value, scratch), metadata);
}

static void read_field(struct baggage_draft *draft, struct view field, char *scratch)
{
	struct view member;

	while (view_split(&field, ',', &member))
		read_member(draft, member, scratch);
}

/* Decoding makes no text longer than its header form, and a terminator replaces each '=', ';' and ',' but the last. */
static size_t text_size(size_t header_len)
{
	return header_len + 3;
}

otel_baggage *w3c_baggage_parse(const char *text, size_t len)
{
	struct baggage_draft draft;
	char *scratch;

	if (!len || len > READ_MAX)
		return NULL;
	scratch = mem_alloc(len);
	if (!scratch)
		return NULL;
	baggage_draft_begin(&draft, BAGGAGE_MAX_ENTRIES, text_size(len));
	read_field(&draft, (struct view){text, len}, scratch);
	free(scratch);
	return baggage_draft_end(&draft);
}

/* All fields as one. */
static otel_baggage *read_carrier(const otel_carrier *carrier)
{
	carrier_get_fn *get = carrier_getter(carrier);
	otel_baggage *baggage;
	const char *field;
	struct buf all;
	int saved = errno;

	buf_init(&all, READ_MAX);
	for (size_t i = 0; get && i < CARRIER_MAX_FIELDS && (field = get(carrier->self, "baggage", i)); i++) {
		if (i)
			buf_append_char(&all, ',');
		buf_append_str(&all, field);
	}
	baggage = w3c_baggage_parse((const char *)all.data, all.len);
	buf_fini(&all);
	errno = saved;
	return baggage;
}

otel_context *otel_baggage_extract_v1(otel_context *base, const otel_carrier *carrier)
{
	otel_baggage *baggage = read_carrier(carrier);
	otel_context *context;

	if (!baggage)
		return NULL;
	context = otel_context_with_baggage(base, baggage);
	otel_baggage_unref(baggage);
	return context;
}
