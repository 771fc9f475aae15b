/* SPDX-License-Identifier: Apache-2.0
 *
 * export_wait.c - see the header.
 */
#include "sdk/export_wait.h"

#include <stdbool.h>

#define RETRY_AFTER_MAX_MS 300000u

/* What the backend asked for wins. A try that a flush began before its time, and that failed, changes nothing: flushes
 * would else drive the wait up to its maximum. */
void export_wait_on(struct export_wait *wait, const struct backoff *backoff, uint32_t asked_ms, uint64_t now)
{
	const bool was_due = now >= wait->retry_at;

	if (asked_ms)
		wait->retry_at = now + (asked_ms < RETRY_AFTER_MAX_MS ? asked_ms : RETRY_AFTER_MAX_MS);
	else if (was_due)
		wait->retry_at = now + backoff_wait_ms(backoff, wait->failures);
	if (was_due && wait->failures < UINT32_MAX)
		wait->failures++;
}
