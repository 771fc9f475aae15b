/* SPDX-License-Identifier: Apache-2.0
 *
 * spool_fuzz.c - any bytes as a spool file, and as the name of one: what is taken for good is written again as it was.
 * Damaged heads are found out by the checksum, so that is put right for the second look.
 */
#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "spool/spool_checksum.h"
#include "spool/spool_name.h"
#include "spool/spool_record.h"

enum { AT_CHECKSUM = 8, AT_CONTENT = 16, AT_NAME = 44 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
	if (!holds)
		abort();
}

static void read_record(const uint8_t *data, size_t size)
{
	uint8_t head[SPOOL_HEAD_MAX];
	struct spool_record record;

	if (spool_record_parse(data, size, &record))
		return;
	const size_t head_len = spool_record_head(&record, head);
	check(head_len && head_len + record.len == size);
	check(memcmp(head, data, head_len) == 0);
	check(record.data == data + head_len);
	for (size_t i = 0; i < record.len; i++)
		check(record.data[i] == data[head_len + i]);
}

/* The checksum that the bytes should have, if their head is as long as it says. */
static void put_right(uint8_t *data, size_t size)
{
	uint32_t name_len;
	uint64_t sum;

	memcpy(data, "otelspl\1", 8);
	memcpy(&name_len, data + 40, sizeof name_len);
	name_len = le32toh(name_len);
	if (name_len > size - AT_NAME)
		return;
	const size_t head_len = AT_NAME + name_len;
	sum = htole64(size - head_len);
	memcpy(data + 32, &sum, sizeof sum);
	sum = spool_checksum(SPOOL_CHECKSUM_BEGIN, data + AT_CONTENT, head_len - AT_CONTENT);
	sum = htole64(spool_checksum(sum, data + head_len, size - head_len));
	memcpy(data + AT_CHECKSUM, &sum, sizeof sum);
}

static void read_name(const uint8_t *data, size_t size)
{
	char text[2 * SPOOL_FILE_NAME_MAX], again[SPOOL_FILE_NAME_MAX];
	struct spool_name name;

	if (size >= sizeof text)
		return;
	memcpy(text, data, size);
	text[size] = '\0';
	if (!spool_name_parse(text, &name))
		return;
	spool_name_write(&name, again);
	check(strcmp(text, again) == 0);
	check(spool_name_compare(&name, &name) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *copy = malloc(size ? size : 1); /* of just that size, so that a look behind it is seen */

	check(copy);
	memcpy(copy, data, size);
	read_name(copy, size);
	read_record(copy, size);
	if (size >= AT_NAME) {
		put_right(copy, size);
		read_record(copy, size);
	}
	free(copy);
	return 0;
}
