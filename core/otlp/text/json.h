/* SPDX-License-Identifier: Apache-2.0
 *
 * json.h - OTLP in JSON, both ways, for all signals (opentelemetry-specification, protocol/otlp.md): keys in
 * lowerCamelCase, ids in hex, other bytes in base64, enums as numbers, 64-bit integers as texts. Bytes in, bytes out:
 * no message is held in memory, and effort grows with the input alone. Pure.
 */
#ifndef OTEL_OTLP_JSON_H
#define OTEL_OTLP_JSON_H

#include <otel/plugin.h>

#include "otlp/text/fault.h"
#include "util/buf.h"

/* Appends an Export<Signal>ServiceRequest as JSON, in one line without its end; as TracesData, MetricsData or LogsData
 * it reads the same. Fields with default values are left out; what is no UTF-8 becomes U+FFFD; of a field that came
 * twice and is no list, the last one counts. false, and out->len as it was: it is no such request, it is nested deeper
 * than 100 levels, or out failed (out of memory, or over its maximum). */
bool otlp_json_request(struct buf *out, otel_signal signal, const uint8_t *request, size_t len);

/* Appends the request that a JSON object stands for. *signals has the signals that are expected, as bits, and gets the
 * one that was found, or 0 for an object that has none of them: nothing is appended then. Keys that are not known are
 * passed over. OTLP_MALFORMED: the fault says what is wrong and where; OTLP_NO_MEMORY also when it becomes larger than
 * out may be. Unless it is OTLP_GOOD, nothing is appended. */
enum otlp_verdict otlp_json_read(struct buf *out, uint32_t *signals, const char *text, size_t len,
				 struct otlp_fault *fault);

/* Appends the protobuf of an answer: an Export<Signal>ServiceResponse, or a google.rpc.Status without its details. */
enum otlp_verdict otlp_json_read_response(struct buf *out, const char *text, size_t len, struct otlp_fault *fault);
enum otlp_verdict otlp_json_read_status(struct buf *out, const char *text, size_t len, struct otlp_fault *fault);

#endif
