/* SPDX-License-Identifier: Apache-2.0
 *
 * spool_account.c - see the header.
 */
#include "sdk/spool_account.h"

#include <stdlib.h>

#include "sdk/stats.h"

enum { FILES_MAX = 16384 }; /* as many as a spool may hold: what falls out of the ring is gone from there, too */

struct spool_account {
	uint32_t files; /* in the spool */
	uint32_t items; /* counted as spooled */
	uint32_t rejected;
	uint32_t expired;
	bool are_spans;
	bool is_settled;
};

static struct {
	uint32_t number;
	struct spool_account *account; /* NULL: closed */
} files[FILES_MAX];
static size_t next_file, file_count;

static uint32_t least(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

static void move_to(_Atomic uint64_t *spooled, _Atomic uint64_t *accepted, const struct spool_account *account)
{
	stats_add(spooled, 0 - (uint64_t)account->items);
	stats_add(accepted, account->items - account->rejected - account->expired);
}

/* Nothing of it is in the spool any more. */
static void balance(struct spool_account *account)
{
	account->rejected = least(account->rejected, account->items);
	account->expired = least(account->expired, account->items - account->rejected);
	if (account->are_spans) {
		move_to(&stats.spooled, &stats.accepted, account);
		stats_add(&stats.dropped_rejected, account->rejected);
		stats_add(&stats.dropped_retry, account->expired);
	} else {
		move_to(&stats.submitted_spooled, &stats.submitted_accepted, account);
		stats_add(&stats.submitted_dropped, account->rejected + account->expired);
	}
	free(account);
}

/* One that fell out of the ring is not known any more. */
static void lose(struct spool_account *account)
{
	if (!account)
		return;
	account->expired = account->rejected = 0;
	if (--account->files == 0 && account->is_settled)
		free(account);
}

void spool_account_add(struct spool_account **account, uint32_t number)
{
	if (!*account)
		*account = calloc(1, sizeof **account);
	if (!*account)
		return;
	(*account)->files++;
	if (file_count == FILES_MAX)
		lose(files[next_file].account);
	else
		file_count++;
	files[next_file].number = number;
	files[next_file].account = *account;
	next_file = (next_file + 1) % FILES_MAX;
}

void spool_account_settle(struct spool_account *account, uint32_t items, bool are_spans)
{
	if (!account)
		return;
	account->items = items;
	account->are_spans = are_spans;
	account->is_settled = true;
	if (!account->files)
		balance(account);
}

/* FILES_MAX: not known. */
static size_t find(uint32_t number)
{
	for (size_t i = 0; i < file_count; i++)
		if (files[i].account && files[i].number == number)
			return i;
	return FILES_MAX;
}

bool spool_account_close(uint32_t number, uint32_t rejected, uint32_t expired)
{
	const size_t at = find(number);

	if (at == FILES_MAX)
		return false;
	struct spool_account *account = files[at].account;
	files[at].account = NULL;
	account->rejected += rejected;
	account->expired += expired;
	if (--account->files == 0 && account->is_settled)
		balance(account);
	return true;
}

bool spool_account_move(uint32_t from, uint32_t to, uint32_t rejected)
{
	const size_t at = find(from);

	if (at == FILES_MAX)
		return false;
	files[at].number = to;
	files[at].account->rejected += rejected;
	return true;
}

void spool_account_reset(void)
{
	for (size_t i = 0; i < file_count; i++)
		lose(files[i].account);
	spool_account_forget();
}

void spool_account_forget(void)
{
	next_file = file_count = 0;
}
