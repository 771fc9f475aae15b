/* SPDX-License-Identifier: Apache-2.0
 *
 * token_reply.h - what a token server answers (RFC 6749, 5.1 and 5.2). Pure.
 */
#ifndef PLUGINS_OAUTH2_TOKEN_REPLY_H
#define PLUGINS_OAUTH2_TOKEN_REPLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TOKEN_WORDS 4096u

struct token_reply {
	char *authorization; /* "Bearer " and the token: the header's value; malloc'ed, the caller frees */
	uint64_t expires_s; /* seconds that it holds; 0: that was not said */
};

/* NULL: read. Otherwise what is wrong, a static sentence. */
const char *token_reply_read(struct token_reply *reply, const char *text, size_t len);

/* The server's own words, "invalid_client: …", on one line, valid UTF-8, cut; false: it did not say any. */
bool token_reply_error(char words[TOKEN_WORDS], const char *text, size_t len);

#endif
