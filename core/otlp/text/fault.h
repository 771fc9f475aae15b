/* SPDX-License-Identifier: Apache-2.0
 *
 * fault.h - what is wrong with a request, for whoever reads one.
 */
#ifndef OTEL_OTLP_FAULT_H
#define OTEL_OTLP_FAULT_H

/* In words, printable as it is. */
struct otlp_fault {
	char text[400];
};

enum otlp_verdict {
	OTLP_GOOD,
	OTLP_MALFORMED, /* not protobuf or JSON, or not this message */
	OTLP_TOO_LARGE, /* well formed, but its messages would take too much memory */
	OTLP_INVALID, /* a message of OTLP that breaks OTLP's rules */
	OTLP_NO_MEMORY
};

#endif
