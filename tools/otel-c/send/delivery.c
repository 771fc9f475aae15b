/* SPDX-License-Identifier: Apache-2.0
 *
 * delivery.c - hands requests over as a plugin does. One at a time: memory stays bounded, and what the SDK counts
 * is about the request that is under way.
 */
#include "tools/otel-c/send/delivery.h"

#include <time.h>

#include <otel/plugin.h>
#include <otel/sdk.h>
#include <otel/version.h>

#include "sdk/spooling.h"
#include "tools/otel-c/home.h"
#include "tools/otel-c/unconnected.h"
#include "util/clock.h"

#define STOP_MS       1000
#define FIRST_LOOK_NS 100000L
#define LAST_LOOK_NS  20000000L

/* ---- the plugin ---- */

static const otel_host *host;
static otel_setup *own;

static otel_status set_up(const otel_host *given, otel_setup *setup)
{
	host = given;
	own = setup;
	return OTEL_OK;
}

static const otel_plugin plugin = {
	.size = sizeof(otel_plugin),
	.abi_major = OTEL_PLUGIN_ABI_MAJOR,
	.abi_minor = OTEL_PLUGIN_ABI_MINOR,
	.name = "otel-c-send",
	.version = OTEL_C_VERSION,
	.license = "Apache-2.0",
	.setup = set_up,
};

/* ---- the SDK ---- */

/* Code wins over what is configured: what is sent has its resource, and whoever waits sets the limit. */
bool send_delivery_start(const char *distro)
{
	static const otel_plugin *const plugins[] = {&plugin};
	static const otel_setting settings[] = {
		{"metrics.producers", "none"}, {"sdk.self_metrics", "false"}, {"resource.detectors", "none"},
		{"export.retry_elapsed", "0"}, {"sdk.worker", "start"},
	};

	home_find();
	unconnected_watch();
	spooling_leave_alone(); /* what is not delivered is told, and sent again by whoever asked */
	return otel_sdk_start(OTEL_SDK_OPTIONS(.distro = distro, .settings = settings,
					       .setting_count = sizeof settings / sizeof *settings, .plugins = plugins,
					       .plugin_count = 1)) == OTEL_OK;
}

static otel_sdk_stats read_stats(void)
{
	otel_sdk_stats stats = {.size = sizeof stats};

	otel_sdk_get_stats(&stats);
	return stats;
}

static bool is_settled(const otel_sdk_stats *before, uint64_t items)
{
	const otel_sdk_stats now = read_stats();

	return now.items_accepted - before->items_accepted + now.items_dropped - before->items_dropped >= items;
}

static bool wait_for(const otel_sdk_stats *before, uint64_t items, uint64_t timeout_ms)
{
	struct timespec pause = {.tv_nsec = FIRST_LOOK_NS};
	const uint64_t deadline = clock_mono_ms() + timeout_ms;

	while (!is_settled(before, items)) {
		if (clock_mono_ms() >= deadline)
			return false;
		nanosleep(&pause, NULL);
		if (pause.tv_nsec < LAST_LOOK_NS)
			pause.tv_nsec *= 2; /* an answer takes microseconds, or long */
	}
	return true;
}

static void count(struct send_counts *counts, const otel_sdk_stats *before, bool is_whole)
{
	const otel_sdk_stats now = read_stats();
	const uint64_t again = now.retried - before->retried;
	const uint64_t in_vain = unconnected_take();

	counts->rejected += now.items_dropped - before->items_dropped;
	counts->retries += again > in_vain ? again - in_vain : 0;
	if (is_whole)
		counts->accepted = now.items_accepted;
}

enum send_outcome send_deliver(struct send_counts *counts, const struct send_input *input, uint64_t timeout_ms)
{
	const otel_sdk_stats before = read_stats();
	bool is_whole;

	if (!input->items)
		return SEND_SETTLED;
	switch (host->submit(own, (otel_signal)input->signal, input->request.data, input->request.len)) {
	case OTEL_OK:
		break;
	case OTEL_UNSUPPORTED:
		counts->sent += input->items;
		return SEND_NOBODY;
	default:
		counts->sent += input->items;
		counts->rejected += input->items;
		return SEND_TOO_LARGE;
	}
	counts->sent += input->items;
	is_whole = wait_for(&before, input->items, timeout_ms);
	count(counts, &before, is_whole);
	return is_whole ? SEND_SETTLED : SEND_LATE;
}

void send_delivery_end(struct send_counts *counts)
{
	const otel_status stopped = otel_sdk_stop(STOP_MS);

	(void)stopped; /* the counts tell more */
	counts->accepted = read_stats().items_accepted;
}
