/* SPDX-License-Identifier: Apache-2.0
 *
 * notes.h - what a check run finds out. Notes are made in the process that looks, and carried to the one that prints
 * them.
 */
#ifndef OTEL_TOOLS_CHECK_NOTES_H
#define OTEL_TOOLS_CHECK_NOTES_H

#include <stdbool.h>
#include <stddef.h>

#define RULE_SIZE 320 /* of a rule that is put together */

enum note_kind { NOTE_GOOD, NOTE_WARNING, NOTE_FAILED };

struct note {
	enum note_kind kind;
	char *rule; /* what was looked at, as it should be: "setup() does not wait" */
	char *text; /* what was found; "" if good */
	char *cure; /* "" if good */
};

struct notes {
	struct note *all;
	size_t count;
	size_t of_kind[3];
};

/* Where notes of this process go: into a list, or as bytes to a descriptor. */
void notes_begin(struct notes *list);
void notes_send(int fd);
void notes_fini(struct notes *list);

/* From now on some notes are dropped: for steps that another process has judged already. */
enum notes_mute { NOTES_ALL, NOTES_NOT_GOOD, NOTES_NONE };
void notes_take(enum notes_mute mute);

/* The last word about one rule: good, or failed with what was found and the cure. Returns is_good. */
bool note(bool is_good, const char *rule, const char *cure, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
/* The same, where the module will work all the same. */
bool note_odd(bool is_good, const char *rule, const char *cure, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* What is being done, for the case that it does not come back. */
void notes_step(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Something for the parent that is no finding: see notes_read(). */
void notes_tell(char tag, const char *text);

/* Reads what a child sent into the list of notes_begin(). step gets its last step. is_over: it came to its end. tell()
 * gets what it told. */
void notes_read(const char *data, size_t len, char step[256], bool *is_over,
		void (*tell)(void *arg, char tag, const char *text), void *arg);

#endif
