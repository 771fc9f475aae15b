/* SPDX-License-Identifier: Apache-2.0
 *
 * spool.c - see the header.
 */
#include "spool/spool.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "spool/spool_backlog.h"
#include "spool/spool_dir.h"
#include "spool/spool_file.h"
#include "spool/spool_lease.h"
#include "util/clock.h"
#include "util/diag.h"
#include "util/rand.h"

enum {
	PAUSE_MS = 1000, /* after what went wrong: most of it does not pass at once */
	LOOK_MS = 1000, /* how long a look counts for the quota */
	BACKLOGS = 8 /* exporters */
};

static struct {
	bool is_on;
	char path[PATH_MAX];
	struct spool_options options;
	uint64_t origin; /* 0: none yet */
	uint32_t stored;
	struct spool_lease lease;
	uint64_t paused_until;
	uint64_t looked_at; /* 0: never */
	struct spool_usage usage;
	struct spool_backlog backlogs[BACKLOGS];
	size_t backlog_count;
} spool = {.lease = {.fd = -1}};

/* ---- set-up ---- */

static bool make_absolute(const char *directory)
{
	char here[PATH_MAX];
	int n;

	if (*directory == '/')
		n = snprintf(spool.path, sizeof spool.path, "%s", directory);
	else if (!getcwd(here, sizeof here))
		return false;
	else
		n = snprintf(spool.path, sizeof spool.path, "%s/%s", here, directory);
	return n > 0 && (size_t)n < sizeof spool.path;
}

void spool_setup(const struct spool_options *options)
{
	spool.is_on = false;
	spool.paused_until = spool.looked_at = 0;
	spool.backlog_count = 0;
	if (!options || !options->directory || !*options->directory)
		return;
	if (!make_absolute(options->directory)) {
		diag(DIAG_WARN, "%s: \"%s\" cannot be used: the path is too long, or the current directory unknown",
		     options->origin, options->directory);
		return;
	}
	spool.options = *options;
	spool.options.directory = spool.path;
	spool.is_on = true;
}

bool spool_is_on(void)
{
	return spool.is_on;
}

const char *spool_path(void)
{
	return spool.path;
}

bool spool_is_own(const struct spool_name *file)
{
	return spool.origin && file->origin == spool.origin;
}

/* ---- what goes wrong ---- */

static void complain(const char *why)
{
	diag(DIAG_WARN, "%s: the spool \"%s\" cannot be used: %s; what is not delivered stays in memory only",
	     spool.options.origin, spool.path, why);
	spool.paused_until = clock_mono_ms() + PAUSE_MS;
}

static void say_quarantined(const char *file, const char *why)
{
	diag(DIAG_WARN, "%s: \"%s/%s\" is left aside: %s", spool.options.origin, spool.path, file, why);
}

/* ---- opening ---- */

static uint64_t new_origin(void)
{
	struct rand_state random;

	rand_seed(&random);
	return rand_next(&random) | 1;
}

static int open_dir(bool create)
{
	const char *why;
	const int dir = spool.is_on ? spool_dir_open(spool.path, create, &why) : -1;

	if (spool.is_on && dir < 0 && why)
		complain(why);
	return dir;
}

static bool have_lease(int dir)
{
	if (spool_lease_holds(&spool.lease))
		return true;
	spool_lease_forget(&spool.lease);
	const char *why = spool_lease_take(&spool.lease, dir);
	if (why) {
		complain(why);
		return false;
	}
	spool_dir_mark(dir);
	return true;
}

/* The directory with a lease of this process in it; -1: cannot be had, which was said unless it does not exist. */
static int open_leased(bool create)
{
	const int dir = open_dir(create);

	if (dir < 0 || have_lease(dir))
		return dir;
	close(dir);
	return -1;
}

/* ---- looking through it ---- */

struct look {
	int dir;
	uint64_t now_ms;
};

static void see(void *arg, const struct spool_name *name, enum spool_standing standing)
{
	const struct look *look = arg;

	if (standing == SPOOL_LITTER) {
		spool_file_remove(look->dir, name);
		return;
	}
	if (spool_quota_is_expired(&spool.options.quota, name, standing, look->now_ms)) {
		if (spool_file_remove(look->dir, name) && standing == SPOOL_WAITING)
			spool.options.on_expired(name);
		return;
	}
	spool_quota_count(&spool.usage, name, standing);
	for (size_t i = 0; standing == SPOOL_WAITING && i < spool.backlog_count; i++)
		spool_backlog_offer(&spool.backlogs[i], name);
}

static void look_through(int dir)
{
	struct look look = {.dir = dir, .now_ms = clock_unix_ns() / 1000000};

	spool.usage = (struct spool_usage){0};
	for (size_t i = 0; i < spool.backlog_count; i++) {
		struct spool_backlog *backlog = &spool.backlogs[i];
		spool_backlog_init(backlog, backlog->exporter, backlog->signals);
	}
	spool_survey(dir, spool.lease.owner, see, &look);
	spool.looked_at = clock_mono_ms();
}

/* ---- storing ---- */

static bool has_room(int dir, uint64_t bytes)
{
	const struct spool_quota *quota = &spool.options.quota;

	if (!spool.looked_at || clock_mono_ms() - spool.looked_at >= LOOK_MS ||
	    spool_quota_is_near(quota, &spool.usage, bytes))
		look_through(dir);
	return spool_quota_has_room(quota, &spool.usage, bytes);
}

