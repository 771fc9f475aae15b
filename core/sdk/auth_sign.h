/* SPDX-License-Identifier: Apache-2.0
 *
 * auth_sign.h - the headers of a signed request.
 */
#ifndef OTEL_SDK_AUTH_SIGN_H
#define OTEL_SDK_AUTH_SIGN_H

#include "sdk/auth.h"

struct signature {
	otel_header *headers; /* all of the request's, Host and what sign() added among them */
	size_t count;
};

/* Has the request signed. NULL: it was not, and *why is in words; otherwise the caller's to free. */
struct signature *signature_make(struct auth *auth, const otel_http_request *request, const char **why);
void signature_free(struct signature *signature);

#endif
