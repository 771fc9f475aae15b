/* SPDX-License-Identifier: Apache-2.0
 *
 * attach.c - the door through which a copy of the API wakes the SDK, or joins one that runs.
 */
#include <errno.h>

#include "sdk/last_error.h"
#include "sdk/provider.h"
#include "sdk/slots.h"
#include "sdk/start.h"

OTEL_EXPORT otel_sdk_attach_fn otel_sdk_attach_v1;

/* A stopped SDK is not woken again: only otel_sdk_start() starts it anew. */
static otel_status join_stopped(struct otel_slot *slot)
{
	if (!slots_add(slot))
		return OTEL_NO_MEMORY;
	slots_publish(provider_table());
	return OTEL_ALREADY;
}

/* What failed for one copy of the API would fail for the next one: the environment is the same. */
static otel_status wake_once(struct otel_slot *slot, const struct otel_boot *boot)
{
	static _Atomic int failed;
	static const otel_sdk_options none = {.size = sizeof none};
	otel_status status = (otel_status)atomic_load(&failed);

	if (status)
		return status;
	if (!boot || boot->secure)
		return last_error_note(OTEL_DENIED, "the environment of this program may not start the SDK");
	status = start_run(slot, boot, &none);
	if (status != OTEL_OK && status != OTEL_ALREADY && status != OTEL_TIMEOUT)
		atomic_store(&failed, (int)status);
	return status;
}

otel_status otel_sdk_attach_v1(struct otel_slot *slot, const struct otel_boot *boot)
{
	static const otel_sdk_options none = {.size = sizeof none};
	int saved = errno;
	otel_status status;

	switch (start_state()) {
	case START_STOPPING:
	case START_STOPPED:
		status = join_stopped(slot);
		break;
	case START_RUNNING:
		status = start_run(slot, boot, &none);
		break;
	case START_IDLE:
	case START_STARTING:
	default:
		status = wake_once(slot, boot);
	}
	errno = saved;
	return status;
}
