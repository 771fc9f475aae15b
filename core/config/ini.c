/* SPDX-License-Identifier: Apache-2.0
 *
 * ini.c - INI text as raw entries, by inih behind our own line reader.
 *
 * inih has a line buffer, trims, cuts names and comments, takes indented lines as continuations, and keeps its
 * switches in variables that the host may have turned. So it is given lines it can only read one way: names checked
 * by line.c, values with every doubtful byte as %XX, cut into continuation pieces that fit its buffer. The pieces are
 * joined again here, and what came out is compared with what went in.
 */
#include "config/config.h"

#include <ini.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config/line.h"
#include "config/store.h"

struct pair {
	char section[CONFIG_MAX_NAME + 1];
	char key[CONFIG_MAX_NAME + 1];
	unsigned line;
	char *value;
	struct pair *next;
};

struct parse {
	struct line_source source;
	char section[CONFIG_MAX_NAME + 1]; /* that inih was told last, "" before the first */
	char key[CONFIG_MAX_NAME + 1]; /* being read, "" if none */
	unsigned line;
	struct buf sent; /* the value as inih gets it */
	size_t sent_len; /* of it, so far */
	struct buf received; /* the value as inih gave it back */
	struct pair *pairs;
	struct pair **last;
	unsigned count;
	char error[256];
	unsigned error_line;
};

__attribute__((format(printf, 3, 4))) static bool fail_(struct parse *parse, unsigned line, const char *format, ...)
{
	va_list args;

	if (parse->error[0])
		return false;
	parse->error_line = line;
	va_start(args, format);
	vsnprintf(parse->error, sizeof(parse->error), format, args);
	va_end(args);
	return false;
}

static void copy_name_(char *out, struct view name)
{
	memcpy(out, name.ptr, name.len);
	out[name.len] = 0;
}

/* ---- values on their way through inih ---- */

static bool is_plain_(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
	       c == '.' || c == '/';
}

static void encode_(struct buf *out, struct view value)
{
	for (size_t i = 0; i < value.len; i++) {
		if (is_plain_(value.ptr[i]))
			buf_append_char(out, value.ptr[i]);
		else
			buf_printf(out, "%%%02X", (uint8_t)value.ptr[i]);
	}
}

/* ---- what was read ---- */

static const struct pair *find_pair_(const struct parse *parse, const char *section, const char *key)
{
	for (const struct pair *pair = parse->pairs; pair; pair = pair->next) {
		if (!strcmp(pair->key, key) && !strcmp(pair->section, section))
			return pair;
	}
	return NULL;
}

static bool keep_pair_(struct parse *parse)
{
	struct pair *pair = calloc(1, sizeof(*pair));

	if (!pair)
		return fail_(parse, parse->line, "out of memory");
	memcpy(pair->section, parse->section, sizeof(pair->section));
	memcpy(pair->key, parse->key, sizeof(pair->key));
	pair->line = parse->line;
	pair->value = str_percent_decode((struct view){buf_str(&parse->received), parse->received.len});
	*parse->last = pair;
	parse->last = &pair->next;
	if (!pair->value)
		return fail_(parse, parse->line, "out of memory");
	return true;
}

/* Closes the pair inih has seen whole by now. */
static bool finish_pair_(struct parse *parse)
{
	if (!parse->key[0])
		return true;
	if (parse->received.len != parse->sent.len ||
	    memcmp(buf_str(&parse->received), buf_str(&parse->sent), parse->sent.len) != 0)
		return fail_(parse, parse->line,
			     "libinih does not read as it should; did the program change its ini_ variables?");
	if (!keep_pair_(parse))
		return false;
	parse->key[0] = 0;
	return true;
}

static bool begin_pair_(struct parse *parse, const struct line *line)
{
	const struct pair *before;

	if (!parse->section[0])
		return fail_(parse, line->number, "a key before the first [section]");
	copy_name_(parse->key, line->key);
	parse->line = line->number;
	before = find_pair_(parse, parse->section, parse->key);
	if (before)
		return fail_(parse, line->number, "[%s] %s is set twice: first in line %u", parse->section, parse->key,
			     before->line);
	if (++parse->count > CONFIG_MAX_KEYS)
		return fail_(parse, line->number, "more than %u keys", CONFIG_MAX_KEYS);
	buf_clear(&parse->sent);
	buf_clear(&parse->received);
	encode_(&parse->sent, line->value);
	parse->sent_len = 0;
	if (parse->sent.failed)
		return fail_(parse, line->number, "out of memory");
	return true;
}

/* ---- both sides of inih ---- */

/* Puts prefix and as much of the value as fits into inih's line. */
static char *send_(struct parse *parse, char *out, size_t size, const char *prefix, const char *between)
{
	size_t len = strlen(prefix) + strlen(between);
	size_t rest = parse->sent.len - parse->sent_len;
	size_t room = size > len + 2 ? size - len - 2 : 0;

	/* A piece of one byte at a time would do; no room at all is a buffer somebody has made too small. */
	if (!room) {
		fail_(parse, parse->line, "libinih takes lines of %zu bytes only; did the program change ini_max_line?",
		      size);
		return NULL;
	}
	if (rest > room)
		rest = room;
	snprintf(out, size, "%s%s%.*s\n", prefix, between, (int)rest, buf_str(&parse->sent) + parse->sent_len);
	parse->sent_len += rest;
	return out;
}

