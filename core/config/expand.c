/* SPDX-License-Identifier: Apache-2.0
 *
 * expand.c - ${VARIABLE} in values of INI files.
 */
#include "config/store.h"

#include <string.h>

static bool is_name_(struct view v)
{
	for (size_t i = 0; i < v.len; i++) {
		char c = v.ptr[i];
		bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
		if (!letter && !(i && c >= '0' && c <= '9'))
			return false;
	}
	return v.len > 0;
}

/* The value of a variable that is not terminated by name; empty counts as unset. */
static const char *lookup_(const struct otel_boot *boot, struct view name)
{
	for (const char *const *env = boot ? boot->env : NULL; env && *env; env++) {
		if (!strncmp(*env, name.ptr, name.len) && (*env)[name.len] == '=')
			return (*env)[name.len + 1] ? *env + name.len + 1 : NULL;
	}
	return NULL;
}

/* What stands between ${ and }. */
static bool expand_one_(struct view inside, const struct otel_boot *boot, struct buf *out)
{
	struct view fallback = {NULL, 0};
	const char *colon;
	const char *value;

	if (inside.len > 4 && !memcmp(inside.ptr, "env:", 4))
		inside = (struct view){inside.ptr + 4, inside.len - 4};
	colon = inside.len ? memchr(inside.ptr, ':', inside.len) : NULL;
	if (colon) {
		size_t len = inside.len - (size_t)(colon - inside.ptr);
		if (len < 2 || colon[1] != '-')
			return false;
		fallback = (struct view){colon + 2, len - 2};
		inside.len = (size_t)(colon - inside.ptr);
	}
	if (!is_name_(inside))
		return false;
	value = lookup_(boot, inside);
	if (value)
		fallback = view_of(value);
	buf_append(out, fallback.ptr, fallback.len);
	return true;
}

bool config_expand(struct view text, const struct otel_boot *boot, struct buf *out, const char **why)
{
	for (size_t i = 0; i < text.len; i++) {
		char next = i + 1 < text.len ? text.ptr[i + 1] : 0;
		const char *close;
		if (text.ptr[i] != '$' || (next != '$' && next != '{')) {
			buf_append_char(out, text.ptr[i]);
			continue;
		}
		if (next == '$') {
			buf_append_char(out, '$');
			i++;
			continue;
		}
		close = memchr(text.ptr + i, '}', text.len - i);
		*why = "a \"${\" that is not ${NAME} or ${NAME:-default}; a plain $ is written $$";
		if (!close ||
		    !expand_one_((struct view){text.ptr + i + 2, (size_t)(close - text.ptr) - i - 2}, boot, out))
			return false;
		i = (size_t)(close - text.ptr);
	}
	*why = "longer than 65536 bytes with its variables filled in";
	return !out->failed;
}

/* Out gets the content of the file that text names, variables and all. */
static bool read_file_(struct config *config, const struct entry *entry, struct buf *out)
{
	const char *why = NULL;
	struct buf path;
	bool ok;

	buf_init(&path, CONFIG_MAX_VALUE);
	ok = config_expand(view_of(entry->text + 1), config->boot, &path, &why) &&
	     config_read_value_file(buf_str(&path), out, &why);
	if (!ok)
		config_complain(config, DIAG_WARN, "%s: [%s] %s: %.200s: %s; the key is ignored", entry->origin,
				entry->section, entry->key, buf_str(&path), why);
	buf_fini(&path);
	return ok;
}

static bool fill_in_(struct config *config, const struct entry *entry, struct buf *out)
{
	/* "@@/x" is the text "@/x". */
	const char *text = entry->text + (strncmp(entry->text, "@@", 2) == 0);
	const char *why = NULL;

	if (config_is_value_file(entry->text))
		return read_file_(config, entry, out);
	if (config_expand(view_of(text), config->boot, out, &why))
		return true;
	config_complain(config, DIAG_WARN, "%s: [%s] %s is %s; ignored", entry->origin, entry->section, entry->key,
			why);
	return false;
}

static void expand_entry_(struct config *config, struct entry *entry)
{
	const char *text = "";
	struct buf out;

	buf_init(&out, CONFIG_MAX_VALUE);
	if (fill_in_(config, entry, &out))
		text = config_keep(config, view_of(buf_str(&out)));
	entry->text = text ? text : "";
	entry->is_pending = false;
	buf_fini(&out);
}

void config_expand_pending(struct config *config)
{
	for (struct entry *entry = config->entries; entry; entry = entry->next) {
		if (entry->is_pending)
			expand_entry_(config, entry);
	}
}
