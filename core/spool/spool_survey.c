/* SPDX-License-Identifier: Apache-2.0
 *
 * spool_survey.c - see the header.
 */
#include "spool/spool_survey.h"

#include <stddef.h>

#include "spool/spool_dir.h"
#include "spool/spool_lease.h"

enum { KNOWN_MAX = 32 };

struct survey {
	int dir;
	uint64_t own;
	void (*visit)(void *arg, const struct spool_name *name, enum spool_standing standing);
	void *arg;
	struct {
		uint64_t owner;
		bool is_dead;
	} known[KNOWN_MAX]; /* a lease is asked for once, mostly */
	size_t known_count;
};

static bool is_dead(struct survey *s, uint64_t owner)
{
	if (owner == s->own)
		return false;
	for (size_t i = 0; i < s->known_count; i++)
		if (s->known[i].owner == owner)
			return s->known[i].is_dead;
	const bool dead = spool_lease_is_dead(s->dir, owner);
	if (s->known_count < KNOWN_MAX) {
		s->known[s->known_count].owner = owner;
		s->known[s->known_count++].is_dead = dead;
	}
	return dead;
}

static bool look_at(void *arg, const char *text)
{
	struct survey *s = arg;
	struct spool_name name;
	enum spool_standing standing = SPOOL_WAITING;

	if (!spool_name_parse(text, &name))
		return true;
	switch (name.state) {
	case SPOOL_FREE:
		break;
	case SPOOL_BAD:
		standing = SPOOL_QUARANTINED;
		break;
	case SPOOL_HELD:
		standing = is_dead(s, name.owner) ? SPOOL_WAITING : SPOOL_TAKEN;
		break;
	case SPOOL_PART:
		standing = is_dead(s, name.owner) ? SPOOL_LITTER : SPOOL_TAKEN;
		break;
	case SPOOL_LEASE:
		if (!is_dead(s, name.owner))
			return true;
		standing = SPOOL_LITTER;
	}
	s->visit(s->arg, &name, standing);
	return true;
}

bool spool_survey(int dir, uint64_t own,
		  void (*visit)(void *arg, const struct spool_name *name, enum spool_standing standing), void *arg)
{
	struct survey s = {.dir = dir, .own = own, .visit = visit, .arg = arg};

	return spool_dir_each(dir, look_at, &s);
}
