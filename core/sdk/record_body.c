/* SPDX-License-Identifier: Apache-2.0
 *
 * record_body.c - the bytes of a record: room, fields, filler.
 */
#include "sdk/record.h"

uint32_t record_field(const struct record *r, uint32_t offset, uint32_t *payload)
{
	const uint8_t *p = r->data + offset + 1;
	uint32_t len = *p & 0x7f;

	for (unsigned shift = 7; *p++ & 0x80; shift += 7)
		len |= (uint32_t)(*p & 0x7f) << shift;
	*payload = (uint32_t)(p - r->data);
	return *payload + len - offset;
}

uint32_t record_kill(struct record *r, uint32_t offset)
{
	uint32_t payload;

	r->data[offset] = RECORD_FILLER;
	return record_field(r, offset, &payload);
}

void record_squeeze(struct record *r, uint32_t start)
{
	uint32_t to = start, len, payload;

	for (uint32_t from = start; from < r->len; from += len) {
		len = record_field(r, from, &payload);
		if (r->data[from] == RECORD_FILLER)
			continue;
		if (r->name == from)
			r->name = to;
		if (r->status == from)
			r->status = to;
		if (to != from)
			memmove(r->data + to, r->data + from, len);
		to += len;
	}
	r->len = to;
}

static bool move_to_block(struct record_pool *pool, struct record *r, size_t need)
{
	uint32_t size;
	uint8_t *block = record_block_get(pool, need, &size);

	if (!block)
		return false;
	memcpy(block + RECORD_GAP, r->data + RECORD_GAP, r->len - RECORD_GAP);
	if (r->data != r->own)
		record_block_put(pool, r->data, r->size);
	r->data = block;
	r->size = size;
	r->cap = size < RECORD_MAX_BYTES ? size : RECORD_MAX_BYTES - RECORD_TAIL;
	return true;
}

bool record_grow(struct record_pool *pool, struct record *r, size_t size, bool tail)
{
	const size_t max = tail ? RECORD_MAX_BYTES : RECORD_MAX_BYTES - RECORD_TAIL;
	const uint32_t dead = r->attrs.dead;

	if (size > max)
		return false;

	/* Filler is worth squeezing when it is half of the body: then growth stays within twice what lives. */
	if (!r->open && dead && (dead >= (r->len - RECORD_GAP) / 2 || r->len + size > max)) {
		record_squeeze(r, RECORD_GAP);
		r->attrs.dead = 0;
	}
	if (r->len + size <= (tail ? r->size : r->cap))
		return true;
	return r->len + size <= max && move_to_block(pool, r, r->len + size);
}
