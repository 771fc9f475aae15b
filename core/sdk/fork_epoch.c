/* SPDX-License-Identifier: Apache-2.0
 *
 * fork_epoch.c - the page that is wiped.
 */
#include "sdk/fork_epoch.h"

#include <errno.h>
#include <sched.h>
#include <stddef.h>
#include <sys/mman.h>
#include <unistd.h>

struct page {
	_Atomic uint32_t epoch;
	_Atomic uint32_t claimed; /* somebody recovers */
};

static struct page plain = {.epoch = 1}; /* where pages cannot be wiped, bare clones go unnoticed */
static struct page *page = &plain;
static uint32_t last = 1; /* the epoch before a wipe */
static void (*recovery)(void);

_Atomic uint32_t *fork_epoch_word = &plain.epoch;

static struct page *map_page(void)
{
	const int saved = errno;
	const size_t size = (size_t)sysconf(_SC_PAGESIZE);
	struct page *mapped = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (mapped == MAP_FAILED) {
		mapped = NULL;
	} else if (madvise(mapped, size, MADV_WIPEONFORK)) {
		munmap(mapped, size);
		mapped = NULL;
	}
	errno = saved;
	return mapped;
}

void fork_epoch_setup(void (*recover)(void))
{
	recovery = recover;
	if (page != &plain)
		return;
	struct page *wiped = map_page();
	if (!wiped)
		return;
	atomic_store(&wiped->epoch, last);
	page = wiped;
	fork_epoch_word = &wiped->epoch;
}

void fork_epoch_advance(void)
{
	last = last % 0xffff + 1;
	atomic_store(&page->epoch, last);
}

void fork_epoch_recover(void)
{
	if (fork_epoch())
		return;
	if (!atomic_exchange(&page->claimed, 1)) {
		if (recovery)
			recovery();
		if (!fork_epoch())
			fork_epoch_advance();
		return;
	}
	while (!fork_epoch())
		sched_yield();
}
