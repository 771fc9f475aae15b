/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/disk.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_DISK_H
#define OTEL_SEMCONV_DISK_H

/* string, release_candidate */
#define OTEL_DISK_IO_DIRECTION "disk.io.direction"
#define OTEL_DISK_IO_DIRECTION_READ "read"
#define OTEL_DISK_IO_DIRECTION_WRITE "write"

#endif
