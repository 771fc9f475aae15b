/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/nfs.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_NFS_H
#define OTEL_SEMCONV_NFS_H

/* string, development */
#define OTEL_NFS_OPERATION_NAME "nfs.operation.name"

/* string, development */
#define OTEL_NFS_SERVER_REPCACHE_STATUS "nfs.server.repcache.status"

#endif
