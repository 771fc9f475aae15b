/* SPDX-License-Identifier: Apache-2.0
 *
 * spool_quota.c - see the header.
 */
#include "spool/spool_quota.h"

void spool_quota_count(struct spool_usage *usage, const struct spool_name *name, enum spool_standing standing)
{
	if (standing == SPOOL_LITTER)
		return;
	usage->bytes += name->bytes;
	usage->files++;
}

bool spool_quota_is_expired(const struct spool_quota *quota, const struct spool_name *name,
			    enum spool_standing standing, uint64_t now_ms)
{
	if (!quota->max_age_ms || (standing != SPOOL_WAITING && standing != SPOOL_QUARANTINED))
		return false;
	return now_ms > name->stored_ms && now_ms - name->stored_ms > quota->max_age_ms;
}

bool spool_quota_has_room(const struct spool_quota *quota, const struct spool_usage *usage, uint64_t bytes)
{
	return usage->files < SPOOL_FILES_MAX && bytes <= quota->max_bytes && usage->bytes <= quota->max_bytes - bytes;
}

bool spool_quota_is_near(const struct spool_quota *quota, const struct spool_usage *usage, uint64_t bytes)
{
	const struct spool_quota most = {.max_bytes = quota->max_bytes - quota->max_bytes / 8};

	return usage->files > SPOOL_FILES_MAX / 8 * 7 || !spool_quota_has_room(&most, usage, bytes);
}
