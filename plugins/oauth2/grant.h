/* SPDX-License-Identifier: Apache-2.0
 *
 * grant.h - the request for a token: client credentials (RFC 6749, 4.4.2). Pure.
 */
#ifndef PLUGINS_OAUTH2_GRANT_H
#define PLUGINS_OAUTH2_GRANT_H

#include "util/buf.h"

/* How the client shows who it is (RFC 6749, 2.3.1; RFC 8705, 2.1). */
enum client_auth {
	CLIENT_SECRET_BASIC, /* in the header Authorization */
	CLIENT_SECRET_POST, /* in the body */
	CLIENT_TLS /* by its certificate; there is no secret */
};

struct grant {
	struct buf body; /* application/x-www-form-urlencoded */
	struct buf authorization; /* value of the header; empty: there is none */
};

/* The part that is the same each time: grant_type, scope and audience (NULL: left out), and what follows from
 * parameters. */
bool grant_begin(struct buf *out, const char *scope, const char *audience);

/* Adds the elements of a list "name=value,name2=value2", percent-encoded as lists of headers are. NULL, or what is
 * wrong with one, a static sentence; *position is its number. */
const char *grant_add_parameters(struct buf *out, const char *list, size_t *position);

/* fixed: from the two above. False: out of memory; to be ended all the same. */
bool grant_make(struct grant *grant, enum client_auth how, const char *fixed, const char *id, const char *secret);
void grant_fini(struct grant *grant);

#endif
