/* SPDX-License-Identifier: Apache-2.0
 *
 * status.c - whole answers that are no success.
 */
#include <stdio.h>
#include <string.h>

#include "otlp/answer.h"
#include "tools/otel-c/doctor/explain.h"
#include "util/str.h"

#define WORDS_MAX 160

#define ADDRESS_CURE "correct the address"
#define WAIT_CURE    "try again later; running programs do so by themselves"

/* The first that holds counts. A range, for classes of which no more is known, comes last. */
static const struct row {
	int first;
	int last;
	const char *meaning; /* after "answered NNN" */
	const char *cure;
	bool at_endpoint; /* the origin of the address follows */
} rows[] = {
	{300, 399, "a redirect, which is not followed", "write the address that it leads to", true},
	{400, 400, "it does not take this request", "look into the log of the backend", false},
	{402, 402, "it wants to be paid", "look at the account at the backend", false},
	{403, 403, "it knows us, and these credentials may not send traces",
	 "give the token the right to send traces, or use another", false},
	{405, 405, "that path takes no POST, so it is no receiver of OTLP", ADDRESS_CURE, true},
	{406, 406, "it does not answer in protobuf", ADDRESS_CURE, true},
	{407, 407, "the proxy asks for a password",
	 "write it into the URL of the proxy, http://user:password@proxy:port", false},
	{408, 408, "the request came too slowly", WAIT_CURE, false},
	{411, 411, "it misses the length that every request of ours has", "look at what stands between here and there",
	 false},
	{413, 413, "the request is too large for it",
	 "lower OTEL_BSP_MAX_EXPORT_BATCH_SIZE, or raise the limit there; OTEL_EXPORTER_OTLP_COMPRESSION=gzip helps",
	 false},
	{414, 414, "the address is too long for it", ADDRESS_CURE, true},
	{415, 415, "it does not take protobuf, or not compressed",
	 "set OTEL_EXPORTER_OTLP_COMPRESSION=none; if it stays, the address is that of no OTLP receiver", false},
	{421, 421, "that server does not serve this host", ADDRESS_CURE, true},
	{426, 426, "it wants another protocol, perhaps TLS", "write https:// in place of http://", true},
	{429, 429, "it gets more than it wants", WAIT_CURE, false},
	{431, 431, "the headers are too long for it", "shorten OTEL_EXPORTER_OTLP_HEADERS", false},
	{500, 500, "it failed", "look into the log of the backend", false},
	{501, 501, "it does not know how to do that, so it is no receiver of OTLP", ADDRESS_CURE, true},
	{502, 502, "the gateway before it got no good answer from it",
	 "look whether the backend behind the gateway runs", false},
	{503, 503, "it is overloaded or stopping", WAIT_CURE, false},
	{504, 504, "the gateway before it waited for it in vain", "look whether the backend behind the gateway runs",
	 false},
	{505, 505, "it does not take HTTP/1.1", ADDRESS_CURE, true},
	{400, 499, "it refuses the request", "look into the log of the backend", false},
	{0, 999, "it failed", "look into the log of the backend", false},
};

static bool body_holds(const struct exchange *x, const char *sign)
{
	const size_t len = x->body_len < EXCHANGE_BODY_MAX ? x->body_len : EXCHANGE_BODY_MAX;

	return memmem(x->body, len, sign, strlen(sign)) != NULL;
}

static bool ends_with(const char *text, const char *end)
{
	const size_t len = strlen(text);

	return len >= strlen(end) && strcmp(text + len - strlen(end), end) == 0;
}

/* Nothing there: the path says what was probably meant. */
static void cure_not_found(struct explanation *out, const struct exchange *x, const struct situation *s)
{
	if (ends_with(x->path, "/v1/traces/v1/traces"))
		explain_cure(out, "leave \"/v1/traces\" away, which is appended (%s)", s->endpoint);
	else if (!ends_with(x->path, "/v1/traces"))
		explain_cure(out, "that address is used as it is: most receivers want /v1/traces at its end (%s)",
			     s->endpoint);
	else if (strcmp(x->path, "/v1/traces") == 0)
		explain_cure(out, "it is no OTLP receiver, or has it at another path: write that into "
				  "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");
	else
		explain_cure(out, "/v1/traces was appended to the address: correct what stands before it (%s)",
			     s->endpoint);
}

