/* SPDX-License-Identifier: Apache-2.0
 *
 * explain.c - exchanges without a whole answer, and the way to those that have one.
 */
#include "tools/otel-c/doctor/explain.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void explain_message(struct explanation *out, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(out->message, sizeof out->message, format, args);
	va_end(args);
}

void explain_cure(struct explanation *out, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(out->cure, sizeof out->cure, format, args);
	va_end(args);
}

static bool is_loopback(const struct exchange *x)
{
	return strncmp(x->host, "127.", 4) == 0 || strcmp(x->host, "::1") == 0 || strcmp(x->host, "localhost") == 0;
}

/* ---- what speaks at the port ---- */

static void explain_no_tls(struct explanation *out, const struct exchange *x, const struct situation *s)
{
	explain_message(out, "%s does not speak TLS", x->authority);
	explain_cure(out, "write http:// in place of https:// (%s)", s->endpoint);
}

/* false: what speaks there is no explanation. */
static bool explain_peer(struct explanation *out, const struct exchange *x, const struct situation *s)
{
	const bool is_plain = s->peer == PEER_HTTP1 || s->peer == PEER_HTTP2;

	if (x->tls && is_plain) {
		explain_no_tls(out, x, s);
	} else if (!x->tls && s->peer == PEER_HTTP2 && !x->is_grpc) {
		explain_message(out, "%s speaks HTTP/2 without HTTP/1.1, as ports for OTLP over gRPC do", x->authority);
		explain_cure(
			out,
			"send to the port for OTLP over HTTP, usually 4318, or set OTEL_EXPORTER_OTLP_PROTOCOL=grpc "
			"(%s)",
			s->endpoint);
	} else if (!x->tls && s->peer == PEER_HTTP1 && x->is_grpc) {
		explain_message(out, "%s speaks HTTP/1.1, and OTLP over gRPC needs HTTP/2", x->authority);
		explain_cure(
			out,
			"send to the port for gRPC, usually 4317, or set OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf "
			"(%s)",
			s->endpoint);
	} else if (!x->tls && s->peer == PEER_TLS) {
		explain_message(out, "%s speaks TLS, and was sent plain HTTP", x->authority);
		explain_cure(out, "write https:// in place of http:// (%s)", s->endpoint);
	} else {
		return false;
	}
	return true;
}

bool explain_wants_peer(const struct exchange *x)
{
	if (x->error == OTEL_HTTP_TLS)
		return !explain_knows_tls(x); /* perhaps it answered nothing, because it speaks none */
	return x->error == OTEL_HTTP_BROKEN || (x->error == OTEL_HTTP_TIMEOUT && strstr(x->message, "no answer")) ||
	       (x->error == OTEL_HTTP_OK && x->status == 400 && !x->tls);
}

/* ---- on the way ---- */

static void explain_refused(struct explanation *out, const struct exchange *x, const struct situation *s)
{
	explain_message(out, "%s refused the connection", x->authority);
	if (is_loopback(x))
		explain_cure(out, "start a collector or \"otel-c sink\"");
	else
		explain_cure(out, "start the collector there, or correct the address (%s)", s->endpoint);
}

static void explain_name(struct explanation *out, const struct exchange *x, const struct situation *s)
{
	if (s->name_may_exist) {
		explain_message(out, "%s does not resolve: no name server answers", x->host);
		explain_cure(out, "look at this machine's network and at /etc/resolv.conf");
		return;
	}
	explain_message(out, "%s does not resolve: there is no such name", x->host);
	explain_cure(out, "correct the host in the address (%s), or add the name to the DNS", s->endpoint);
}

static void explain_connect(struct explanation *out, const struct exchange *x, const struct situation *s)
{
	const char *cause = strstr(x->message, "no connection: ");

	cause = cause ? cause + strlen("no connection: ") : x->message;
	if (strstr(cause, "unreachable") || strstr(cause, "No route")) {
		explain_message(out, "%s is unreachable: %s", x->authority, cause);
		explain_cure(out, "look at routes and firewalls of this machine, or correct the address (%s)",
			     s->endpoint);
	} else if (strstr(cause, "not permitted") || strstr(cause, "Permission")) {
		explain_message(out, "this machine forbids connections to %s: %s", x->authority, cause);
		explain_cure(out, "allow it in the firewall or the sandbox");
	} else {
		explain_message(out, "no connection to %s: %s", x->authority, cause);
		explain_cure(out, "correct the address (%s)", s->endpoint);
	}
}

