/* SPDX-License-Identifier: Apache-2.0
 *
 * wire.c - appending protobuf fields, and reading them from bytes nobody vouches for.
 */
#include "util/wire.h"

#include "util/buf.h"

void wire_append_len_head(struct buf *out, uint8_t tag, size_t len)
{
	uint8_t head[1 + WIRE_MAX_VARINT];

	buf_append(out, head, (size_t)(wire_put_len_head(head, tag, len) - head));
}

void wire_append_len(struct buf *out, uint8_t tag, const void *data, size_t len)
{
	wire_append_len_head(out, tag, len);
	buf_append(out, data, len);
}

/* ---- reading ---- */

static bool take_varint_(struct wire_reader *r, uint64_t *out)
{
	uint64_t v = 0;

	for (unsigned shift = 0; shift < 70 && r->p < r->end; shift += 7) {
		uint8_t byte = *r->p++;
		if (shift == 63 && byte > 1)
			return false;
		v |= (uint64_t)(byte & 0x7f) << shift;
		if (byte < 0x80) {
			*out = v;
			return true;
		}
	}
	return false;
}

static bool take_fixed_(struct wire_reader *r, unsigned bytes, uint64_t *out)
{
	uint64_t v = 0;

	if ((size_t)(r->end - r->p) < bytes)
		return false;
	for (unsigned i = 0; i < bytes; i++)
		v |= (uint64_t)r->p[i] << 8 * i;
	r->p += bytes;
	*out = v;
	return true;
}

static bool take_bytes_(struct wire_reader *r, struct wire_field *field)
{
	uint64_t len;

	if (!take_varint_(r, &len) || len > (uint64_t)(r->end - r->p))
		return false;
	field->data = r->p;
	field->len = (size_t)len;
	r->p += len;
	return true;
}

static bool take_value_(struct wire_reader *r, struct wire_field *field)
{
	switch (field->type) {
	case WIRE_VARINT:
		return take_varint_(r, &field->value);
	case WIRE_FIXED64:
		return take_fixed_(r, 8, &field->value);
	case WIRE_LEN:
		return take_bytes_(r, field);
	case WIRE_FIXED32:
		return take_fixed_(r, 4, &field->value);
	default: /* groups: no message of OTLP has them */
		return false;
	}
}

bool wire_next(struct wire_reader *r, struct wire_field *field, bool *ok)
{
	uint64_t tag;

	*field = (struct wire_field){0};
	*ok = true;
	if (r->p >= r->end)
		return false;
	if (!take_varint_(r, &tag) || tag > UINT32_MAX || tag >> 3 == 0)
		goto malformed;
	field->number = (uint32_t)(tag >> 3);
	field->type = (uint32_t)(tag & 7);
	if (!take_value_(r, field))
		goto malformed;
	return true;
malformed:
	/* Nothing after this is worth reading. */
	r->p = r->end;
	*ok = false;
	return false;
}

bool wire_next_packed(struct wire_reader *r, enum wire_type type, uint64_t *value, bool *ok)
{
	*ok = true;
	if (r->p >= r->end)
		return false;
	*ok = type == WIRE_VARINT ? take_varint_(r, value) : take_fixed_(r, type == WIRE_FIXED64 ? 8 : 4, value);
	return *ok;
}