static bool store_in(int dir, struct spool_record *record, bool hold, struct spool_name *file)
{
	uint8_t head[SPOOL_HEAD_MAX];

	record->stored_ms = clock_unix_ns() / 1000000;
	const size_t head_len = spool_record_head(record, head);
	if (!head_len) {
		complain("a batch is larger than 64 MiB, or its exporter has no name that can be written");
		return false;
	}
	*file = (struct spool_name){.stored_ms = record->stored_ms,
				    .origin = spool.origin,
				    .number = ++spool.stored,
				    .exporter = spool_exporter_number(record->exporter),
				    .signal = record->signal,
				    .items = record->items,
				    .bytes = head_len + record->len,
				    .state = hold ? SPOOL_HELD : SPOOL_FREE,
				    .owner = hold ? spool.lease.owner : 0};
	if (!has_room(dir, file->bytes)) {
		complain("what may lie in it ([spool] max_bytes, or 16384 files) is used up");
		return false;
	}
	const int error = spool_file_write(dir, file, spool.lease.owner, head, head_len, record);
	if (error) {
		complain(strerrordesc_np(error));
		return false;
	}
	spool_quota_count(&spool.usage, file, SPOOL_WAITING);
	return true;
}

bool spool_store(struct spool_record *record, bool hold, struct spool_name *file)
{
	if (!spool.is_on || clock_mono_ms() < spool.paused_until)
		return false;
	if (!spool.origin)
		spool.origin = new_origin();
	const int dir = open_leased(true);
	if (dir < 0)
		return false;
	const bool is_stored = store_in(dir, record, hold, file);
	close(dir);
	return is_stored;
}

/* ---- what is held ---- */

bool spool_hold(struct spool_name *file)
{
	if (file->owner == spool.lease.owner && spool_lease_holds(&spool.lease))
		return true;
	const int dir = open_leased(false);
	if (dir < 0)
		return false;
	const bool is_held = spool_file_move(dir, file, SPOOL_HELD, spool.lease.owner);
	close(dir);
	return is_held;
}

void spool_release(struct spool_name *file)
{
	const int dir = open_dir(false);

	if (dir < 0)
		return;
	spool_file_move(dir, file, SPOOL_FREE, 0); /* if it fails, it is free when this process ends */
	close(dir);
}

void spool_remove(const struct spool_name *file)
{
	const int dir = open_dir(false);

	if (dir < 0)
		return;
	if (spool_file_remove(dir, file) && spool.usage.files) {
		spool.usage.bytes -= file->bytes < spool.usage.bytes ? file->bytes : spool.usage.bytes;
		spool.usage.files--;
	}
	close(dir);
}

static void put_aside(int dir, struct spool_name *file, const char *why)
{
	char text[SPOOL_FILE_NAME_MAX];

	if (!spool_file_move(dir, file, SPOOL_BAD, 0))
		return;
	spool_name_write(file, text);
	say_quarantined(text, why);
}

void spool_quarantine(struct spool_name *file, const char *why)
{
	const int dir = open_dir(false);

	if (dir < 0)
		return;
	put_aside(dir, file, why);
	close(dir);
}

/* ---- what waits ---- */

static struct spool_backlog *backlog_for(const char *exporter, uint32_t signals)
{
	const uint32_t number = spool_exporter_number(exporter);

	for (size_t i = 0; i < spool.backlog_count; i++)
		if (spool.backlogs[i].exporter == number && spool.backlogs[i].signals == signals)
			return &spool.backlogs[i];
	if (spool.backlog_count == BACKLOGS)
		return NULL;
	struct spool_backlog *backlog = &spool.backlogs[spool.backlog_count++];
	spool_backlog_init(backlog, number, signals);
	return backlog;
}

/* Whether to go on with the next one. */
static bool is_useless(int dir, struct spool_name *file, enum spool_got got, const char *why)
{
	switch (got) {
	case SPOOL_GOT:
		return false;
	case SPOOL_GONE:
		return true;
	case SPOOL_DAMAGED:
		put_aside(dir, file, why);
		return true;
	case SPOOL_UNREADABLE:
		break;
	}
	spool_file_move(dir, file, SPOOL_FREE, 0);
	complain(why);
	return false;
}

static bool next_in(int dir, struct spool_backlog *backlog, struct spool_name *file, struct spool_record *record,
		    uint8_t **memory)
{
	struct spool_name *found;
	enum spool_got got = SPOOL_GONE;
	const char *why;

	while (got != SPOOL_GOT && (found = spool_backlog_pop(backlog))) {
		*file = *found;
		if (!spool_file_move(dir, file, SPOOL_HELD, spool.lease.owner))
			continue; /* somebody was faster */
		got = spool_file_read(dir, file, record, memory, &why);
		if (got != SPOOL_GOT && !is_useless(dir, file, got, why))
			break;
	}
	return got == SPOOL_GOT;
}

bool spool_next(const char *exporter, uint32_t signals, struct spool_name *file, struct spool_record *record,
		uint8_t **memory)
{
	struct spool_backlog *backlog = backlog_for(exporter, signals);

	if (!backlog || !spool.is_on || clock_mono_ms() < spool.paused_until)
		return false;
	const int dir = open_leased(false);
	if (dir < 0)
		return false;
	bool is_found = next_in(dir, backlog, file, record, memory);
	if (!is_found) {
		look_through(dir);
		is_found = next_in(dir, backlog, file, record, memory);
	}
	close(dir);
	return is_found;
}

/* ---- ends ---- */

void spool_end(void)
{
	const char *why;
	const int dir = spool.lease.owner && spool.is_on ? spool_dir_open(spool.path, false, &why) : -1;

	spool_lease_end(&spool.lease, dir);
	if (dir >= 0)
		close(dir);
}

void spool_fork_child(void)
{
	spool_lease_forget(&spool.lease);
	spool.origin = 0;
	spool.stored = 0;
	spool.looked_at = spool.paused_until = 0;
	for (size_t i = 0; i < spool.backlog_count; i++)
		spool.backlogs[i].next = spool.backlogs[i].count = 0;
}
