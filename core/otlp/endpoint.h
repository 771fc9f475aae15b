/* SPDX-License-Identifier: Apache-2.0
 *
 * endpoint.h - where requests go: the URL rules of specification/protocol/exporter.md. Pure.
 */
#ifndef OTEL_OTLP_ENDPOINT_H
#define OTEL_OTLP_ENDPOINT_H

#include <stdbool.h>

struct endpoint {
	char *url; /* what requests are sent to */
	char *shown; /* for messages: without user, password, query and fragment */
	unsigned port;
	bool tls;
	bool is_bare; /* it was written without a scheme */
	bool keeps_secrets; /* https, or plain http to this machine */
};

/* The URL of one signal, used exactly as given; without any path it gets "/". false: *why is a static sentence. */
bool endpoint_of_signal(struct endpoint *endpoint, const char *url, const char **why);

/* The base URL of all signals: `path` ("v1/traces") is appended to its path. */
bool endpoint_of_base(struct endpoint *endpoint, const char *url, const char *path, const char **why);

/* A gRPC server: a URL, whose path does not count, or "host:port", which is_insecure keeps from TLS. `path` is that of
 * the method. */
bool endpoint_of_grpc(struct endpoint *endpoint, const char *text, const char *path, bool is_insecure,
		      const char **why);

void endpoint_fini(struct endpoint *endpoint);

/* Text that was meant as a URL, for a message: what stands before an '@' or after a '?' may be a secret. Terminated,
 * cut to cap - 1 bytes, control characters replaced. */
void endpoint_show(char *out, unsigned long cap, const char *url);

#endif