static void explain_timeout(struct explanation *out, const struct exchange *x, const struct situation *s)
{
	if (strstr(x->message, "no connection")) {
		explain_message(out, "%s did not take a connection within %u ms", x->authority, x->timeout_ms);
		explain_cure(out,
			     "a firewall on the way swallows it, or nobody has that address: allow it, or correct the "
			     "address (%s)",
			     s->endpoint);
		return;
	}
	explain_message(out, "%s took the connection, but did not answer within %u ms", x->authority, x->timeout_ms);
	explain_cure(out, "look whether it is an OTLP receiver and what keeps it, or raise OTEL_EXPORTER_OTLP_TIMEOUT");
}

static void explain_broken(struct explanation *out, const struct exchange *x, const struct situation *s)
{
	if (strstr(x->message, "does not speak HTTP/2")) {
		explain_message(out, "%s does not speak HTTP/2, which OTLP over gRPC needs", x->authority);
		explain_cure(
			out,
			"send to the port for gRPC, usually 4317, or set OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf "
			"(%s)",
			s->endpoint);
	} else if (strstr(x->message, "not HTTP") && x->tls) {
		explain_message(out, "%s speaks TLS, but no HTTP/1.1 inside it, as ports for OTLP over gRPC do",
				x->authority);
		explain_cure(out, "send to the port for OTLP over HTTP, usually 4318 (%s)", s->endpoint);
	} else if (strstr(x->message, "not HTTP")) {
		explain_message(out, "%s answered with something that is not HTTP", x->authority);
		explain_cure(out, "another service has that port: correct the address (%s)", s->endpoint);
	} else if (strstr(x->message, "cut short")) {
		explain_message(out, "the answer of %s was cut short", x->authority);
		explain_cure(out, "look into the log of the backend, or of what stands before it");
	} else if (strstr(x->message, "without an answer")) {
		explain_message(out, "%s closed the connection without an answer", x->authority);
		explain_cure(out, "look whether it is an OTLP receiver (%s), and into its log", s->endpoint);
	} else {
		explain_message(out, "%s broke the connection off: %s", x->authority, x->message);
		explain_cure(
			out, "look whether it is an OTLP receiver (%s), and into its log%s", s->endpoint,
			x->tls ? "; if it wants a certificate of ours, set OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE and "
				 "OTEL_EXPORTER_OTLP_CLIENT_KEY"
			       : "");
	}
}

static void explain_too_large(struct explanation *out, const struct exchange *x, const struct situation *s)
{
	explain_message(out, "%s answers with more than 4 MiB, as no OTLP receiver does", x->shown);
	explain_cure(out, "correct the address (%s)", s->endpoint);
}

static void explain_cancelled(struct explanation *out, const struct exchange *x, const struct situation *s)
{
	(void)s;
	explain_message(out, "%s did not answer in time", x->authority);
	explain_cure(out, "raise OTEL_BSP_EXPORT_TIMEOUT and OTEL_EXPORTER_OTLP_TIMEOUT");
}

static void explain_unavailable(struct explanation *out, const struct exchange *x, const struct situation *s)
{
	(void)x, (void)s;
	explain_message(out, "the part that talks HTTP could not be loaded");
	explain_cure(out, "install libotel-sdk1 whole, and the libcurl it needs");
}

/* Nothing was sent, for the request itself would have been wrong. */
static void explain_invalid(struct explanation *out, const struct exchange *x, const struct situation *s)
{
	if (strstr(x->message, "over plain http")) {
		explain_message(
			out, "nothing was sent to %s: credentials would have gone over plain http to another machine",
			x->authority);
		explain_cure(out, "write https:// (%s), or set OTEL_C_HTTP_ALLOW_INSECURE_CREDENTIALS=true",
			     s->endpoint);
	} else if (strstr(x->message, "no authenticator")) {
		explain_message(out, "nothing was sent to %s: %s", x->authority, x->message);
		explain_cure(out, "correct OTEL_C_EXPORTER_OTLP_AUTH, or load the plugin that has it");
	} else {
		explain_message(out, "no request to %s can be made of these settings", x->shown);
		explain_cure(out, "correct the address (%s), and look at what an authenticator adds", s->endpoint);
	}
}

