/* SPDX-License-Identifier: Apache-2.0
 *
 * reply.c - judging answers over HTTP, and what gRPC shares. Words of the backend are shown cut and scrubbed: they come
 * from outside.
 */
#include "otlp/reply.h"

#include <stdio.h>
#include <string.h>

#include "otlp/grpc.h"
#include "otlp/retry_after.h"
#include "otlp/text/json.h"
#include "util/buf.h"
#include "util/str.h"

#define GRPC_PORT  4317u
#define HTTP_PORT  4318u
#define ANSWER_MAX ((size_t)4 << 20)

static const char grpc_hint[] = "; 4317 is the usual gRPC port: set OTEL_EXPORTER_OTLP_PROTOCOL=grpc or use 4318";
static const char http_hint[] =
	"; 4318 is the usual port of OTLP/HTTP: set OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf or use 4317";
static const char scheme_hint[] =
	"; the endpoint is written without http://, so TLS is used: write it, or set OTEL_EXPORTER_OTLP_INSECURE=true";

/* ---- shared ---- */

void reply_quote(char out[REPLY_WORDS_MAX], const void *words, size_t len)
{
	str_scrub_line(out, REPLY_WORDS_MAX, words, len);
}

bool reply_has_type(const otel_http_reply *reply, const char *type)
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

void reply_hint(struct verdict *verdict, const struct question *question)
{
	const bool is_grpc = question->protocol == PROTOCOL_GRPC;

	if (!is_grpc && question->endpoint->port == GRPC_PORT)
		add(verdict, grpc_hint);
	if (is_grpc && question->endpoint->port == HTTP_PORT)
		add(verdict, http_hint);
}

void reply_judge_partial(struct verdict *verdict, const struct answer *answer, const struct question *question)
{
	const char *shown = question->endpoint->shown;
	char words[REPLY_WORDS_MAX];

	reply_quote(words, answer->words, answer->words_len);
	if (answer->rejected > 0) {
		verdict->rejected = answer->rejected > question->items ? question->items : (uint32_t)answer->rejected;
		snprintf(verdict->message, sizeof verdict->message, "%s took a batch only in part%s%s", shown,
			 *words ? ": " : "", words);
	} else if (*words) {
		snprintf(verdict->message, sizeof verdict->message, "%s took a batch and warns: %s", shown, words);
	}
}

void reply_say(struct verdict *verdict, const struct question *question, const char *what, const char *why)
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

void reply_judge_error(struct verdict *verdict, const otel_http_reply *reply, const struct question *question)
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
		reply_hint(verdict, question);
}

/* ---- OTLP/HTTP ---- */

/* The body as protobuf: in place, or in `room` if it came as JSON. false: it is of another type, or broken JSON. */
static bool read_body(const otel_http_reply *reply, bool is_success, struct buf *room, struct view *body)
{
	struct otlp_fault fault;
	const char *text = (const char *)reply->body;

	*body = (struct view){text, reply->body_len};
	if (reply_has_type(reply, "application/x-protobuf"))
		return true;
	if (!reply_has_type(reply, "application/json"))
		return false;
	const enum otlp_verdict verdict = is_success ? otlp_json_read_response(room, text, reply->body_len, &fault)
						     : otlp_json_read_status(room, text, reply->body_len, &fault);
	*body = (struct view){(const char *)room->data, room->len};
	return verdict == OTLP_GOOD;
}

static void judge_success(struct verdict *verdict, const otel_http_reply *reply, const struct question *question)
{
	const bool is_otlp = reply_has_type(reply, "application/x-protobuf");
	struct answer answer = {0};
	struct buf room;
	struct view body;

	verdict->result = OTEL_EXPORT_DONE;
	buf_init(&room, ANSWER_MAX);
	const bool is_readable = read_body(reply, true, &room, &body);
	const bool is_answer = is_readable && answer_read_success(&answer, (const uint8_t *)body.ptr, body.len);
	/* 2xx is success whatever the body says; but a web page means that nobody took the spans. */
	if (reply_has_type(reply, "text/html") || (is_otlp && !is_answer))
		snprintf(verdict->message, sizeof verdict->message,
			 "%s answered %d, but not as an OTLP receiver does: is this the right address?",
			 question->endpoint->shown, reply->status);
	else if (is_answer)
		reply_judge_partial(verdict, &answer, question);
	buf_fini(&room);
}

/* The reason inside google.rpc.Status, if there is one. */
static void read_reason(char words[REPLY_WORDS_MAX], const otel_http_reply *reply)
{
	struct answer answer;
	struct buf room;
	struct view body;

	words[0] = '\0';
	buf_init(&room, ANSWER_MAX);
	if (read_body(reply, false, &room, &body) && answer_read_failure(&answer, (const uint8_t *)body.ptr, body.len))
		reply_quote(words, answer.words, answer.words_len);
	buf_fini(&room);
}

static bool is_retryable(int status)
{
	return status == 429 || status == 502 || status == 503 || status == 504;
}

static void judge_failure(struct verdict *verdict, const otel_http_reply *reply, const struct question *question)
{
	char words[REPLY_WORDS_MAX], what[REPLY_WORDS_MAX + 16];

	verdict->result = OTEL_EXPORT_DROP;
	verdict->refuses_gzip = reply->status == 415 && question->is_packed;
	if (is_retryable(reply->status))
		verdict->retry_after_ms =
			retry_after_ms(reply->retry_after, strlen(reply->retry_after), question->now_unix_s);
	if (is_retryable(reply->status) || verdict->refuses_gzip)
		verdict->result = OTEL_EXPORT_RETRY;
	else if (reply->status == 413)
		verdict->result = OTEL_EXPORT_TOO_LARGE;
	read_reason(words, reply);
	snprintf(what, sizeof what, "%d%s%s", reply->status, *words ? ": " : "", words);
	reply_say(verdict, question, what, reply->status / 100 == 3 ? "redirects are not followed, " : "");
}

void reply_judge(struct verdict *verdict, const otel_http_reply *reply, const struct question *question)
{
	memset(verdict, 0, sizeof *verdict);
	if (question->protocol == PROTOCOL_GRPC)
		grpc_judge(verdict, reply, question);
	else if (reply->error != OTEL_HTTP_OK)
		reply_judge_error(verdict, reply, question);
	else if (reply->status >= 200 && reply->status < 300)
		judge_success(verdict, reply, question);
	else
		judge_failure(verdict, reply, question);
}
