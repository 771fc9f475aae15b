/* SPDX-License-Identifier: Apache-2.0
 *
 * spool_record.h - what stands in a spool file: a head, and one OTLP request. Numbers are little-endian:
 *
 *      0  8  "otelspl" and the version of the format, 1
 *      8  8  checksum of all that follows
 *     16  8  when it was stored, milliseconds since the Unix epoch
 *     24  4  signal: 1 spans, 2 metrics, 4 log records
 *     28  4  items
 *     32  8  bytes of the request
 *     40  4  bytes of the name
 *     44     name of the exporter that it is meant for; then the request, to the end of the file
 *
 * No endpoint and no credentials: whoever sends it uses its own.
 */
#ifndef OTEL_SPOOL_RECORD_H
#define OTEL_SPOOL_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SPOOL_NAME_MAX    64 /* of an exporter, with its end */
#define SPOOL_HEAD_MAX    (44 + SPOOL_NAME_MAX)
#define SPOOL_REQUEST_MAX ((size_t)64 << 20) /* what OTLP lets a request be */
#define SPOOL_FILE_MAX    (SPOOL_HEAD_MAX + SPOOL_REQUEST_MAX)

struct spool_record {
	uint64_t stored_ms;
	uint32_t signal;
	uint32_t items;
	char exporter[SPOOL_NAME_MAX];
	const uint8_t *data; /* the request */
	size_t len;
};

/* What goes before the request; its length. 0: the record cannot be stored (no name, or too large). */
size_t spool_record_head(const struct spool_record *record, uint8_t head[SPOOL_HEAD_MAX]);

/* Reads a whole file; record->data points into it. NULL, or what is wrong with it. Pure. */
const char *spool_record_parse(const uint8_t *file, size_t len, struct spool_record *record);

#endif