/* inih's reader: gives one line, NULL at the end or at an error. */
static char *read_(char *out, int size, void *arg)
{
	struct parse *parse = arg;
	struct line line;

	if (parse->key[0] && parse->sent_len < parse->sent.len)
		return send_(parse, out, (size_t)size, " ", "");
	if (!finish_pair_(parse))
		return NULL;
	if (!line_next(&parse->source, &line)) {
		if (parse->source.error[0])
			fail_(parse, parse->source.number, "%s", parse->source.error);
		return NULL;
	}
	if (line.key.ptr)
		return begin_pair_(parse, &line) ? send_(parse, out, (size_t)size, parse->key, "=") : NULL;
	copy_name_(parse->section, line.section);
	if ((size_t)size < line.section.len + 4) {
		fail_(parse, line.number, "libinih takes lines of %d bytes only; did the program change ini_max_line?",
		      size);
		return NULL;
	}
	snprintf(out, (size_t)size, "[%s]\n", parse->section);
	return out;
}

/* inih's handler: called for a pair's first line and for each continuation of it, right after read_() gave the line. */
static int handle_(void *arg, const char *section, const char *key, const char *value)
{
	struct parse *parse = arg;

	if (!value || strcmp(section, parse->section) != 0 || strcmp(key, parse->key) != 0)
		return 0;
	return buf_append_str(&parse->received, value);
}

/* ---- the whole text ---- */

static void parse_(struct parse *parse, const char *text, size_t len)
{
	int failed;

	*parse = (struct parse){.last = &parse->pairs};
	/* Every byte may become three. */
	buf_init(&parse->sent, 3 * CONFIG_MAX_VALUE);
	buf_init(&parse->received, 3 * CONFIG_MAX_VALUE);
	line_open(&parse->source, text, len);
	failed = ini_parse_stream(read_, parse, handle_, parse);
	finish_pair_(parse);
	if (failed)
		fail_(parse, parse->line, failed == -2 ? "out of memory" : "libinih does not read as it should");
}

static void parse_end_(struct parse *parse)
{
	for (struct pair *pair = parse->pairs, *next; pair; pair = next) {
		next = pair->next;
		free(pair->value);
		free(pair);
	}
	line_close(&parse->source);
	buf_fini(&parse->sent);
	buf_fini(&parse->received);
}

/* What other formats would take for something else, and this one does not. */
static void report_habits_(struct config *config, const struct pair *pair, const char *origin)
{
	size_t len = strlen(pair->value);
	char first = *pair->value;

	if (len > 1 && (first == '"' || first == '\'') && pair->value[len - 1] == first)
		config_complain(config, DIAG_WARN, "%s: [%s] %s: the quotes are part of the value; leave them out",
				origin, pair->section, pair->key);
	if (strstr(pair->value, " #") || strstr(pair->value, "\t#"))
		config_complain(config, DIAG_WARN,
				"%s: [%s] %s: the text from \"#\" on is part of the value; a comment behind a value "
				"begins with \" ;\"",
				origin, pair->section, pair->key);
}

static otel_status add_pair_(struct config *config, enum config_layer layer, const char *name, const struct pair *pair)
{
	struct entry *entry;
	struct buf origin;

	buf_init(&origin, 8192);
	buf_printf(&origin, "%s:%u", name, pair->line);
	report_habits_(config, pair, buf_str(&origin));
	entry = config_add_entry(config, layer, pair->section, pair->key, view_of(pair->value), buf_str(&origin));
	if (entry)
		entry->is_pending = strchr(pair->value, '$') || *pair->value == '@';
	buf_fini(&origin);
	return entry ? OTEL_OK : OTEL_NO_MEMORY;
}

static void check_variables_(struct parse *parse)
{
	for (const struct pair *pair = parse->pairs; pair && !parse->error[0]; pair = pair->next) {
		const char *why = "";
		struct buf out;
		buf_init(&out, CONFIG_MAX_VALUE);
		if (!config_expand(view_of(pair->value), NULL, &out, &why))
			fail_(parse, pair->line, "[%s] %s has %s", pair->section, pair->key, why);
		buf_fini(&out);
	}
}

otel_status config_read_text(struct config *config, enum config_layer layer, const char *name, const char *text,
			     size_t len)
{
	otel_status status = OTEL_OK;
	struct parse parse;

	parse_(&parse, text, len);
	check_variables_(&parse);
	if (parse.error[0]) {
		config_complain(config, DIAG_ERROR, "%s:%u: %s; the file is ignored", name, parse.error_line,
				parse.error);
		status = OTEL_INVALID;
		goto out;
	}
	for (const struct pair *pair = parse.pairs; pair && !status; pair = pair->next)
		status = add_pair_(config, layer, name, pair);
	if (config->is_env_known)
		config_expand_pending(config);
out:
	parse_end_(&parse);
	return status;
}
