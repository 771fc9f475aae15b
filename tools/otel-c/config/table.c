/* SPDX-License-Identifier: Apache-2.0
 *
 * table.c - the configuration for the eye: key = value, origin, what it beats.
 */
#include <string.h>

#include "config/explain.h"
#include "config/shown.h"
#include "tools/otel-c/config/list.h"

#define LEFT_MAX 64u /* columns of "key = value" that origins are lined up behind */

static void print_left(struct buf *out, const struct setting *setting)
{
	buf_printf(out, "%s.%s", setting->row->section, setting->row->key);
	if (setting->value.text) {
		buf_append_str(out, " = ");
		config_show_value(out, setting->row, setting->value.text);
	} else {
		buf_append_str(out, " is unset");
	}
}

/* Of characters, not bytes. */
static unsigned columns(const char *text)
{
	unsigned count = 0;

	for (; *text; text++)
		count += ((unsigned char)*text & 0xc0) != 0x80;
	return count;
}

static void print_right(struct buf *out, const struct config *config, const struct setting *setting)
{
	struct config_source sources[CONFIG_MAX_SOURCES];
	size_t count = config_explain(config, setting, sources);

	if (count)
		config_show_source(out, &sources[0]);
	for (size_t i = 1; i < count; i++) {
		buf_append_str(out, i == 1 ? ", beats " : ", ");
		config_show_source(out, &sources[i]);
		buf_append_str(out, " (");
		config_show_value(out, setting->row, sources[i].text);
		buf_append_str(out, ")");
	}
	if (setting->row->flags & CONFIG_NOT_YET)
		buf_append_str(out, count ? "; not supported yet" : "not supported yet");
}

static unsigned widest(const struct config_list *list, struct buf *line)
{
	unsigned width = 0;

	for (size_t i = 0; i < list->count; i++) {
		unsigned here;
		buf_clear(line);
		print_left(line, list->settings[i]);
		here = columns(buf_str(line));
		if (here > width && here <= LEFT_MAX)
			width = here;
	}
	return width;
}

/* No variable writes to the terminal as it pleases. */
static void tame(struct buf *line)
{
	for (size_t i = 0; i < line->len; i++)
		if (line->data[i] < ' ' || line->data[i] == 0x7f)
			line->data[i] = '?';
}

void config_table_print(const struct config *config, const struct config_list *list)
{
	struct buf line;
	unsigned width;

	buf_init(&line, 4 * CONFIG_MAX_VALUE * CONFIG_MAX_SOURCES);
	width = widest(list, &line);
	for (size_t i = 0; i < list->count; i++) {
		buf_clear(&line);
		print_left(&line, list->settings[i]);
		while (columns(buf_str(&line)) < width)
			buf_append_char(&line, ' ');
		buf_append_str(&line, "  ");
		print_right(&line, config, list->settings[i]);
		while (line.len && line.data[line.len - 1] == ' ')
			line.len--;
		tame(&line);
		puts(buf_str(&line));
	}
	buf_fini(&line);
}
