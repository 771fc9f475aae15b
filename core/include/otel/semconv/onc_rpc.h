/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/onc_rpc.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_ONC_RPC_H
#define OTEL_SEMCONV_ONC_RPC_H

/* string, development */
#define OTEL_ONC_RPC_PROCEDURE_NAME "onc_rpc.procedure.name"

/* int, development */
#define OTEL_ONC_RPC_PROCEDURE_NUMBER "onc_rpc.procedure.number"

/* string, development */
#define OTEL_ONC_RPC_PROGRAM_NAME "onc_rpc.program.name"

/* int, development */
#define OTEL_ONC_RPC_VERSION "onc_rpc.version"

#endif
