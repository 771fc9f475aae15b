/* SPDX-License-Identifier: Apache-2.0
 *
 * grpc.c - whole answers over gRPC.
 */
#include <string.h>

#include "otlp/answer.h"
#include "otlp/grpc_message.h"
#include "otlp/grpc_status.h"
#include "tools/otel-c/doctor/explain.h"
#include "util/str.h"

#define WORDS_MAX 200

#define LOG_CURE  "look into the log of the backend"
#define WAIT_CURE "try again later; running programs do so by themselves"

static const struct row {
	unsigned code;
	const char *meaning; /* after "answered NAME" */
	const char *cure;
	bool at_endpoint; /* the origin of the address follows */
} rows[] = {
	{1, "it gave up", LOG_CURE, false},
	{3, "it does not take this request", LOG_CURE, false},
	{4, "it was too slow", "look at what keeps it, or raise OTEL_EXPORTER_OTLP_TIMEOUT", false},
	{5, "it finds no place for this", "correct the address", true},
	{7, "it knows us, and these credentials may not send traces",
	 "give the token the right to send traces, or use another", false},
	{8, "it gets more than it wants, or in too large pieces",
	 "try again later, or lower OTEL_BSP_MAX_EXPORT_BATCH_SIZE", false},
	{12, "it has no receiver for traces", "correct the address, or switch the OTLP receiver for traces on there",
	 true},
	{14, "it is overloaded or stopping", WAIT_CURE, false},
};

static void explain_code(struct explanation *out, const struct exchange *x, const struct situation *s)
{
	const struct row *row = NULL;
	const char *name = grpc_code_name(x->grpc_code);
	const char *colon = *x->grpc_words ? ": " : "";

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (rows[i].code == x->grpc_code)
			row = &rows[i];
	explain_message(out, "%s answered %s, %s%s%s", x->shown, name, row ? row->meaning : "it failed", colon,
			x->grpc_words);
	if (row && row->at_endpoint)
		explain_cure(out, "%s (%s)", row->cure, s->endpoint);
	else
		explain_cure(out, "%s", row ? row->cure : LOG_CURE);
}

static void explain_unauthenticated(struct explanation *out, const struct exchange *x)
{
	const bool has_token = *x->auth || x->has_headers;

	explain_message(out, "%s answered UNAUTHENTICATED, it does not %s%s%s", x->shown,
			has_token ? "accept our credentials" : "know who we are", *x->grpc_words ? ": " : "",
			x->grpc_words);
	explain_cure(out, has_token ? "correct the token in OTEL_EXPORTER_OTLP_HEADERS, or what signs the requests"
				    : "set OTEL_EXPORTER_OTLP_HEADERS to the header with the token");
}

static void took(struct explanation *out, const struct exchange *x)
{
	out->ok = true;
	explain_message(out, "%s took the span (OK)", x->shown);
}

static void explain_partial(struct explanation *out, const struct exchange *x, const struct answer *answer)
{
	char words[WORDS_MAX];

	str_scrub_line(words, WORDS_MAX, (const char *)answer->words, answer->words_len);
	if (answer->rejected > 0) {
		explain_message(out, "%s answered OK, but refused the span%s%s", x->shown, *words ? ": " : "", words);
		explain_cure(out, "do what it says, or look into its log for the reason");
		return;
	}
	took(out, x);
	if (*words)
		explain_message(out, "%s took the span (OK), and warns: %s", x->shown, words);
}

static void explain_ok(struct explanation *out, const struct exchange *x)
{
	struct answer answer = {0};
	struct buf room;
	const uint8_t *message;
	size_t len;

	if (!x->body_len || x->body_len > EXCHANGE_BODY_MAX) {
		took(out, x);
		return;
	}
	buf_init(&room, EXCHANGE_BODY_MAX);
	const enum grpc_message found = grpc_message_read(x->body, x->body_len, &room, &message, &len);
	if (found == GRPC_MESSAGE_WHOLE && answer_read_success(&answer, message, len)) {
		explain_partial(out, x, &answer);
	} else if (found == GRPC_MESSAGE_PACKED) {
		took(out, x);
	} else {
		explain_message(out, "%s answered OK, but what comes with it is malformed", x->shown);
		explain_cure(out, "look whether it is an OTLP receiver: the span may be lost");
	}
	buf_fini(&room);
}

/* No status: whoever answers is no gRPC server, or something on the way swallows the trailers. */
static void explain_no_status(struct explanation *out, const struct exchange *x, const struct situation *s)
{
	static const char type[] = "application/grpc";

	if (strncmp(x->content_type, type, sizeof type - 1) == 0) {
		explain_message(out, "%s answered as a gRPC server does, but without its status", x->shown);
		explain_cure(out, "let the proxy before it pass on trailers (nginx: grpc_pass)");
		return;
	}
	explain_message(out, "%s answered %d with %s, not as a gRPC server does", x->shown, x->status,
			*x->content_type ? x->content_type : "content of no type");
	explain_cure(out, "correct the address, or set OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf (%s)", s->endpoint);
}

void explain_grpc(struct explanation *out, const struct exchange *x, const struct situation *s)
{
	if (!x->has_grpc_status)
		explain_no_status(out, x, s);
	else if (x->grpc_code == GRPC_OK)
		explain_ok(out, x);
	else if (x->grpc_code == GRPC_UNAUTHENTICATED)
		explain_unauthenticated(out, x);
	else
		explain_code(out, x, s);
}
