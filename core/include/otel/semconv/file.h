/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/file.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_FILE_H
#define OTEL_SEMCONV_FILE_H

/* string, development */
#define OTEL_FILE_ACCESSED "file.accessed"

/* string[], development */
#define OTEL_FILE_ATTRIBUTES "file.attributes"

/* string, development */
#define OTEL_FILE_CHANGED "file.changed"

/* string, development */
#define OTEL_FILE_CREATED "file.created"

/* string, development */
#define OTEL_FILE_DIRECTORY "file.directory"

/* string, development */
#define OTEL_FILE_EXTENSION "file.extension"

/* string, development */
#define OTEL_FILE_FORK_NAME "file.fork_name"

/* string, development */
#define OTEL_FILE_GROUP_ID "file.group.id"

/* string, development */
#define OTEL_FILE_GROUP_NAME "file.group.name"

/* string, development */
#define OTEL_FILE_INODE "file.inode"

/* string, development */
#define OTEL_FILE_LOCK_MECHANISM "file.lock.mechanism"

/* string, development */
#define OTEL_FILE_LOCK_MODE "file.lock.mode"

/* string, development */
#define OTEL_FILE_LOCK_TYPE "file.lock.type"
#define OTEL_FILE_LOCK_TYPE_READ "read"
#define OTEL_FILE_LOCK_TYPE_WRITE "write"

/* string, development */
#define OTEL_FILE_MODE "file.mode"

/* string, development */
#define OTEL_FILE_MODIFIED "file.modified"

/* string, development */
#define OTEL_FILE_NAME "file.name"

/* string, development */
#define OTEL_FILE_OWNER_ID "file.owner.id"

/* string, development */
#define OTEL_FILE_OWNER_NAME "file.owner.name"

/* string, development */
#define OTEL_FILE_PATH "file.path"

/* int, development */
#define OTEL_FILE_SIZE "file.size"

/* string, development */
#define OTEL_FILE_SYMBOLIC_LINK_TARGET_PATH "file.symbolic_link.target_path"

#endif
