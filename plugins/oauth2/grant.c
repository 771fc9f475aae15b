/* SPDX-License-Identifier: Apache-2.0
 *
 * grant.c - see the header. What has a meaning of its own in a form is percent-encoded, and what has none stays as it
 * is: so servers that forget to decode the two halves of Basic read most ids and secrets rightly too.
 */
#include "plugins/oauth2/grant.h"

#include <stdlib.h>
#include <string.h>

#include "util/str.h"

#define GRANT_MAX ((size_t)64 << 10)

/* ---- the body ---- */

static void add_field(struct buf *out, const char *name, const char *value)
{
	if (out->len)
		buf_append_char(out, '&');
	buf_append_percent(out, name);
	buf_append_char(out, '=');
	buf_append_percent(out, value);
}

bool grant_begin(struct buf *out, const char *scope, const char *audience)
{
	buf_init(out, GRANT_MAX);
	add_field(out, "grant_type", "client_credentials");
	if (scope)
		add_field(out, "scope", scope);
	if (audience)
		add_field(out, "audience", audience);
	return !out->failed;
}

static bool is_taken(const char *name)
{
	static const char *const taken[] = {"grant_type", "client_id", "client_secret", "scope", "audience"};

	for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
		if (!strcmp(name, taken[i]))
			return true;
	return false;
}

static const char *add_parameter(struct buf *out, struct view element)
{
	struct view rest = element, key;
	const char *wrong = NULL;

	view_split(&rest, '=', &key);
	key = view_trim(key);
	if (!rest.ptr || !key.len)
		return "it is not name=value";
	char *name = str_percent_decode(key);
	char *value = str_percent_decode(view_trim(rest));
	if (!name || !value)
		wrong = "it is not valid percent-encoding";
	else if (is_taken(name))
		wrong = "that parameter follows from other settings";
	else
		add_field(out, name, value);
	free(name);
	free(value);
	return wrong ? wrong : out->failed ? "all together are more than 64 KiB" : NULL;
}

const char *grant_add_parameters(struct buf *out, const char *list, size_t *position)
{
	struct view rest = view_of(list), element;
	const char *wrong = NULL;

	for (*position = 1; !wrong && view_split(&rest, ',', &element); *position += !wrong) {
		element = view_trim(element);
		if (element.len)
			wrong = add_parameter(out, element);
	}
	return wrong;
}

/* ---- the header ---- */

static bool make_basic(struct buf *out, const char *id, const char *secret)
{
	struct buf pair;

	buf_init(&pair, GRANT_MAX);
	buf_append_percent(&pair, id);
	buf_append_char(&pair, ':');
	buf_append_percent(&pair, secret);
	buf_append_str(out, "Basic ");
	buf_append_base64(out, pair.data, pair.len);
	const bool done = !pair.failed && !out->failed;
	buf_fini(&pair);
	return done;
}

/* ---- both ---- */

bool grant_make(struct grant *grant, enum client_auth how, const char *fixed, const char *id, const char *secret)
{
	buf_init(&grant->body, 2 * GRANT_MAX);
	buf_init(&grant->authorization, 2 * GRANT_MAX);
	buf_append_str(&grant->body, fixed);
	if (how == CLIENT_SECRET_BASIC)
		return make_basic(&grant->authorization, id, secret) && !grant->body.failed;
	add_field(&grant->body, "client_id", id);
	if (how == CLIENT_SECRET_POST)
		add_field(&grant->body, "client_secret", secret);
	return !grant->body.failed;
}

void grant_fini(struct grant *grant)
{
	buf_fini(&grant->body);
	buf_fini(&grant->authorization);
}
