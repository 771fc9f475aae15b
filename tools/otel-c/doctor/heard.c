/* SPDX-License-Identifier: Apache-2.0
 *
 * heard.c - lines come from the pipeline thread too.
 */
#include "tools/otel-c/doctor/heard.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "util/diag.h"

#define LINES_MAX 256

static struct {
	pthread_mutex_t lock;
	char *lines[LINES_MAX];
	unsigned count;
	unsigned taken;
} heard = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void hear(enum diag_level level, const char *line)
{
	if (level > DIAG_WARN)
		return;
	pthread_mutex_lock(&heard.lock);
	if (heard.count < LINES_MAX && (heard.lines[heard.count] = strdup(line)))
		heard.count++;
	pthread_mutex_unlock(&heard.lock);
}

void heard_begin(void)
{
	diag_listen(hear);
}

static void hear_nothing(enum diag_level level, const char *line)
{
	(void)level, (void)line;
}

void heard_end(void)
{
	diag_listen(hear_nothing);
}

static char *next(void)
{
	char *line = NULL;

	pthread_mutex_lock(&heard.lock);
	if (heard.taken < heard.count)
		line = heard.lines[heard.taken++];
	pthread_mutex_unlock(&heard.lock);
	return line;
}

/* What the SDK was told in code was told to us on the command line. */
static const char *in_our_words(const char *line, const char **before)
{
	static const char code[] = "otel_sdk_start: ";
	const bool is_code = strncmp(line, code, sizeof code - 1) == 0;

	*before = is_code ? "--distro: " : "";
	return is_code ? line + sizeof code - 1 : line;
}

/* What a line is about, whenever it comes. */
static const char *topic_of(const char *words, const char *otherwise)
{
	static const char *const topics[][2] = {
		{"detector \"", "resource"},
		{"authenticator \"", "auth"},
		{"http.so", "export"},
		{"otlp: ", "export"},
	};

	for (size_t i = 0; i < sizeof topics / sizeof *topics; i++)
		if (strncmp(words, topics[i][0], strlen(topics[i][0])) == 0)
			return topics[i][1];
	return otherwise;
}

unsigned heard_report(struct report *report, const char *check, const char *except)
{
	unsigned count = 0;
	char *line;

	for (; (line = next()) != NULL; free(line)) {
		const char *before;
		const char *words = in_our_words(line, &before);

		if (except && strncmp(words, except, strlen(except)) == 0)
			continue;
		report_problem(report, topic_of(words, check), REPORT_UNTIMED, "", "%s%s", before, words);
		count++;
	}
	return count;
}
