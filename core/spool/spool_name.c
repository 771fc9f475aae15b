/* SPDX-License-Identifier: Apache-2.0
 *
 * spool_name.c - see the header.
 */
#include "spool/spool_name.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "spool/spool_checksum.h"

enum { BASE_MAX = 110 };

uint32_t spool_exporter_number(const char *exporter)
{
	return (uint32_t)spool_checksum(SPOOL_CHECKSUM_BEGIN, exporter, strlen(exporter));
}

static void write_base(const struct spool_name *name, char out[BASE_MAX])
{
	snprintf(out, BASE_MAX, "%012" PRIx64 "-%016" PRIx64 "-%08x-%08x-%u-%u-%" PRIu64, name->stored_ms, name->origin,
		 name->number, name->exporter, name->signal, name->items, name->bytes);
}

void spool_name_write(const struct spool_name *name, char out[SPOOL_FILE_NAME_MAX])
{
	char base[BASE_MAX];

	write_base(name, base);
	switch (name->state) {
	case SPOOL_FREE:
		snprintf(out, SPOOL_FILE_NAME_MAX, "%s.batch", base);
		break;
	case SPOOL_HELD:
		snprintf(out, SPOOL_FILE_NAME_MAX, "%s.%016" PRIx64 ".held", base, name->owner);
		break;
	case SPOOL_PART:
		snprintf(out, SPOOL_FILE_NAME_MAX, "%s.%016" PRIx64 ".part", base, name->owner);
		break;
	case SPOOL_BAD:
		snprintf(out, SPOOL_FILE_NAME_MAX, "%s.bad", base);
		break;
	case SPOOL_LEASE:
		snprintf(out, SPOOL_FILE_NAME_MAX, "%016" PRIx64 ".lease", name->owner);
		break;
	}
}

struct spool_name spool_name_as(const struct spool_name *name, enum spool_state state, uint64_t owner)
{
	struct spool_name other = *name;

	other.state = state;
	other.owner = owner;
	return other;
}

static bool parse_suffix(const char *text, struct spool_name *name)
{
	static const struct {
		const char *suffix;
		enum spool_state state;
	} owned[] = {{"held", SPOOL_HELD}, {"part", SPOOL_PART}};
	char word[8];

	if (strcmp(text, ".batch") == 0)
		return true;
	name->state = SPOOL_BAD;
	if (strcmp(text, ".bad") == 0)
		return true;
	if (sscanf(text, ".%" SCNx64 ".%7s", &name->owner, word) != 2)
		return false;
	for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) {
		if (strcmp(word, owned[i].suffix) != 0)
			continue;
		name->state = owned[i].state;
		return true;
	}
	return false;
}

static bool parse(const char *text, struct spool_name *name)
{
	int end = 0;

	if (sscanf(text, "%" SCNx64 "-%" SCNx64 "-%x-%x-%u-%u-%" SCNu64 "%n", &name->stored_ms, &name->origin,
		   &name->number, &name->exporter, &name->signal, &name->items, &name->bytes, &end) == 7)
		return parse_suffix(text + end, name);
	*name = (struct spool_name){.state = SPOOL_LEASE};
	return sscanf(text, "%" SCNx64 ".lease", &name->owner) == 1;
}

/* scanf() takes more than what we write; so it has to read as it was written. */
bool spool_name_parse(const char *text, struct spool_name *name)
{
	char again[SPOOL_FILE_NAME_MAX];

	*name = (struct spool_name){.state = SPOOL_FREE};
	if (strnlen(text, SPOOL_FILE_NAME_MAX) == SPOOL_FILE_NAME_MAX || !parse(text, name))
		return false;
	spool_name_write(name, again);
	return strcmp(text, again) == 0;
}

int spool_name_compare(const struct spool_name *a, const struct spool_name *b)
{
	if (a->stored_ms != b->stored_ms)
		return a->stored_ms < b->stored_ms ? -1 : 1;
	if (a->origin != b->origin)
		return a->origin < b->origin ? -1 : 1;
	return a->number < b->number ? -1 : a->number > b->number;
}
