/* SPDX-License-Identifier: Apache-2.0
 *
 * grpc.c - judging answers over gRPC.
 *
 * An answer may lack its trailers: libcurl 7.88.1 loses them when the server ends the connection (GOAWAY) in the same
 * breath, and proxies drop them. A whole message then tells as well that the batch was taken, for a server sends none
 * with a failure. Without either, the outcome is unknown.
 */
#include "otlp/grpc.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "otlp/grpc_message.h"
#include "otlp/grpc_status.h"
#include "otlp/retry_after.h"
#include "util/str.h"

#define ANSWER_MAX         ((size_t)4 << 20)
#define LONGEST_TIMEOUT_MS 99999999u /* eight digits */

static void question_the_address(struct verdict *verdict, const otel_http_reply *reply, const struct question *question)
{
	snprintf(verdict->message, sizeof verdict->message,
		 "%s answered %d, but not as an OTLP receiver over gRPC does: is this the right address?",
		 question->endpoint->shown, reply->status);
	verdict_hint(verdict, question);
}

static void judge_success(struct verdict *verdict, const otel_http_reply *reply, const struct question *question)
{
	const uint8_t *message = NULL;
	size_t len = 0;
	struct answer answer;
	struct buf room;

	verdict->result = OTEL_EXPORT_DONE;
	buf_init(&room, ANSWER_MAX);
	switch (grpc_message_read(reply->body, reply->body_len, &room, &message, &len)) {
	case GRPC_MESSAGE_NONE:
		break;
	case GRPC_MESSAGE_PACKED:
		snprintf(verdict->message, sizeof verdict->message, "%s took a batch; what else it said is compressed",
			 question->endpoint->shown);
		break;
	case GRPC_MESSAGE_WHOLE:
		if (answer_read_success(&answer, message, len)) {
			verdict_taken(verdict, &answer, question);
			break;
		}
		/* fall through */
	case GRPC_MESSAGE_BROKEN:
		question_the_address(verdict, reply, question);
		break;
	}
	buf_fini(&room);
}

/* ---- failures with a status ---- */

/* There is no code for it: these are the words of gRPC's implementations when a message exceeds their limit. */
static bool is_too_large(const struct grpc_status *status)
{
	static const char *const signs[] = {"larger than", "exceeds maximum size", "exceeds the maximum", "too large"};

	if (status->code != GRPC_RESOURCE_EXHAUSTED && status->code != GRPC_OUT_OF_RANGE)
		return false;
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (memmem(status->words, status->words_len, signs[i], strlen(signs[i])))
			return true;
	return false;
}

static const char *header(const otel_http_reply *reply, const char *name)
{
	for (size_t i = 0; i < reply->header_count; i++)
		if (str_equals_nocase(reply->headers[i].name, name))
			return reply->headers[i].value;
	return NULL;
}

/* A server that does not know the compression says so, and names those that it knows. */
static bool refuses_gzip(const struct grpc_status *status, const otel_http_reply *reply,
			 const struct question *question)
{
	const char *known = header(reply, "grpc-accept-encoding");

	return question->is_packed && status->code == GRPC_UNIMPLEMENTED &&
	       (known ? !strcasestr(known, "gzip") : memmem(status->words, status->words_len, "gzip", 4) != NULL);
}

static void judge_status(struct verdict *verdict, const struct grpc_status *status, const otel_http_reply *reply,
			 const struct question *question)
{
	char words[VERDICT_WORDS_MAX], what[VERDICT_WORDS_MAX + 32];

	verdict->result = OTEL_EXPORT_DROP;
	verdict->refuses_gzip = refuses_gzip(status, reply, question);
	if (is_too_large(status) && !status->has_retry_info)
		verdict->result = OTEL_EXPORT_TOO_LARGE;
	else if (verdict->refuses_gzip || grpc_code_is_transient(status->code, status->has_retry_info))
		verdict->result = OTEL_EXPORT_RETRY;
	if (verdict->result == OTEL_EXPORT_RETRY && status->has_retry_info)
		verdict->retry_after_ms = status->retry_ms;
	verdict_quote(words, status->words, status->words_len);
	snprintf(what, sizeof what, "%s%s%s", grpc_code_name(status->code), *words ? ": " : "", words);
	verdict_refused(verdict, question, what, "");
}

/* ---- answers without a status ---- */

static void judge_lost_status(struct verdict *verdict, const otel_http_reply *reply, const struct question *question)
{
	const uint8_t *message = NULL;
	size_t len = 0;
	struct buf room;

	buf_init(&room, ANSWER_MAX);
	const enum grpc_message found = grpc_message_read(reply->body, reply->body_len, &room, &message, &len);
	buf_fini(&room);
	if (found == GRPC_MESSAGE_WHOLE || found == GRPC_MESSAGE_PACKED) {
		judge_success(verdict, reply, question);
		return;
	}
	verdict->result = OTEL_EXPORT_UNKNOWN;
	verdict_refused(verdict, question, "without a grpc-status", "");
}

static void judge_http(struct verdict *verdict, const otel_http_reply *reply, const struct question *question)
{
	const unsigned code = grpc_code_of_http(reply->status);

	verdict->result = OTEL_EXPORT_DROP;
	verdict->refuses_gzip = reply->status == 415 && question->is_packed;
	if (reply->status == 413)
		verdict->result = OTEL_EXPORT_TOO_LARGE;
	else if (verdict->refuses_gzip || grpc_code_is_transient(code, false))
		verdict->result = OTEL_EXPORT_RETRY;
	if (grpc_code_is_transient(code, false))
		verdict->retry_after_ms =
			retry_after_ms(reply->retry_after, strlen(reply->retry_after), question->now_unix_s);
	if (code == GRPC_UNKNOWN && verdict->result == OTEL_EXPORT_DROP) {
		question_the_address(verdict, reply, question);
		return;
	}
	char what[64];
	snprintf(what, sizeof what, "%d (%s)", reply->status, grpc_code_name(code));
	verdict_refused(verdict, question, what, "");
	if (verdict->result == OTEL_EXPORT_DROP)
		verdict_hint(verdict, question);
}

void grpc_judge(struct verdict *verdict, const otel_http_reply *reply, const struct question *question)
{
	struct grpc_status status;

	grpc_status_read(&status, reply->headers, reply->header_count);
	if (status.is_there && reply->error != OTEL_HTTP_TOO_LARGE) {
		if (status.code == GRPC_OK)
			judge_success(verdict, reply, question);
		else
			judge_status(verdict, &status, reply, question);
	} else if (reply->error != OTEL_HTTP_OK) {
		verdict_without_answer(verdict, reply, question);
	} else if (reply->status == 200 && verdict_reply_is(reply, "application/grpc")) {
		judge_lost_status(verdict, reply, question);
	} else {
		judge_http(verdict, reply, question);
	}
}

bool grpc_timeout(char out[16], uint32_t timeout_ms)
{
	if (timeout_ms == INT32_MAX)
		return false;
	if (timeout_ms <= LONGEST_TIMEOUT_MS)
		snprintf(out, 16, "%um", timeout_ms);
	else
		snprintf(out, 16, "%uS", timeout_ms / 1000);
	return true;
}
