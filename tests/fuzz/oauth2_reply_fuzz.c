/* SPDX-License-Identifier: Apache-2.0
 *
 * oauth2_reply_fuzz.c - what an authorization server answers: a token that may stand in a header, or words of one line.
 */
#include <stdlib.h>
#include <string.h>

#include "plugins/oauth2/token_reply.h"
#include "util/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool is_visible(const char *token)
{
	const char *p = token;

	while (*p > ' ' && *p <= '~')
		p++;
	return p > token && !*p;
}

static void read_token(const char *text, size_t size)
{
	struct token_reply reply;

	if (token_reply_read(&reply, text, size)) {
		if (reply.authorization)
			abort();
		return;
	}
	if (strncmp(reply.authorization, "Bearer ", 7) != 0 || !is_visible(reply.authorization + 7))
		abort();
	free(reply.authorization);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char words[TOKEN_WORDS];
	char *text = malloc(size ? size : 1);

	if (!text)
		return 0;
	if (size)
		memcpy(text, data, size);
	read_token(text, size);
	if (token_reply_error(words, text, size) != (*words != '\0') || !str_is_utf8(words, strlen(words)))
		abort();
	for (const char *p = words; *p; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7f)
			abort();
	free(text);
	return 0;
}
