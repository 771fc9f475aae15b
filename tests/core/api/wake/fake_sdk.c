/* SPDX-License-Identifier: Apache-2.0
 *
 * fake_sdk.c - a libotel_sdk.so.1 that counts attaches. FAKE_SDK in the snapshot: "gated", "busy" (twice), "failing".
 */
#include "wake/fake_sdk.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "api/slot.h"
#include "fake_provider.h"

OTEL_EXPORT otel_sdk_attach_fn otel_sdk_attach_v1;
OTEL_EXPORT fake_sdk_facts_fn fake_sdk_facts;

static struct fake_sdk_facts facts;
static struct otel_slot *first;

static const char *variable(const struct otel_boot *boot, const char *name)
{
	size_t len = strlen(name);

	for (const char *const *env = boot->env; *env; env++) {
		if (!strncmp(*env, name, len) && (*env)[len] == '=')
			return *env + len + 1;
	}
	return "";
}

struct fake_sdk_facts fake_sdk_facts(void)
{
	facts.started = fake_calls.started;
	facts.parent = fake_parent_span.id;
	return facts;
}

static void note(struct otel_slot *slot, const struct otel_boot *boot)
{
	facts.attaches++;
	facts.boot = boot;
	facts.distro = variable(boot, "OTEL_DISTRO");
	/* As plugins and malloc hooks do: they are inside our own start. */
	facts.reentrant |= otel_span_start(otel_tracer("fake", NULL), "inside").id;
	if (!slot->net_lock(0))
		facts.unlocked++;
	slot->net_unlock();
	errno = 99;
}

static void pass_gate(void)
{
	wake_gate.is_reached = true;
	while (!wake_gate.is_open)
		usleep(1000);
}

static otel_status attach(struct otel_slot *slot, const struct otel_boot *boot)
{
	const char *mode = variable(boot, "FAKE_SDK");

	note(slot, boot);
	if (!strcmp(mode, "gated"))
		pass_gate();
	if (!strcmp(mode, "busy") && facts.attaches < 3)
		return OTEL_TIMEOUT;
	if (!strcmp(mode, "failing"))
		return OTEL_FAILED;
	if (first)
		slot->shared_thread = first->thread;
	else
		first = slot;
	slot->provider = &fake_provider;
	return OTEL_OK;
}

/* A second copy may ask while the first is being served, also on the same thread. What another thread of the parent
 * began is begun anew in the child of a fork. */
otel_status otel_sdk_attach_v1(struct otel_slot *slot, const struct otel_boot *boot)
{
	static _Atomic pid_t starting;
	otel_status status;

	if (atomic_exchange(&starting, getpid()) == getpid())
		return OTEL_TIMEOUT;
	status = attach(slot, boot);
	starting = 0;
	return status;
}
