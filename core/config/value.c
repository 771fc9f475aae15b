/* SPDX-License-Identifier: Apache-2.0
 *
 * value.c - the types of values (specification/configuration/common.md): pure, one reader per type.
 */
#include "config/store.h"

#include <string.h>

typedef bool value_reader_(struct config *config, const otel_config_row *row, struct view v, struct value *out);

/* A default lives as long as its row. */
static const char *keep_(struct config *config, const otel_config_row *row, struct view v)
{
	return v.ptr == row->default_value && !v.ptr[v.len] ? v.ptr : config_keep(config, v);
}

static bool read_text_(struct config *config, const otel_config_row *row, struct view v, struct value *out)
{
	out->text = keep_(config, row, v);
	return true;
}

/* Anything but true and false is refused here; the caller makes it false, as the specification wants. */
static bool read_bool_(struct config *config, const otel_config_row *row, struct view v, struct value *out)
{
	bool is_true = view_equals_nocase(v, "true");

	(void)config;
	(void)row;
	if (!is_true && !view_equals_nocase(v, "false"))
		return false;
	out->number = is_true;
	out->text = is_true ? "true" : "false";
	return true;
}

static bool read_int_(struct config *config, const otel_config_row *row, struct view v, struct value *out)
{
	uint64_t number;

	if (!str_to_u64(v, row->flags & OTEL_CONFIG_POSITIVE ? 1 : 0, INT32_MAX, &number))
		return false;
	out->number = (int64_t)number;
	out->text = keep_(config, row, v);
	return true;
}

static bool read_double_(struct config *config, const otel_config_row *row, struct view v, struct value *out)
{
	(void)row;
	if (!str_to_double(v, &out->real))
		return false;
	out->text = config_keep(config, v);
	return true;
}

static bool read_enum_(struct config *config, const otel_config_row *row, struct view v, struct value *out)
{
	struct view rest = view_of(row->choices);
	struct view choice;

	while (view_split(&rest, '|', &choice)) {
		/* Choices are short literals; comparing needs a terminated one. */
		char name[64];
		if (choice.len >= sizeof(name))
			continue;
		memcpy(name, choice.ptr, choice.len);
		name[choice.len] = 0;
		if (!view_equals_nocase(v, name))
			continue;
		out->text = config_keep(config, choice);
		return true;
	}
	return false;
}

static bool has_item_(const char *list, struct view item)
{
	struct view rest = view_of(list);
	struct view piece;

	while (view_split(&rest, ',', &piece)) {
		if (piece.len == item.len && !memcmp(piece.ptr, item.ptr, item.len))
			return true;
	}
	return false;
}

/* "a, b,,a" is "a,b". */
static bool read_list_(struct config *config, const otel_config_row *row, struct view v, struct value *out)
{
	struct buf list;
	struct view item;

	(void)row;
	buf_init(&list, v.len + 1);
	while (view_split(&v, ',', &item)) {
		item = view_trim(item);
		if (!item.len || has_item_(buf_str(&list), item))
			continue;
		if (list.len)
			buf_append_char(&list, ',');
		buf_append(&list, item.ptr, item.len);
	}
	out->text = config_keep(config, view_of(buf_str(&list)));
	buf_fini(&list);
	return true;
}

static bool is_port_(struct view v)
{
	uint64_t port;

	return str_to_u64(v, 1, 65535, &port);
}

/* host, host:port, [v6], [v6]:port, any with user@ in front. */
static bool is_authority_(struct view v)
{
	const char *at = v.len ? memrchr(v.ptr, '@', v.len) : NULL;
	const char *colon;

	if (at)
		v = (struct view){at + 1, v.len - (size_t)(at + 1 - v.ptr)};
	if (v.len && *v.ptr == '[') {
		const char *close = memchr(v.ptr, ']', v.len);
		struct view after;
		if (!close || close - v.ptr < 3)
			return false;
		after = (struct view){close + 1, v.len - (size_t)(close + 1 - v.ptr)};
		return !after.len || (*after.ptr == ':' && is_port_((struct view){after.ptr + 1, after.len - 1}));
	}
	colon = v.len ? memchr(v.ptr, ':', v.len) : NULL;
	if (!colon)
		return v.len > 0;
	return colon > v.ptr && is_port_((struct view){colon + 1, v.len - (size_t)(colon + 1 - v.ptr)});
}

