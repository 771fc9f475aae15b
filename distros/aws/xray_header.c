/* SPDX-License-Identifier: Apache-2.0
 *
 * xray_header.c - reads and writes the value of X-Amzn-Trace-Id.
 *
 * The rule is that of ADOT for Python with strict hex digits, made lenient where other tracing libraries are: empty
 * pieces and '=' inside the values of unknown keys.
 */
#include "xray_header.h"

#include <string.h>

struct text {
	const char *ptr;
	size_t len;
};

static const uint8_t zeros[16];

/* ---- pieces of text ---- */

static struct text trim(struct text t)
{
	while (t.len && (t.ptr[0] == ' ' || t.ptr[0] == '\t'))
		t = (struct text){t.ptr + 1, t.len - 1};
	while (t.len && (t.ptr[t.len - 1] == ' ' || t.ptr[t.len - 1] == '\t'))
		t.len--;
	return t;
}

/* Cuts what stands before the separator off *rest. Without a separator that is everything, and *rest is empty. */
static struct text cut(struct text *rest, char separator, bool *found)
{
	const char *at = rest->len ? memchr(rest->ptr, separator, rest->len) : NULL;
	size_t len = at ? (size_t)(at - rest->ptr) : rest->len;
	size_t used = at ? len + 1 : len;
	struct text piece = {rest->ptr, len};
	*rest = (struct text){rest->ptr + used, rest->len - used};
	*found = at != NULL;
	return piece;
}

static int digit_of(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

static bool read_hex(const char *hex, uint8_t *out, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++) {
		int high = digit_of(hex[2 * i]);
		int low = digit_of(hex[2 * i + 1]);
		if (high < 0 || low < 0)
			return false;
		out[i] = (uint8_t)(high << 4 | low);
	}
	return true;
}

static char *write_hex(char *out, const uint8_t *bytes, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		*out++ = "0123456789abcdef"[bytes[i] >> 4];
		*out++ = "0123456789abcdef"[bytes[i] & 15];
	}
	return out;
}

/* ---- lineage ---- */

static bool is_number(struct text t, unsigned max)
{
	unsigned value = 0;
	if (!t.len || t.len > 5)
		return false;
	for (size_t i = 0; i < t.len; i++) {
		if (t.ptr[i] < '0' || t.ptr[i] > '9')
			return false;
		value = value * 10 + (unsigned)(t.ptr[i] - '0');
	}
	return value <= max;
}

static bool is_hash(struct text t)
{
	for (size_t i = 0; i < t.len; i++) {
		if (digit_of(t.ptr[i]) < 0 || (t.ptr[i] >= 'A' && t.ptr[i] <= 'F'))
			return false;
	}
	return t.len == 8;
}

bool xray_lineage_is_valid(const char *text, size_t len)
{
	struct text rest = {text, len};
	bool first, second;
	if (len > XRAY_LINEAGE_MAX)
		return false;
	struct text counter = cut(&rest, ':', &first);
	struct text hash = cut(&rest, ':', &second);
	return first && second && is_number(counter, 32767) && is_hash(hash) && is_number(rest, 255);
}

/* ---- the keys ---- */

static bool read_root(struct text v, struct xray_header *out)
{
	return v.len == 35 && v.ptr[0] == '1' && v.ptr[1] == '-' && v.ptr[10] == '-' &&
	       read_hex(v.ptr + 2, out->trace_id, 4) && read_hex(v.ptr + 11, out->trace_id + 4, 12);
}

static bool read_parent(struct text v, struct xray_header *out)
{
	return v.len == 16 && read_hex(v.ptr, out->span_id, 8);
}

/* '?' asks us to decide, which no OpenTelemetry sampler can tell from "no parent": refused, as all the others do. */
static bool read_sampled(struct text v, struct xray_header *out)
{
	out->sampled = v.len == 1 && v.ptr[0] == '1';
	return v.len == 1 && (v.ptr[0] == '0' || v.ptr[0] == '1');
}

static bool read_lineage(struct text v, struct xray_header *out)
{
	memset(out->lineage, 0, sizeof out->lineage);
	if (xray_lineage_is_valid(v.ptr, v.len))
		memcpy(out->lineage, v.ptr, v.len);
	return true;
}

static const struct {
	const char *name;
	bool (*read)(struct text value, struct xray_header *out);
} keys[] = {{"Root", read_root}, {"Parent", read_parent}, {"Sampled", read_sampled}, {"Lineage", read_lineage}};

static bool read_pair(struct text key, struct text value, struct xray_header *out)
{
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		if (key.len == strlen(keys[i].name) && memcmp(key.ptr, keys[i].name, key.len) == 0)
			return keys[i].read(value, out);
	}
	return true;
}

bool xray_header_parse(const char *text, size_t len, struct xray_header *out)
{
	struct text rest = {text, len};
	bool found;
	memset(out, 0, sizeof *out);
	while (rest.len) {
		struct text value = cut(&rest, ';', &found);
		if (!trim(value).len)
			continue;
		struct text key = cut(&value, '=', &found);
		if (!found || !read_pair(trim(key), trim(value), out))
			return false;
	}
	return memcmp(out->trace_id, zeros, sizeof out->trace_id) != 0 &&
	       memcmp(out->span_id, zeros, sizeof out->span_id) != 0;
}

void xray_header_format(const struct xray_header *header, char out[XRAY_TEXT_SIZE])
{
	char *p = stpcpy(out, "Root=1-");
	p = write_hex(p, header->trace_id, 4);
	*p++ = '-';
	p = write_hex(p, header->trace_id + 4, 12);
	p = stpcpy(p, ";Parent=");
	p = write_hex(p, header->span_id, 8);
	p = stpcpy(p, header->sampled ? ";Sampled=1" : ";Sampled=0");
	if (header->lineage[0])
		stpcpy(stpcpy(p, ";Lineage="), header->lineage);
}
