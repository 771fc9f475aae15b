/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/jsonrpc.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_JSONRPC_H
#define OTEL_SEMCONV_JSONRPC_H

/* string, development */
#define OTEL_JSONRPC_PROTOCOL_VERSION "jsonrpc.protocol.version"

/* string, development */
#define OTEL_JSONRPC_REQUEST_ID "jsonrpc.request.id"

#endif
