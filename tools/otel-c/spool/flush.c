/* SPDX-License-Identifier: Apache-2.0
 *
 * flush.c - starts the SDK as a program would, with nothing to do but to replay, and waits until it has.
 */
#include "tools/otel-c/spool/flush.h"

#include <errno.h>
#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <otel/sdk.h>

#include "sdk/pipeline_state.h"
#include "sdk/stats.h"
#include "spool/spool.h"
#include "tools/otel-c/command.h"
#include "tools/otel-c/home.h"
#include "tools/otel-c/spool/places.h"
#include "tools/otel-c/spool/summary.h"
#include "tools/otel-c/unconnected.h"
#include "util/clock.h"

enum { EXIT_UNDELIVERED = 3, STOP_MS = 1000, LOOK_NS = 5000000 };

/* Code wins over what is configured: nothing is made here, and whoever waits sets the limit. */
static bool start(const char *distro, const char *directory)
{
	const otel_setting settings[] = {
		{"metrics.producers", ""},      {"resource.detectors", "none"}, {"export.retry_elapsed", "0"},
		{"sdk.self_metrics", "false"},  {"sdk.worker", "start"},        {"spool.mode", "undelivered"},
		{"spool.directory", directory},
	};
	const size_t count = sizeof settings / sizeof *settings;

	return otel_sdk_start(OTEL_SDK_OPTIONS(.distro = distro, .settings = settings,
					       .setting_count = directory ? count : count - 1)) == OTEL_OK;
}

/* With the configured spool, or else with the one that is here. */
static bool start_found(const char *distro)
{
	struct spool_places places;
	bool is_started = start(distro, NULL);

	if (!is_started || spool_is_on())
		return is_started;
	spool_places_find(&places);
	if (places.count == 1) {
		is_started = otel_sdk_stop(STOP_MS) != OTEL_TIMEOUT && start(distro, places.names[0]);
	} else {
		fprintf(stderr, "otel-c spool flush: no spool is configured, and there %s here; name one\n",
			places.count ? "are several" : "is none");
		is_started = false;
	}
	spool_places_free(&places);
	return is_started;
}

/* ---- waiting ---- */

static bool is_done(void)
{
	bool is_busy = false;

	pthread_mutex_lock(&pl.work);
	for (size_t i = 0; i < pl.queue_count; i++)
		is_busy = is_busy || pl.queues[i].replay.is_due || pl.queues[i].replay.is_under_way;
	pthread_mutex_unlock(&pl.work);
	return !is_busy;
}

static uint64_t settled(void)
{
	return atomic_load(&stats.replayed) + atomic_load(&stats.replay_rejected);
}

/* Until all is through, or nothing was for so long. */
static bool wait_for_all(uint64_t timeout_ms)
{
	const struct timespec pause = {.tv_nsec = LOOK_NS};
	uint64_t seen = settled(), since = clock_mono_ms();

	while (!is_done()) {
		if (settled() != seen) {
			seen = settled();
			since = clock_mono_ms();
		}
		if (clock_mono_ms() - since >= timeout_ms)
			return false;
		nanosleep(&pause, NULL);
	}
	return true;
}

/* ---- what became of it ---- */

static void say_left(const struct spool_summary *summary, bool is_whole, uint64_t timeout_ms)
{
	if (!is_whole)
		fprintf(stderr, "otel-c spool flush: nothing could be delivered for %" PRIu64 " s\n",
			timeout_ms / 1000);
	for (size_t i = 0; i < summary->row_count; i++) {
		const struct spool_row *row = &summary->rows[i];
		const uint64_t waiting = row->items - row->taken_items;
		if (waiting)
			fprintf(stderr, "otel-c spool flush: %" PRIu64 " %s for exporter \"%s\" undelivered%s\n",
				waiting, spool_items_word(row->signal, waiting), row->exporter,
				is_whole ? ": it is not among the exporters that are configured here" : "");
		if (row->taken_items)
			fprintf(stderr, "otel-c spool flush: %" PRIu64 " %s left to running processes\n",
				row->taken_items, spool_items_word(row->signal, row->taken_items));
	}
}

static int report(bool is_whole, uint64_t timeout_ms)
{
	const uint64_t rejected = atomic_load(&stats.replay_rejected), tries = atomic_load(&stats.retried);
	const uint64_t unsent = unconnected_take();
	struct spool_summary summary;
	const char *why = spool_summarise(&summary, spool_path(), true);

	printf("%" PRIu64 " accepted, %" PRIu64 " rejected, %" PRIu64 " retries\n", atomic_load(&stats.replayed),
	       rejected, tries > unsent ? tries - unsent : 0);
	if (fflush(stdout)) {
		fprintf(stderr, "otel-c spool flush: standard output: %s\n", strerror(errno));
		return EXIT_FAILED;
	}
	if (why) {
		fprintf(stderr, "otel-c spool flush: %s: %s\n", spool_path(), why);
		return EXIT_UNDELIVERED;
	}
	say_left(&summary, is_whole, timeout_ms);
	if (summary.waiting_items || !is_whole)
		return EXIT_UNDELIVERED;
	return rejected ? EXIT_FAILED : EXIT_DONE;
}

int spool_flush(const struct spool_command_options *options)
{
	bool is_whole;

	home_find();
	unconnected_watch();
	spooling_hurry();
	if (!(options->directory ? start(options->distro, options->directory) : start_found(options->distro))) {
		fputs("otel-c spool flush: nothing was sent\n", stderr);
		return EXIT_UNDELIVERED;
	}
	is_whole = wait_for_all(options->timeout_ms);
	const otel_status stopped = otel_sdk_stop(STOP_MS);
	(void)stopped; /* the counts tell more */
	return report(is_whole, options->timeout_ms);
}
