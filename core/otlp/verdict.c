/* SPDX-License-Identifier: Apache-2.0
 *
 * verdict.c - the messages, and what becomes of batches that got no answer. Words of the backend are shown cut and
 * scrubbed: they come from outside.
 */
#include "otlp/verdict.h"

#include <stdio.h>
#include <string.h>

#include "util/str.h"

#define GRPC_PORT 4317u
#define HTTP_PORT 4318u

static const char grpc_hint[] = "; 4317 is the usual gRPC port: set OTEL_EXPORTER_OTLP_PROTOCOL=grpc or use 4318";
static const char http_hint[] =
	"; 4318 is the usual port of OTLP/HTTP: set OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf or use 4317";
static const char scheme_hint[] =
	"; the endpoint is written without http://, so TLS is used: write it, or set OTEL_EXPORTER_OTLP_INSECURE=true";

void verdict_quote(char out[VERDICT_WORDS_MAX], const void *words, size_t len)
{
	str_scrub_line(out, VERDICT_WORDS_MAX, words, len);
}

bool verdict_reply_is(const otel_http_reply *reply, const char *type)
{
	struct view head = {reply->content_type, strlen(reply->content_type)};
	if (head.len > strlen(type))
		head.len = strlen(type);
	return view_equals_nocase(head, type);
}

static void add(struct verdict *verdict, const char *text)
{
	strncat(verdict->message, text, sizeof verdict->message - strlen(verdict->message) - 1);
}

void verdict_hint(struct verdict *verdict, const struct question *question)
{
	const bool is_grpc = question->protocol == PROTOCOL_GRPC;

	if (!is_grpc && question->endpoint->port == GRPC_PORT)
		add(verdict, grpc_hint);
	if (is_grpc && question->endpoint->port == HTTP_PORT)
		add(verdict, http_hint);
}

void verdict_taken(struct verdict *verdict, const struct answer *answer, const struct question *question)
{
	const char *shown = question->endpoint->shown;
	char words[VERDICT_WORDS_MAX];

	verdict_quote(words, answer->words, answer->words_len);
	if (answer->rejected > 0) {
		verdict->rejected = answer->rejected > question->items ? question->items : (uint32_t)answer->rejected;
		snprintf(verdict->message, sizeof verdict->message, "%s took a batch only in part%s%s", shown,
			 *words ? ": " : "", words);
	} else if (*words) {
		snprintf(verdict->message, sizeof verdict->message, "%s took a batch and warns: %s", shown, words);
	}
}

void verdict_refused(struct verdict *verdict, const struct question *question, const char *what, const char *why)
{
	const char *now = " were dropped", *name = question->name;

	if (verdict->refuses_gzip) {
		name = "";
		now = "bodies are no longer compressed";
	} else if (verdict->result == OTEL_EXPORT_RETRY || verdict->result == OTEL_EXPORT_UNKNOWN) {
		name = "";
		now = "will try again";
	} else if (verdict->result == OTEL_EXPORT_TOO_LARGE && question->items > 1) {
		name = "";
		now = "will try again with smaller batches";
	}
	snprintf(verdict->message, sizeof verdict->message, "%s answered %s; %s%s%s", question->endpoint->shown, what,
		 why, name, now);
}

/* No whole answer: what each cause means for the batch. */
static const struct {
	otel_export_result result;
	const char *words;
} errors[] = {
	[OTEL_HTTP_REFUSED] = {OTEL_EXPORT_RETRY, "connection refused"},
	[OTEL_HTTP_NAME] = {OTEL_EXPORT_RETRY, "the host name does not resolve"},
	[OTEL_HTTP_CONNECT] = {OTEL_EXPORT_RETRY, "no connection"},
	[OTEL_HTTP_TLS] = {OTEL_EXPORT_RETRY, "TLS failed"},
	[OTEL_HTTP_TIMEOUT] = {OTEL_EXPORT_RETRY, "no answer in time"},
	[OTEL_HTTP_BROKEN] = {OTEL_EXPORT_RETRY, "the connection broke or the answer is not HTTP"},
	[OTEL_HTTP_TOO_LARGE] = {OTEL_EXPORT_DROP, "the answer is too large"},
	[OTEL_HTTP_CANCELLED] = {OTEL_EXPORT_RETRY, NULL},
	[OTEL_HTTP_UNAVAILABLE] = {OTEL_EXPORT_DROP, "there is no way to the network"},
	[OTEL_HTTP_INVALID] = {OTEL_EXPORT_DROP, "the request is malformed"},
	[OTEL_HTTP_AUTH] = {OTEL_EXPORT_RETRY, NULL}, /* the authenticator's cause has its line already */
};

void verdict_without_answer(struct verdict *verdict, const otel_http_reply *reply, const struct question *question)
{
	size_t error = (size_t)reply->error;
	if (error >= sizeof errors / sizeof *errors)
		error = OTEL_HTTP_BROKEN; /* a newer host's */
	verdict->result = errors[error].result;
	if (verdict->result == OTEL_EXPORT_RETRY && reply->sent)
		verdict->result = OTEL_EXPORT_UNKNOWN;
	if (!errors[error].words)
		return;
	const char *cause = reply->message && *reply->message ? reply->message : errors[error].words;
	snprintf(verdict->message, sizeof verdict->message, "cannot export to %s: %s", question->endpoint->shown,
		 cause);
	if (error == OTEL_HTTP_TLS && question->endpoint->is_bare)
		add(verdict, scheme_hint);
	else if (error != OTEL_HTTP_UNAVAILABLE)
		verdict_hint(verdict, question);
}
