/* SPDX-License-Identifier: Apache-2.0
 *
 * spool_record.c - see the header.
 */
#include "spool/spool_record.h"

#include <string.h>

#include "spool/spool_checksum.h"
#include "util/wire.h"

enum { AT_CHECKSUM = 8, AT_CONTENT = 16, AT_NAME = 44 };

static const uint8_t magic[8] = "otelspl\1";

static bool is_name(const uint8_t *name, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (name[i] <= ' ' || name[i] > '~')
			return false;
	return len && len < SPOOL_NAME_MAX;
}

static bool is_signal(uint32_t signal)
{
	return signal == 1 || signal == 2 || signal == 4;
}

static uint64_t sum_of(const uint8_t *head, size_t head_len, const uint8_t *data, size_t len)
{
	const uint64_t sum = spool_checksum(SPOOL_CHECKSUM_BEGIN, head + AT_CONTENT, head_len - AT_CONTENT);

	return spool_checksum(sum, data, len);
}

size_t spool_record_head(const struct spool_record *record, uint8_t head[SPOOL_HEAD_MAX])
{
	const size_t name_len = strnlen(record->exporter, SPOOL_NAME_MAX);
	const size_t head_len = AT_NAME + name_len;
	uint8_t *p = head + AT_CONTENT;

	if (!is_name((const uint8_t *)record->exporter, name_len) || !is_signal(record->signal) ||
	    record->len > SPOOL_REQUEST_MAX)
		return 0;
	memcpy(head, magic, sizeof magic);
	p = wire_put_fixed64(p, record->stored_ms);
	p = wire_put_fixed32(p, record->signal);
	p = wire_put_fixed32(p, record->items);
	p = wire_put_fixed64(p, record->len);
	p = wire_put_fixed32(p, (uint32_t)name_len);
	wire_put_bytes(p, record->exporter, name_len);
	wire_put_fixed64(head + AT_CHECKSUM, sum_of(head, head_len, record->data, record->len));
	return head_len;
}

static uint64_t get64(const uint8_t *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof v);
	return le64toh(v);
}

static uint32_t get32(const uint8_t *p)
{
	uint32_t v;

	memcpy(&v, p, sizeof v);
	return le32toh(v);
}

const char *spool_record_parse(const uint8_t *file, size_t len, struct spool_record *record)
{
	if (len < AT_NAME)
		return "it is cut off";
	if (memcmp(file, magic, sizeof magic) != 0)
		return "it is no spool file of this version";
	const uint64_t request_len = get64(file + 32);
	const size_t name_len = get32(file + 40);
	*record = (struct spool_record){
		.stored_ms = get64(file + 16), .signal = get32(file + 24), .items = get32(file + 28)};
	if (name_len >= SPOOL_NAME_MAX || request_len > SPOOL_REQUEST_MAX)
		return "its head is damaged";
	if (len != AT_NAME + name_len + request_len)
		return "it is cut off, or longer than it says";
	record->data = file + AT_NAME + name_len;
	record->len = (size_t)request_len;
	if (get64(file + AT_CHECKSUM) != sum_of(file, AT_NAME + name_len, record->data, record->len))
		return "its checksum is wrong";
	if (!is_name(file + AT_NAME, name_len) || !is_signal(record->signal))
		return "its head is damaged";
	memcpy(record->exporter, file + AT_NAME, name_len);
	return NULL;
}
