/* SPDX-License-Identifier: Apache-2.0
 *
 * request.h - an ExportTraceServiceRequest read from bytes nobody vouches for, shared by those who still print parts
 * of it. References are counted without atomics: one request, one thread.
 */
#ifndef OTEL_OTLP_REQUEST_H
#define OTEL_OTLP_REQUEST_H

#include "otlp/proto/otlp_proto.h"
#include "otlp/text/fault.h"

struct otlp_request {
	Otlp__ExportTraceServiceRequest *message;
	size_t bytes; /* as encoded */
	size_t spans;
	unsigned refs;
};

/* Decodes; *out has one reference on OTLP_GOOD, else it is NULL and the fault says why. Does not look at the meaning:
 * see check.h. */
enum otlp_verdict otlp_request_decode(const uint8_t *data, size_t len, struct otlp_request **out,
				      struct otlp_fault *fault);

struct otlp_request *otlp_request_ref(struct otlp_request *request);
void otlp_request_unref(struct otlp_request *request); /* NULL is fine */

#endif
