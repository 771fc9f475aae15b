/* SPDX-License-Identifier: Apache-2.0
 *
 * notes.c - a note on its way is one line: a tag, then rule, text and cure, with unit separators between. One write(2)
 * each, so that what a crashing child had found is not lost.
 */
#include "tools/otel-c/check/notes.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LINE_SIZE 4096
#define SEPARATOR '\x1f'

static struct {
	struct notes *list; /* NULL: notes are sent */
	int fd;
	enum notes_mute mute;
} at = {.fd = -1};

static const char tags[] = {[NOTE_GOOD] = 'g', [NOTE_WARNING] = 'w', [NOTE_FAILED] = 'f', '\0'};

void notes_begin(struct notes *list)
{
	*list = (struct notes){.all = NULL};
	at.list = list;
	at.mute = NOTES_ALL;
}

void notes_send(int fd)
{
	at.list = NULL;
	at.fd = fd;
}

void notes_fini(struct notes *list)
{
	for (size_t i = 0; i < list->count; i++) {
		free(list->all[i].rule);
		free(list->all[i].text);
		free(list->all[i].cure);
	}
	free(list->all);
	*list = (struct notes){.all = NULL};
}

void notes_take(enum notes_mute mute)
{
	at.mute = mute;
}

/* ---- keeping ---- */

/* What was said before: one rule counts once, however often it is looked at, unless it is broken in several ways. */
static bool is_known(const struct notes *list, enum note_kind kind, const char *rule, const char *text)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->all[i].rule, rule) == 0 && (kind == NOTE_GOOD || strcmp(list->all[i].text, text) == 0))
			return true;
	return false;
}

/* A rule that turns out to be broken after all is good no more. */
static void forget_good(struct notes *list, const char *rule)
{
	for (size_t i = 0; i < list->count; i++) {
		struct note *n = &list->all[i];

		if (n->kind != NOTE_GOOD || strcmp(n->rule, rule) != 0)
			continue;
		free(n->rule), free(n->text), free(n->cure);
		memmove(n, n + 1, (list->count - i - 1) * sizeof *n);
		list->count--;
		list->of_kind[NOTE_GOOD]--;
		return;
	}
}

static void keep(enum note_kind kind, const char *rule, const char *text, const char *cure)
{
	struct notes *list = at.list;
	struct note *all;

	if (is_known(list, kind, rule, text))
		return;
	if (kind != NOTE_GOOD)
		forget_good(list, rule);
	all = reallocarray(list->all, list->count + 1, sizeof *all);
	if (!all)
		return;
	list->all = all;
	all[list->count] =
		(struct note){.kind = kind, .rule = strdup(rule), .text = strdup(text), .cure = strdup(cure)};
	list->count++;
	list->of_kind[kind]++;
}

/* ---- sending ---- */

/* Text that a module gave may hold anything. */
static void flatten(char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < ' ' || *text == 0x7f)
			*text = ' ';
}

static void send_line(char tag, const char *rule, const char *text, const char *cure)
{
	char line[LINE_SIZE];
	int len = snprintf(line, sizeof line - 1, "%c%s%c%s%c%s", tag, rule, SEPARATOR, text, SEPARATOR, cure);

	if (len > (int)sizeof line - 2)
		len = sizeof line - 2;
	line[len] = '\n';
	if (at.fd >= 0 && write(at.fd, line, (size_t)len + 1) < 0)
		at.fd = -1; /* nobody listens any more */
}

static void pass_on(enum note_kind kind, const char *rule, const char *cure, const char *format, va_list args)
{
	char text[1024];
	char plain[RULE_SIZE];

	if (at.mute == NOTES_NONE || (at.mute == NOTES_NOT_GOOD && kind == NOTE_GOOD))
		return;
	snprintf(plain, sizeof plain, "%s", rule);
	flatten(plain);
	text[0] = '\0';
	if (kind != NOTE_GOOD)
		vsnprintf(text, sizeof text, format, args);
	flatten(text);
	cure = kind == NOTE_GOOD ? "" : cure;
	if (at.list)
		keep(kind, plain, text, cure);
	else
		send_line(tags[kind], plain, text, cure);
}

bool note(bool is_good, const char *rule, const char *cure, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	pass_on(is_good ? NOTE_GOOD : NOTE_FAILED, rule, cure, format, args);
	va_end(args);
	return is_good;
}

bool note_odd(bool is_good, const char *rule, const char *cure, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	pass_on(is_good ? NOTE_GOOD : NOTE_WARNING, rule, cure, format, args);
	va_end(args);
	return is_good;
}

void notes_step(const char *format, ...)
{
	char text[256];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	flatten(text);
	if (!at.list)
		send_line('s', text, "", "");
}

void notes_tell(char tag, const char *text)
{
	char plain[2048];

	snprintf(plain, sizeof plain, "%s", text);
	flatten(plain);
	if (!at.list)
		send_line(tag, plain, "", "");
}

/* ---- reading ---- */

static void read_line(char *line, char step[256], bool *is_over, void (*tell)(void *arg, char tag, const char *text),
		      void *arg)
{
	const char *kind = strchr(tags, line[0]);
	char *rule = line + 1;
	char *text = strchr(rule, SEPARATOR);
	char *cure = text ? strchr(text + 1, SEPARATOR) : NULL;

	if (!cure)
		return;
	*text++ = *cure++ = '\0';
	if (kind && *kind)
		keep((enum note_kind)(kind - tags), rule, text, cure);
	else if (line[0] == 's')
		snprintf(step, 256, "%.255s", rule);
	else if (line[0] == '.')
		*is_over = true;
	else
		tell(arg, line[0], rule);
}

void notes_read(const char *data, size_t len, char step[256], bool *is_over,
		void (*tell)(void *arg, char tag, const char *text), void *arg)
{
	char line[LINE_SIZE];

	*is_over = false;
	while (len) {
		const char *end = memchr(data, '\n', len);
		size_t size = end ? (size_t)(end - data) : len;

		snprintf(line, sizeof line, "%.*s", (int)size, data);
		if (*line)
			read_line(line, step, is_over, tell, arg);
		size += end ? 1 : 0;
		data += size;
		len -= size;
	}
}
