/* SPDX-License-Identifier: Apache-2.0
 *
 * explain.h - what became of the span, in words: how the exchange went, and what to do about it. Pure.
 */
#ifndef OTEL_TOOLS_DOCTOR_EXPLAIN_H
#define OTEL_TOOLS_DOCTOR_EXPLAIN_H

#include "tools/otel-c/doctor/exchange.h"
#include "tools/otel-c/doctor/peer.h"

/* What is known beside the exchange. */
struct situation {
	const char *endpoint; /* the setting that gave the address, or "the default": where it is to be corrected */
	const char *proxy; /* the variable that names a proxy for this URL; NULL = none */
	enum peer peer; /* what speaks at the port, if that was looked at */
	bool name_may_exist; /* the name service did not answer, in place of saying that there is no such name */
};

struct explanation {
	bool ok;
	char message[1000];
	char cure[700]; /* "" if ok */
};

void explain_exchange(struct explanation *out, const struct exchange *exchange, const struct situation *situation);

/* Is it worth a look at what speaks at the port? */
bool explain_wants_peer(const struct exchange *exchange);

/* The parts: a whole answer with a status of 2xx, one with another, and a failed handshake. */
void explain_success(struct explanation *out, const struct exchange *exchange);
void explain_status(struct explanation *out, const struct exchange *exchange, const struct situation *situation);
void explain_tls(struct explanation *out, const struct exchange *exchange, const struct situation *situation);

/* Any whole answer over gRPC. */
void explain_grpc(struct explanation *out, const struct exchange *exchange, const struct situation *situation);

/* Do the words of a failed handshake tell its cause? */
bool explain_knows_tls(const struct exchange *exchange);

/* For those. */
void explain_message(struct explanation *out, const char *format, ...) __attribute__((format(printf, 2, 3)));
void explain_cure(struct explanation *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