static void explain_auth(struct explanation *out, const struct exchange *x, const struct situation *s)
{
	(void)s;
	explain_message(out, "nothing was sent to %s, for there are no credentials: %s", x->authority, x->message);
	explain_cure(out, "see the lines of auth");
}

/* With a proxy between, only its own troubles show. */
static void explain_proxy(struct explanation *out, const struct exchange *x, const struct situation *s)
{
	const char *suffix = strstr(x->message, " (");

	explain_message(out, "the proxy of %s does not lead to %s: %.*s", s->proxy, x->authority,
			(int)(suffix ? suffix - x->message : (long)strlen(x->message)), x->message);
	explain_cure(out, "correct %s, or put %s into no_proxy", s->proxy, x->host);
}

typedef void explainer(struct explanation *out, const struct exchange *x, const struct situation *s);

static explainer *const errors[] = {
	[OTEL_HTTP_REFUSED] = explain_refused,
	[OTEL_HTTP_NAME] = explain_name,
	[OTEL_HTTP_CONNECT] = explain_connect,
	[OTEL_HTTP_TLS] = explain_tls,
	[OTEL_HTTP_TIMEOUT] = explain_timeout,
	[OTEL_HTTP_BROKEN] = explain_broken,
	[OTEL_HTTP_TOO_LARGE] = explain_too_large,
	[OTEL_HTTP_CANCELLED] = explain_cancelled,
	[OTEL_HTTP_UNAVAILABLE] = explain_unavailable,
	[OTEL_HTTP_INVALID] = explain_invalid,
	[OTEL_HTTP_AUTH] = explain_auth,
};

static bool is_proxys_fault(const struct exchange *x)
{
	return x->error == OTEL_HTTP_REFUSED || x->error == OTEL_HTTP_NAME || x->error == OTEL_HTTP_CONNECT ||
	       (x->error == OTEL_HTTP_TIMEOUT && strstr(x->message, "no connection"));
}

static void explain_error(struct explanation *out, const struct exchange *x, const struct situation *s)
{
	const size_t error = (size_t)x->error;
	const bool is_known = error < sizeof errors / sizeof *errors && errors[error];

	if (s->proxy && is_proxys_fault(x))
		explain_proxy(out, x, s);
	else
		(is_known ? errors[error] : explain_broken)(out, x, s);
}

/* Where one protocol is tried at the port of another, that is the first thing to look at. */
static void add_port_hint(struct explanation *out, const struct exchange *x)
{
	const size_t len = strlen(out->cure);
	const bool is_lost = x->error != OTEL_HTTP_OK && x->error != OTEL_HTTP_AUTH;

	if (is_lost && !x->is_grpc && x->port == 4317)
		snprintf(out->cure + len, sizeof out->cure - len,
			 "; 4317 is the usual port for gRPC: set OTEL_EXPORTER_OTLP_PROTOCOL=grpc, or send to 4318");
	if (is_lost && x->is_grpc && x->port == 4318)
		snprintf(out->cure + len, sizeof out->cure - len,
			 "; 4318 is the usual port for OTLP over HTTP: set OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf, "
			 "or "
			 "send to 4317");
}

void explain_exchange(struct explanation *out, const struct exchange *x, const struct situation *s)
{
	*out = (struct explanation){.ok = false};
	if (explain_wants_peer(x) && !s->proxy && explain_peer(out, x, s))
		return;
	if (x->error != OTEL_HTTP_OK)
		explain_error(out, x, s);
	else if (x->is_grpc)
		explain_grpc(out, x, s);
	else if (x->status >= 200 && x->status < 300)
		explain_success(out, x);
	else
		explain_status(out, x, s);
	add_port_hint(out, x);
}
