/* SPDX-License-Identifier: Apache-2.0
 *
 * xray_header.h - the text of the header X-Amzn-Trace-Id:
 * "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=…;Sampled=1".
 */
#ifndef OTEL_AWS_XRAY_HEADER_H
#define OTEL_AWS_XRAY_HEADER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define XRAY_HEADER_NAME "X-Amzn-Trace-Id"
#define XRAY_LINEAGE_MAX 18 /* "32767:0123abcd:255" */
#define XRAY_TEXT_SIZE   128

struct xray_header {
	uint8_t trace_id[16];
	uint8_t span_id[8];
	bool sampled;
	char lineage[XRAY_LINEAGE_MAX + 1]; /* Lambda's count of hops against endless recursion; "" if none */
};

/* Reads a header value. false when it does not name a trace and a parent, or any part that we know is malformed; a
 * malformed Lineage alone is dropped. Pure. */
bool xray_header_parse(const char *text, size_t len, struct xray_header *out);

/* Writes the header value, terminated. */
void xray_header_format(const struct xray_header *header, char out[XRAY_TEXT_SIZE]);

/* Is it <0-32767>:<8 lower-case hex digits>:<0-255>? */
bool xray_lineage_is_valid(const char *text, size_t len);

#endif
