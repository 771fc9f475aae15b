/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/rpc.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_RPC_H
#define OTEL_SEMCONV_RPC_H

/* string, release_candidate */
#define OTEL_RPC_METHOD "rpc.method"

/* string, release_candidate */
#define OTEL_RPC_METHOD_ORIGINAL "rpc.method_original"

/* string[] template, development */
#define OTEL_RPC_REQUEST_METADATA "rpc.request.metadata"

/* string[] template, development */
#define OTEL_RPC_RESPONSE_METADATA "rpc.response.metadata"

/* string, release_candidate */
#define OTEL_RPC_RESPONSE_STATUS_CODE "rpc.response.status_code"

/* string, release_candidate */
#define OTEL_RPC_SYSTEM_NAME "rpc.system.name"
#define OTEL_RPC_SYSTEM_NAME_GRPC "grpc"
#define OTEL_RPC_SYSTEM_NAME_DUBBO "dubbo"
#define OTEL_RPC_SYSTEM_NAME_CONNECTRPC "connectrpc"
#define OTEL_RPC_SYSTEM_NAME_JSONRPC "jsonrpc"

#endif
