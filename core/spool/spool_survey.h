/* SPDX-License-Identifier: Apache-2.0
 *
 * spool_survey.h - looks through a spool once: who owns what, and what is left of dead owners.
 */
#ifndef OTEL_SPOOL_SURVEY_H
#define OTEL_SPOOL_SURVEY_H

#include "spool/spool_name.h"

enum spool_standing {
	SPOOL_WAITING, /* for anybody: free, or of a dead owner */
	SPOOL_TAKEN, /* its owner lives, or is `own` */
	SPOOL_QUARANTINED,
	SPOOL_LITTER, /* lease or part of a dead owner */
};

/* visit() for each file of ours, in no order; leases of the living are left out. false: cannot be read. */
bool spool_survey(int dir, uint64_t own,
		  void (*visit)(void *arg, const struct spool_name *name, enum spool_standing standing), void *arg);

#endif