static bool read_url_(struct config *config, const otel_config_row *row, struct view v, struct value *out)
{
	static const char *const schemes[] = {"http://", "https://"};
	struct view authority = {NULL, 0};

	(void)row;
	for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++) {
		size_t len = strlen(schemes[i]);
		if (v.len > len && view_equals_nocase((struct view){v.ptr, len}, schemes[i]))
			authority = (struct view){v.ptr + len, v.len - len};
	}
	for (size_t i = 0; i < v.len; i++) {
		uint8_t byte = (uint8_t)v.ptr[i];
		if (byte <= ' ' || byte == 0x7f || strchr("\"<>\\^`{|}", byte))
			return false;
	}
	for (size_t i = 0; i < authority.len; i++) {
		if (strchr("/?#", authority.ptr[i]))
			authority.len = i;
	}
	if (!is_authority_(authority))
		return false;
	out->text = config_keep(config, v);
	return true;
}

static const struct {
	value_reader_ *read;
	bool keeps_blanks; /* text is taken as it stands */
	const char *allowed;
} types_[] = {
	[OTEL_CONFIG_STRING] = {read_text_, true, "text"},
	[OTEL_CONFIG_BOOL] = {read_bool_, false, "true, false"},
	[OTEL_CONFIG_INT] = {read_int_, false, "whole numbers from %d to 2147483647"},
	[OTEL_CONFIG_DURATION] = {read_int_, false, "milliseconds from %d to 2147483647"},
	[OTEL_CONFIG_TIMEOUT] = {read_int_, false, "milliseconds from %d to 2147483647, 0 = no limit"},
	[OTEL_CONFIG_DOUBLE] = {read_double_, false, "a number such as 0.25"},
	[OTEL_CONFIG_ENUM] = {read_enum_, false, NULL},
	[OTEL_CONFIG_LIST] = {read_list_, false, "names with commas between"},
	[OTEL_CONFIG_URL] = {read_url_, false, "http://HOST[:PORT][/PATH] or https://…"},
	[OTEL_CONFIG_PATH] = {read_text_, true, "the path of a file"},
};

bool config_parse_value(struct config *config, const otel_config_row *row, const char *text, struct value *out)
{
	struct view v = view_of(text);

	*out = CONFIG_UNSET;
	if (!types_[row->type].keeps_blanks)
		v = view_trim(v);
	return types_[row->type].read(config, row, v, out) && out->text;
}

void config_take_default(const otel_config_row *row, struct value *out)
{
	*out = CONFIG_UNSET;
	out->text = row->default_value;
	if (row->type == OTEL_CONFIG_DOUBLE || row->type == OTEL_CONFIG_BOOL || row->type == OTEL_CONFIG_INT ||
	    row->type == OTEL_CONFIG_DURATION || row->type == OTEL_CONFIG_TIMEOUT)
		config_parse_value(NULL, row, row->default_value, out);
}

void config_describe_type(const otel_config_row *row, struct buf *out)
{
	const char *allowed = types_[row->type].allowed;
	struct view rest = view_of(row->choices);
	struct view choice;

	if (row->type != OTEL_CONFIG_ENUM) {
		const char *mark = strstr(allowed, "%d");
		int before = mark ? (int)(mark - allowed) : (int)strlen(allowed);
		buf_printf(out, "%.*s", before, allowed);
		if (mark)
			buf_printf(out, "%s%s", row->flags & OTEL_CONFIG_POSITIVE ? "1" : "0", mark + 2);
		return;
	}
	while (view_split(&rest, '|', &choice))
		buf_printf(out, "%s%.*s", choice.ptr == row->choices ? "" : ", ", (int)choice.len, choice.ptr);
}
