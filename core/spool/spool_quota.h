/* SPDX-License-Identifier: Apache-2.0
 *
 * spool_quota.h - how much may lie in a spool, of all processes together, and for how long.
 */
#ifndef OTEL_SPOOL_QUOTA_H
#define OTEL_SPOOL_QUOTA_H

#include "spool/spool_survey.h"

enum { SPOOL_FILES_MAX = 16384 }; /* looking through them has to stay short */

struct spool_quota {
	uint64_t max_bytes; /* of all files */
	uint64_t max_age_ms; /* 0 = any */
};

/* What was found by the last look, and stored since. */
struct spool_usage {
	uint64_t bytes;
	uint64_t files;
};

/* One more file that is there. */
void spool_quota_count(struct spool_usage *usage, const struct spool_name *name, enum spool_standing standing);

/* Shall it go? Nobody is at work on it, and it is too old. */
bool spool_quota_is_expired(const struct spool_quota *quota, const struct spool_name *name,
			    enum spool_standing standing, uint64_t now_ms);

/* Is there room for so many bytes more? */
bool spool_quota_has_room(const struct spool_quota *quota, const struct spool_usage *usage, uint64_t bytes);

/* So little is left that what others stored since the last look may matter. */
bool spool_quota_is_near(const struct spool_quota *quota, const struct spool_usage *usage, uint64_t bytes);

#endif
