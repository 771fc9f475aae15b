/* SPDX-License-Identifier: Apache-2.0
 *
 * reply.c - judging answers. Words of the backend are shown cut and scrubbed: they come from outside.
 */
#include "otlp/reply.h"

#include <stdio.h>
#include <string.h>

#include "otlp/answer.h"
#include "otlp/retry_after.h"
#include "util/str.h"

#define WORDS_MAX 200u
#define GRPC_PORT 4317u

static const char grpc_hint[] =
	"; 4317 is the usual gRPC port: set OTEL_EXPORTER_OTLP_PROTOCOL=grpc (not built in yet) "
	"or use 4318";

/* Copies words of the backend: one line, valid UTF-8, bounded. */
static void quote(char out[WORDS_MAX], const struct answer *answer)
{
	size_t n = str_scrub_utf8(out, WORDS_MAX, (const char *)answer->words, answer->words_len);
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)out[i] < ' ' || out[i] == 0x7f)
			out[i] = ' ';
}

static bool is_protobuf(const otel_http_reply *reply)
{
	static const char type[] = "application/x-protobuf";
	struct view head = {reply->content_type, strlen(reply->content_type)};
	if (head.len > sizeof type - 1)
		head.len = sizeof type - 1;
	return view_equals_nocase(head, type);
}

static bool is_web_page(const otel_http_reply *reply)
{
	struct view head = {reply->content_type, strlen(reply->content_type)};
	if (head.len > strlen("text/html"))
		head.len = strlen("text/html");
	return view_equals_nocase(head, "text/html");
}

static void judge_partial(struct verdict *verdict, const struct answer *answer, const char *shown, uint32_t items)
{
	char words[WORDS_MAX];
	quote(words, answer);
	if (answer->rejected > 0) {
		verdict->rejected = answer->rejected > items ? items : (uint32_t)answer->rejected;
		snprintf(verdict->message, sizeof verdict->message, "%s took a batch only in part%s%s", shown,
			 *words ? ": " : "", words);
	} else if (*words) {
		snprintf(verdict->message, sizeof verdict->message, "%s took a batch and warns: %s", shown, words);
	}
}

static void judge_success(struct verdict *verdict, const otel_http_reply *reply, const char *shown, uint32_t items)
{
	bool is_answer = is_protobuf(reply);
	struct answer answer = {0};

	verdict->result = OTEL_EXPORT_DONE;
	const bool is_broken = is_answer && !answer_read_success(&answer, reply->body, reply->body_len);
	/* 2xx is success whatever the body says; but a web page means that nobody took the spans. */
	if (is_web_page(reply) || is_broken)
		snprintf(verdict->message, sizeof verdict->message,
			 "%s answered %d, but not as an OTLP receiver does: is this the right address?", shown,
			 reply->status);
	else if (is_answer)
		judge_partial(verdict, &answer, shown, items);
}

/* The reason inside google.rpc.Status, if there is one. */
static void read_reason(char words[WORDS_MAX], const otel_http_reply *reply)
{
	struct answer answer;
	words[0] = '\0';
	if (is_protobuf(reply) && answer_read_failure(&answer, reply->body, reply->body_len))
		quote(words, &answer);
}

static bool is_retryable(int status)
{
	return status == 429 || status == 502 || status == 503 || status == 504;
}

static void judge_failure(struct verdict *verdict, const otel_http_reply *reply, const char *shown, const char *name,
			  uint64_t now)
{
	char words[WORDS_MAX];
	const char *again = NULL, *why = "";

	verdict->result = OTEL_EXPORT_DROP;
	if (is_retryable(reply->status)) {
		verdict->result = OTEL_EXPORT_RETRY;
		verdict->retry_after_ms = retry_after_ms(reply->retry_after, strlen(reply->retry_after), now);
		again = "will try again";
	} else if (reply->status >= 300 && reply->status < 400) {
		why = "redirects are not followed, ";
	}
	read_reason(words, reply);
	snprintf(verdict->message, sizeof verdict->message, "%s answered %d%s%s; %s%s%s", shown, reply->status,
		 *words ? ": " : "", words, why, again ? again : name, again ? "" : " were dropped");
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

static void judge_error(struct verdict *verdict, const otel_http_reply *reply, const char *shown, unsigned port)
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
	snprintf(verdict->message, sizeof verdict->message, "cannot export to %s: %s", shown, cause);
	if (port == GRPC_PORT && reply->error != OTEL_HTTP_UNAVAILABLE)
		strncat(verdict->message, grpc_hint, sizeof verdict->message - strlen(verdict->message) - 1);
}

void reply_judge(struct verdict *verdict, const otel_http_reply *reply, const char *shown, unsigned port,
		 uint32_t items, const char *name, uint64_t now_unix_s)
{
	memset(verdict, 0, sizeof *verdict);
	if (reply->error != OTEL_HTTP_OK)
		judge_error(verdict, reply, shown, port);
	else if (reply->status >= 200 && reply->status < 300)
		judge_success(verdict, reply, shown, items);
	else
		judge_failure(verdict, reply, shown, name, now_unix_s);
}
