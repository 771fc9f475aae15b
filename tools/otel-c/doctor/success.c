/* SPDX-License-Identifier: Apache-2.0
 *
 * success.c - an answer of 2xx: is it one of an OTLP receiver, and did that take the span?
 */
#include <inttypes.h>
#include <string.h>

#include "otlp/answer.h"
#include "tools/otel-c/doctor/explain.h"
#include "util/str.h"

#define WORDS_MAX 200

static bool is_type(const struct exchange *x, const char *type)
{
	const size_t len = strcspn(x->content_type, " ;");

	return view_equals_nocase((struct view){x->content_type, len}, type);
}

static void took(struct explanation *out, const struct exchange *x, const char *remark)
{
	out->ok = true;
	explain_message(out, "%s took the span (%d%s)", x->shown, x->status, remark);
}

static void explain_partial(struct explanation *out, const struct exchange *x, const struct answer *answer)
{
	char words[WORDS_MAX];

	str_scrub_line(words, WORDS_MAX, (const char *)answer->words, answer->words_len);
	if (answer->rejected > 0) {
		explain_message(out, "%s answered %d, but refused the span%s%s", x->shown, x->status,
				*words ? ": " : "", words);
		explain_cure(out, "do what it says, or look into its log for the reason");
		return;
	}
	took(out, x, "");
	if (*words)
		explain_message(out, "%s took the span (%d), and warns: %s", x->shown, x->status, words);
}

static void explain_protobuf(struct explanation *out, const struct exchange *x)
{
	struct answer answer = {0};

	if (x->body_len > EXCHANGE_BODY_MAX || answer_read_success(&answer, x->body, x->body_len)) {
		explain_partial(out, x, &answer);
		return;
	}
	explain_message(out, "%s answered %d, but what it calls protobuf is malformed", x->shown, x->status);
	explain_cure(out, "look whether it is an OTLP receiver: the span may be lost");
}

void explain_success(struct explanation *out, const struct exchange *x)
{
	if (is_type(x, "application/x-protobuf")) {
		explain_protobuf(out, x);
	} else if (!x->body_len) {
		took(out, x, "");
	} else if (is_type(x, "application/json")) {
		took(out, x, ", answered in JSON");
	} else if (is_type(x, "text/html")) {
		explain_message(out, "%s answered %d with a web page: nobody took the span", x->shown, x->status);
		explain_cure(out, "correct the address: that one belongs to a user interface or to a log-in page");
	} else {
		explain_message(out, "%s answered %d with %s, not as an OTLP receiver does", x->shown, x->status,
				*x->content_type ? x->content_type : "content of no type");
		explain_cure(out, "look whether the address is that of an OTLP receiver: the span may be lost");
	}
}
