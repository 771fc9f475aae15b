/* SPDX-License-Identifier: Apache-2.0
 *
 * delivery.h - requests through the SDK of this process, and what became of what is in them.
 */
#ifndef OTEL_TOOLS_SEND_DELIVERY_H
#define OTEL_TOOLS_SEND_DELIVERY_H

#include "tools/otel-c/send/input.h"

struct send_counts {
	uint64_t sent; /* spans, data points and log records */
	uint64_t accepted;
	uint64_t rejected;
	uint64_t retries; /* of requests */
};

enum send_outcome {
	SEND_SETTLED, /* accepted or rejected, each of its items */
	SEND_TOO_LARGE, /* for the SDK: rejected */
	SEND_LATE, /* time was up */
	SEND_NOBODY /* no exporter takes that signal */
};

/* Starts the SDK. false: it has said why. */
bool send_delivery_start(const char *distro);

/* One request, waited for. */
enum send_outcome send_deliver(struct send_counts *counts, const struct send_input *input, uint64_t timeout_ms);

/* Stops the SDK; what it gets rid of while it stops is accepted, too. */
void send_delivery_end(struct send_counts *counts);

#endif
