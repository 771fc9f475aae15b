/* SPDX-License-Identifier: Apache-2.0
 *
 * b3.c - the propagators "b3" (one header) and "b3multi" (several). Both read either form, the one header first.
 *
 * Debug and "no decision yet" have no place in a span context, so they travel in the context beside it and are sent on
 * with the same trace. Once somebody on the way has sampled, there is a decision, and that is sent instead.
 */
#include <otel/plugin.h>
#include <otel/version.h>

#include <string.h>

#include "plugins/b3/b3_header.h"
#include "plugins/propagation/carrier.h"
#include "plugins/propagation/mark.h"
#include "plugins/propagation/propagator.h"
#include "plugins/propagation/remote.h"

#define SINGLE   "b3"
#define TRACE_ID "x-b3-traceid"
#define SPAN_ID  "x-b3-spanid"
#define SAMPLED  "x-b3-sampled"
#define FLAGS    "x-b3-flags"

enum { MARK_NONE, MARK_DEFERRED, MARK_DEBUG };

static const otel_context_key mark_key = {"b3.sampling"};

/* ---- writing ---- */

static enum b3_sampling sampling_of(const otel_host *host, const otel_context *context, const otel_span_context *sc)
{
	int mark = mark_of(host, context, &mark_key, sc->trace_id);

	if (mark == MARK_DEBUG)
		return B3_DEBUG;
	if (sc->trace_flags & OTEL_TRACE_FLAG_SAMPLED)
		return B3_ACCEPTED;
	return mark == MARK_DEFERRED ? B3_DEFERRED : B3_DENIED;
}

/* false: there is nothing to send, or no way to. */
static bool describe(const otel_host *host, const otel_context *context, const otel_carrier *carrier, struct b3 *out)
{
	otel_span_context sc = host->context_span_context(context);

	if (!OTEL_OFFERS(carrier, set) || !remote_is_valid(&sc))
		return false;
	memcpy(out->trace_id, sc.trace_id, sizeof out->trace_id);
	memcpy(out->span_id, sc.span_id, sizeof out->span_id);
	out->sampling = sampling_of(host, context, &sc);
	return true;
}

static void inject_single(void *self, const otel_context *context, const otel_carrier *carrier)
{
	char text[B3_SINGLE_SIZE];
	struct b3 b3;

	if (!describe(propagator_host(self), context, carrier, &b3))
		return;
	b3_format_single(&b3, text);
	carrier->set(carrier->self, SINGLE, text);
}

static void inject_multi(void *self, const otel_context *context, const otel_carrier *carrier)
{
	/* By state: what follows the ids, and where. Debug speaks for itself, "no decision yet" by silence. */
	static const otel_header states[] = {
		[B3_DENIED] = {SAMPLED, "0"}, [B3_ACCEPTED] = {SAMPLED, "1"}, [B3_DEBUG] = {FLAGS, "1"}};
	char hex[33] = "";
	struct b3 b3;

	if (!describe(propagator_host(self), context, carrier, &b3))
		return;
	str_to_hex(hex, b3.trace_id, sizeof b3.trace_id);
	carrier->set(carrier->self, TRACE_ID, hex);
	str_to_hex(hex, b3.span_id, sizeof b3.span_id);
	hex[16] = '\0';
	carrier->set(carrier->self, SPAN_ID, hex);
	if (states[b3.sampling].name)
		carrier->set(carrier->self, states[b3.sampling].name, states[b3.sampling].value);
}

/* ---- reading ---- */

/* A header outlives the look at the next one only as a copy. One that is too long is malformed and reads as "!". */
static struct view copy_of(const otel_carrier *carrier, const char *name, char room[40])
{
	struct view value = carrier_only(carrier, name);

	if (value.len >= 40)
		return view_of("!");
	if (value.len)
		memcpy(room, value.ptr, value.len);
	return (struct view){room, value.len};
}

static bool read_multi(const otel_carrier *carrier, struct b3 *out)
{
	char room[4][40];
	struct b3_fields fields = {
		.trace_id = copy_of(carrier, TRACE_ID, room[0]),
		.span_id = copy_of(carrier, SPAN_ID, room[1]),
		.sampled = copy_of(carrier, SAMPLED, room[2]),
		.flags = copy_of(carrier, FLAGS, room[3]),
	};

	return b3_parse_multi(&fields, out);
}

static otel_context *extract(void *self, otel_context *base, const otel_carrier *carrier)
{
	static const int marks[] = {[B3_DEFERRED] = MARK_DEFERRED, [B3_DEBUG] = MARK_DEBUG};
	const otel_host *host = propagator_host(self);
	otel_span_context sc = {.is_remote = 1};
	struct b3 b3;

	if (!b3_parse_single(carrier_only(carrier, SINGLE), &b3) && !read_multi(carrier, &b3))
		return NULL;
	memcpy(sc.trace_id, b3.trace_id, sizeof sc.trace_id);
	memcpy(sc.span_id, b3.span_id, sizeof sc.span_id);
	if (b3.sampling >= B3_ACCEPTED)
		sc.trace_flags = OTEL_TRACE_FLAG_SAMPLED;
	return mark_put(host, remote_context(host, base, &sc), &mark_key, b3.trace_id, marks[b3.sampling]);
}

/* ---- the plugin ---- */

static const char *const single_fields[] = {SINGLE, NULL};
static const char *const multi_fields[] = {TRACE_ID, SPAN_ID, SAMPLED, FLAGS, NULL};

static const otel_propagator single = {
	.component = PROPAGATOR_COMPONENT,
	.fields = single_fields,
	.inject = inject_single,
	.extract = extract,
};

static const otel_propagator multi = {
	.component = PROPAGATOR_COMPONENT,
	.fields = multi_fields,
	.inject = inject_multi,
	.extract = extract,
};

static otel_status setup(const otel_host *host, otel_setup *registration)
{
	otel_status status;

	if (!mark_is_supported(host))
		return OTEL_UNSUPPORTED;
	status = host->add(registration, OTEL_COMPONENT_PROPAGATOR, "b3", &single, NULL);
	if (!status)
		status = host->add(registration, OTEL_COMPONENT_PROPAGATOR, "b3multi", &multi, NULL);
	return status;
}

const otel_plugin otel_plugin_v1 = {
	.size = sizeof(otel_plugin),
	.abi_major = OTEL_PLUGIN_ABI_MAJOR,
	.abi_minor = OTEL_PLUGIN_ABI_MINOR,
	.name = "b3",
	.version = OTEL_C_VERSION,
	.license = "Apache-2.0",
	.setup = setup,
};
