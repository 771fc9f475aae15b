/* SPDX-License-Identifier: Apache-2.0
 *
 * tls.c - failed handshakes: known from the words of libcurl and OpenSSL, which have no numbers for them.
 */
#include <string.h>

#include "tools/otel-c/doctor/explain.h"

/* The first row counts whose sign the words hold, in either case of letters. */
struct row {
	const char *sign;
	const char *fault; /* after "HOST:PORT" */
	const char *cure;
	bool at_endpoint; /* the cure is to be applied where the address was set */
};

static const struct row rows[] = {
	{"certificate has expired", "shows a certificate that has expired",
	 "renew it there, or set the clock of this machine", false},
	{"not yet valid", "shows a certificate that is not valid yet",
	 "set the clock of this machine, or that of who made it", false},
	{"no alternative certificate subject name", "shows a certificate for another host",
	 "write the host as the certificate names it", true},
	{"does not match target host", "shows a certificate for another host",
	 "write the host as the certificate names it", true},
	{"self-signed certificate", "shows a certificate that nobody known here has signed",
	 "name the file of its CA in OTEL_EXPORTER_OTLP_CERTIFICATE", false},
	{"unable to get local issuer", "shows a certificate that nobody known here has signed",
	 "name the file of its CA in OTEL_EXPORTER_OTLP_CERTIFICATE", false},
	{"unable to get issuer", "shows a certificate that nobody known here has signed",
	 "name the file of its CA in OTEL_EXPORTER_OTLP_CERTIFICATE", false},
	{"certificate revoked", "shows a certificate that was revoked", "replace it there", false},
	{"CA md too weak", "shows a certificate whose signature is too weak", "replace it there", false},
	{"key too small", "shows a certificate whose key is too short", "replace it there", false},
	{"wrong version number", "does not speak TLS", "write http:// in place of https://", true},
	{"packet length too long", "does not speak TLS", "write http:// in place of https://", true},
	{"http request", "does not speak TLS", "write http:// in place of https://", true},
	{"legacy sigalg", "speaks only versions of TLS that are too old", "let it speak TLS 1.2 or newer", false},
	{"unsupported protocol", "speaks only versions of TLS that are too old", "let it speak TLS 1.2 or newer",
	 false},
	{"alert protocol version", "speaks only versions of TLS that are too old or too new",
	 "let it speak TLS 1.2 or 1.3", false},
	{"no application protocol", "speaks no HTTP/1.1 inside TLS, as ports for OTLP over gRPC do",
	 "send to the port for OTLP over HTTP, usually 4318, or set OTEL_EXPORTER_OTLP_PROTOCOL=grpc", true},
	{"certificate required", "asks for a certificate of ours",
	 "set OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE and OTEL_EXPORTER_OTLP_CLIENT_KEY", false},
	{"bad certificate", "does not accept our certificate",
	 "correct OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE and OTEL_EXPORTER_OTLP_CLIENT_KEY", false},
	{"alert unknown ca", "does not know who signed our certificate",
	 "let it trust the CA of OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE", false},
	{"handshake failure", "has no cipher or certificate in common with us",
	 "let it speak TLS 1.2 or newer with common ciphers; if it wants a certificate of ours, set "
	 "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE and OTEL_EXPORTER_OTLP_CLIENT_KEY",
	 false},
	{"unrecognized name", "has no certificate for this host", "correct the host in the address", true},
};

/* Faults of files on this side: no word of the server's. */
static const struct row own_rows[] = {
	{"error setting certificate", "the CA file cannot be read or holds no certificate",
	 "correct OTEL_EXPORTER_OTLP_CERTIFICATE", false},
	{"unable to set private key", "the client's key cannot be used, or does not belong to its certificate",
	 "correct OTEL_EXPORTER_OTLP_CLIENT_KEY", false},
	{"private key does not match", "the client's key does not belong to its certificate",
	 "correct OTEL_EXPORTER_OTLP_CLIENT_KEY", false},
	{"could not load PEM client certificate", "the client's certificate cannot be read",
	 "correct OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE", false},
};

static const struct row *find(const struct row *table, size_t count, const struct exchange *x)
{
	for (size_t i = 0; i < count; i++)
		if (strcasestr(x->message, table[i].sign))
			return &table[i];
	return NULL;
}

static const struct row *find_own(const struct exchange *x)
{
	return find(own_rows, sizeof own_rows / sizeof *own_rows, x);
}

static const struct row *find_theirs(const struct exchange *x)
{
	return find(rows, sizeof rows / sizeof *rows, x);
}

bool explain_knows_tls(const struct exchange *x)
{
	return find_own(x) || find_theirs(x);
}

void explain_tls(struct explanation *out, const struct exchange *x, const struct situation *s)
{
	const struct row *own = find_own(x);
	const struct row *row = own ? own : find_theirs(x);

	if (!row) {
		explain_message(out, "the TLS handshake with %s failed: %s", x->authority, x->message);
		explain_cure(out, "compare: openssl s_client -connect %s", x->authority);
		return;
	}
	if (own)
		explain_message(out, "%s", row->fault);
	else
		explain_message(out, "%s %s", x->authority, row->fault);
	if (row->at_endpoint)
		explain_cure(out, "%s (%s)", row->cure, s->endpoint);
	else
		explain_cure(out, "%s", row->cure);
}
