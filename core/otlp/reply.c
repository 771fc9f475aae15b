/* SPDX-License-Identifier: Apache-2.0
 *
 * reply.c - judging answers over HTTP; grpc.c judges the others.
 */
#include "otlp/reply.h"

#include <stdio.h>
#include <string.h>

#include "otlp/grpc.h"
#include "otlp/retry_after.h"
#include "otlp/text/json.h"
#include "util/buf.h"
#include "util/str.h"

#define ANSWER_MAX ((size_t)4 << 20)

/* The body as protobuf: in place, or in `room` if it came as JSON. false: it is of another type, or broken JSON. */
static bool read_body(const otel_http_reply *reply, bool is_success, struct buf *room, struct view *body)
{
	struct otlp_fault fault;
	const char *text = (const char *)reply->body;

	*body = (struct view){text, reply->body_len};
	if (verdict_reply_is(reply, "application/x-protobuf"))
		return true;
	if (!verdict_reply_is(reply, "application/json"))
		return false;
	const enum otlp_verdict verdict = is_success ? otlp_json_read_response(room, text, reply->body_len, &fault)
						     : otlp_json_read_status(room, text, reply->body_len, &fault);
	*body = (struct view){(const char *)room->data, room->len};
	return verdict == OTLP_GOOD;
}

static void judge_success(struct verdict *verdict, const otel_http_reply *reply, const struct question *question)
{
	const bool is_otlp = verdict_reply_is(reply, "application/x-protobuf");
	struct answer answer = {0};
	struct buf room;
	struct view body;

	verdict->result = OTEL_EXPORT_DONE;
	buf_init(&room, ANSWER_MAX);
	const bool is_readable = read_body(reply, true, &room, &body);
	const bool is_answer = is_readable && answer_read_success(&answer, (const uint8_t *)body.ptr, body.len);
	/* 2xx is success whatever the body says; but a web page means that nobody took the spans. */
	if (verdict_reply_is(reply, "text/html") || (is_otlp && !is_answer))
		snprintf(verdict->message, sizeof verdict->message,
			 "%s answered %d, but not as an OTLP receiver does: is this the right address?",
			 question->endpoint->shown, reply->status);
	else if (is_answer)
		verdict_taken(verdict, &answer, question);
	buf_fini(&room);
}

/* The reason inside google.rpc.Status, if there is one. */
static void read_reason(char words[VERDICT_WORDS_MAX], const otel_http_reply *reply)
{
	struct answer answer;
	struct buf room;
	struct view body;

	words[0] = '\0';
	buf_init(&room, ANSWER_MAX);
	if (read_body(reply, false, &room, &body) && answer_read_failure(&answer, (const uint8_t *)body.ptr, body.len))
		verdict_quote(words, answer.words, answer.words_len);
	buf_fini(&room);
}

static bool is_retryable(int status)
{
	return status == 429 || status == 502 || status == 503 || status == 504;
}

static void judge_failure(struct verdict *verdict, const otel_http_reply *reply, const struct question *question)
{
	char words[VERDICT_WORDS_MAX], what[VERDICT_WORDS_MAX + 16];

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
	verdict_refused(verdict, question, what, reply->status / 100 == 3 ? "redirects are not followed, " : "");
}

void reply_judge(struct verdict *verdict, const otel_http_reply *reply, const struct question *question)
{
	memset(verdict, 0, sizeof *verdict);
	if (question->protocol == PROTOCOL_GRPC)
		grpc_judge(verdict, reply, question);
	else if (reply->error != OTEL_HTTP_OK)
		verdict_without_answer(verdict, reply, question);
	else if (reply->status >= 200 && reply->status < 300)
		judge_success(verdict, reply, question);
	else
		judge_failure(verdict, reply, question);
}
