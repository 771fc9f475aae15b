/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/log.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_LOG_H
#define OTEL_SEMCONV_LOG_H

/* string, development */
#define OTEL_LOG_FILE_NAME "log.file.name"

/* string, development */
#define OTEL_LOG_FILE_NAME_RESOLVED "log.file.name_resolved"

/* string, development */
#define OTEL_LOG_FILE_PATH "log.file.path"

/* string, development */
#define OTEL_LOG_FILE_PATH_RESOLVED "log.file.path_resolved"

/* string, development */
#define OTEL_LOG_IOSTREAM "log.iostream"
#define OTEL_LOG_IOSTREAM_STDOUT "stdout"
#define OTEL_LOG_IOSTREAM_STDERR "stderr"

/* string, development */
#define OTEL_LOG_RECORD_ORIGINAL "log.record.original"

/* string, development */
#define OTEL_LOG_RECORD_UID "log.record.uid"

#endif
