/* SPDX-License-Identifier: Apache-2.0
 *
 * answer.h - the two messages that come back over OTLP/HTTP: ExportTraceServiceResponse and google.rpc.Status. Of a few
 * dozen fields two matter, so they are read where they lie; loading a decoder would cost every start. Pure.
 */
#ifndef OTEL_OTLP_ANSWER_H
#define OTEL_OTLP_ANSWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct answer {
	int64_t rejected; /* spans; whatever was sent */
	const uint8_t *words; /* inside the body; neither terminated nor checked */
	size_t words_len;
};

/* The body of a success. false: it is no such message. */
bool answer_read_success(struct answer *answer, const uint8_t *body, size_t len);

/* The body of a failure; only its words are of interest. false: it is no such message. */
bool answer_read_failure(struct answer *answer, const uint8_t *body, size_t len);

#endif
