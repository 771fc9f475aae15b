/* SPDX-License-Identifier: Apache-2.0
 *
 * peer.h - what speaks at a port: found by saying a few bytes of each protocol.
 */
#ifndef OTEL_TOOLS_DOCTOR_PEER_H
#define OTEL_TOOLS_DOCTOR_PEER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum peer {
	PEER_UNKNOWN, /* not looked at, or it says nothing */
	PEER_HTTP1,
	PEER_HTTP2, /* without TLS, as gRPC does */
	PEER_TLS,
	PEER_OTHER
};

/* Connects to the host twice at most, sends the beginning of HTTP/2 and of TLS, and looks at the answers. Bounded by
 * two seconds each. */
enum peer peer_find(const char *host, unsigned port);

/* What the first bytes of an answer tell. Pure. */
enum peer peer_of_answer(const uint8_t *bytes, size_t len);

/* Does a name server say that there is no such name, in place of not answering? */
bool peer_name_is_wrong(const char *host);

#endif