static bool is_type(const struct exchange *x, const char *type)
{
	return strncmp(x->content_type, type, strlen(type)) == 0;
}

/* The backend's own words, in brackets: of a Status message, or of a short text; "" if there are none. */
static void read_words(char out[WORDS_MAX + 8], const struct exchange *x)
{
	const size_t len = x->body_len < EXCHANGE_BODY_MAX ? x->body_len : EXCHANGE_BODY_MAX;
	struct answer answer = {.words = x->body, .words_len = len};
	char words[WORDS_MAX];

	out[0] = '\0';
	if (is_type(x, "application/x-protobuf") ? !answer_read_failure(&answer, x->body, len)
						 : !is_type(x, "text/plain") && !is_type(x, "application/json"))
		return;
	size_t n = str_scrub_line(words, WORDS_MAX, (const char *)answer.words, answer.words_len);
	while (n && words[n - 1] == ' ')
		words[--n] = '\0';
	if (n)
		snprintf(out, WORDS_MAX + 8, " (\"%s\")", words);
}

static const struct row *find(int status)
{
	size_t i = 0;

	while (i + 1 < sizeof rows / sizeof *rows && (status < rows[i].first || status > rows[i].last))
		i++;
	return &rows[i];
}

/* 401: was there anything by which it could know us? */
static void explain_unknown(struct explanation *out, const struct exchange *x, const char *words)
{
	const bool is_ours = *x->auth || x->has_headers;

	explain_message(out, "%s answered 401, %s%s", x->shown,
			is_ours ? "it does not accept our credentials" : "it does not know who we are", words);
	if (*x->auth)
		explain_cure(out, "look at the credentials that the authenticator \"%s\" uses", x->auth);
	else if (x->has_headers)
		explain_cure(out,
			     "correct the token in OTEL_EXPORTER_OTLP_HEADERS or that of the distro: it is wrong, has "
			     "expired, or is for another place");
	else
		explain_cure(out, "put the backend's token into OTEL_EXPORTER_OTLP_HEADERS, choose an authenticator in "
				  "OTEL_C_EXPORTER_OTLP_AUTH, or let the distro do so (--distro)");
}

static void cure_of_row(struct explanation *out, const struct row *row, const struct exchange *x,
			const struct situation *s)
{
	if (row->at_endpoint)
		explain_cure(out, "%s (%s)", row->cure, s->endpoint);
	else if (x->status == 429 && *x->retry_after)
		explain_cure(out, "%s; it asks to wait: Retry-After %s", row->cure, x->retry_after);
	else
		explain_cure(out, "%s", row->cure);
}

/* nginx lets the handshake succeed, and says it here. */
static bool explain_certificate(struct explanation *out, const struct exchange *x)
{
	const bool has_none = body_holds(x, "No required SSL certificate");

	if (!x->tls || x->status != 400 || !body_holds(x, "SSL certificate"))
		return false;
	explain_message(out, "%s answered 400, it %s", x->shown,
			has_none ? "asks for a certificate of ours" : "does not accept our certificate");
	explain_cure(out, "%s OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE and OTEL_EXPORTER_OTLP_CLIENT_KEY",
		     has_none ? "set" : "correct");
	return true;
}

void explain_status(struct explanation *out, const struct exchange *x, const struct situation *s)
{
	const struct row *row = find(x->status);
	const bool is_not_found = x->status == 404 || x->status == 410;
	char words[WORDS_MAX + 8];

	if (explain_certificate(out, x))
		return;
	read_words(words, x);
	if (x->status == 401) {
		explain_unknown(out, x, words);
		return;
	}
	explain_message(out, "%s answered %d, %s%s", x->shown, x->status,
			is_not_found ? "there is nothing at that path" : row->meaning, words);
	if (is_not_found)
		cure_not_found(out, x, s);
	else
		cure_of_row(out, row, x, s);
	if (s->proxy && (x->status == 407 || x->status >= 500))
		explain_cure(out, "the answer may be that of the proxy (%s): correct it, or put %s into no_proxy",
			     s->proxy, x->host);
}
