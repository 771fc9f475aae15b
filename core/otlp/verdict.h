/* SPDX-License-Identifier: Apache-2.0
 *
 * verdict.h - what was asked, what is made of the answer, and the sentences in which both protocols say it. Pure.
 */
#ifndef OTEL_OTLP_VERDICT_H
#define OTEL_OTLP_VERDICT_H

#include <otel/plugin.h>

#include "otlp/answer.h"
#include "otlp/endpoint.h"
#include "otlp/protocol.h"

/* What was asked. */
struct question {
	const struct endpoint *endpoint;
	enum protocol protocol;
	bool is_packed; /* the body was compressed */
	uint32_t items; /* in the batch */
	const char *name; /* what they are called: "spans" */
	uint64_t now_unix_s;
};

struct verdict {
	otel_export_result result; /* never PENDING */
	uint32_t retry_after_ms;
	uint32_t rejected; /* items refused although the result is DONE */
	bool refuses_gzip; /* nothing is wrong with the batch but that it was compressed */
	char message[512]; /* for the operator; "" = nothing to say */
};

#define VERDICT_WORDS_MAX 200u

/* Words of the backend for a message: one line, valid UTF-8, cut. */
void verdict_quote(char out[VERDICT_WORDS_MAX], const void *words, size_t len);

/* No whole answer came. */
void verdict_without_answer(struct verdict *verdict, const otel_http_reply *reply, const struct question *question);

/* It was taken, with what `answer` tells. */
void verdict_taken(struct verdict *verdict, const struct answer *answer, const struct question *question);

/* Sets the message of a batch that was not taken, as the result says: "<endpoint> answered <what>; <why><and now>". */
void verdict_refused(struct verdict *verdict, const struct question *question, const char *what, const char *why);

/* Is it text of this type, whatever its parameters? */
bool verdict_reply_is(const otel_http_reply *reply, const char *type);

/* Explains a port that usually speaks another protocol. */
void verdict_hint(struct verdict *verdict, const struct question *question);

#endif
