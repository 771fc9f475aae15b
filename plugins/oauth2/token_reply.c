/* SPDX-License-Identifier: Apache-2.0
 *
 * token_reply.c - see the header.
 */
#include "plugins/oauth2/token_reply.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "util/json_depth.h"
#include "util/str.h"

#define MAX_DEPTH   16 /* jansson recurses, and the pipeline's stack is small */
#define MAX_TOKEN   ((size_t)32 << 10)
#define MAX_SECONDS UINT64_C(1000000000)

static const char scheme[] = "Bearer ";

static json_t *parse(const char *text, size_t len)
{
	return json_is_deeper(text, len, MAX_DEPTH) ? NULL : json_loadb(text, len, JSON_ALLOW_NUL, NULL);
}

/* A token is put into a header: visible characters alone. */
static bool is_token(struct view token)
{
	for (size_t i = 0; i < token.len; i++)
		if (token.ptr[i] <= ' ' || token.ptr[i] > '~')
			return false;
	return token.len && token.len <= MAX_TOKEN;
}

static struct view string_in(const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);

	return (struct view){json_string_value(value), json_string_length(value)};
}

/* A number; some servers write it as text. Anything else says nothing: a token that has come to its end is refused by
 * the backend, and then there is another. */
static uint64_t read_seconds(const json_t *object)
{
	const json_t *value = json_object_get(object, "expires_in");
	uint64_t seconds = 0;

	if (json_is_string(value))
		str_to_u64(string_in(object, "expires_in"), 0, MAX_SECONDS, &seconds);
	const double number = json_number_value(value);
	if (number >= 1)
		seconds = number < (double)MAX_SECONDS ? (uint64_t)number : MAX_SECONDS;
	return seconds;
}

static const char *read_token(struct token_reply *reply, const json_t *root)
{
	const struct view token = string_in(root, "access_token");

	if (!token.ptr)
		return "it holds no access_token";
	if (!is_token(token))
		return "its access_token is empty, longer than 32 KiB, or not printable ASCII";
	if (!view_equals_nocase(string_in(root, "token_type"), "Bearer"))
		return "its token_type is not Bearer";
	reply->authorization = malloc(sizeof scheme + token.len);
	if (!reply->authorization)
		return "out of memory";
	memcpy(mempcpy(reply->authorization, scheme, sizeof scheme - 1), token.ptr, token.len);
	reply->authorization[sizeof scheme - 1 + token.len] = '\0';
	reply->expires_s = read_seconds(root);
	return NULL;
}

const char *token_reply_read(struct token_reply *reply, const char *text, size_t len)
{
	json_t *root = parse(text, len);
	const char *wrong;

	*reply = (struct token_reply){NULL, 0};
	wrong = json_is_object(root) ? read_token(reply, root) : "it is no JSON object";
	json_decref(root);
	return wrong;
}

static size_t add_words(char *out, size_t cap, struct view text)
{
	return text.len ? str_scrub_line(out, cap, text.ptr, text.len) : 0;
}

bool token_reply_error(char words[TOKEN_WORDS], const char *text, size_t len)
{
	json_t *root = parse(text, len);
	size_t n = add_words(words, TOKEN_WORDS, string_in(root, "error"));
	const struct view description = string_in(root, "error_description");

	if (n && n + 3 < TOKEN_WORDS && description.len) {
		memcpy(words + n, ": ", 3);
		n += 2;
		n += add_words(words + n, TOKEN_WORDS - n, description);
	}
	words[n] = '\0';
	json_decref(root);
	return n > 0;
}
