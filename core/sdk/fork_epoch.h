/* SPDX-License-Identifier: Apache-2.0
 *
 * fork_epoch.h - which process of a line of forks this is: goes up by one in each child. Spans of the parent process
 * record no more, but can be parents.
 *
 * The word lies in a page that the kernel wipes in every child (madvise(2), MADV_WIPEONFORK), so that a child of which
 * no atfork handler was told (a bare clone(2)) is noticed by the 0 that it finds.
 */
#ifndef OTEL_SDK_FORK_EPOCH_H
#define OTEL_SDK_FORK_EPOCH_H

#include <stdatomic.h>
#include <stdint.h>

extern _Atomic uint32_t *fork_epoch_word;

/* 1 to 65535; 0: in a child that nobody prepared; fork_epoch_recover() is due. */
static inline uint32_t fork_epoch(void)
{
	return atomic_load_explicit(fork_epoch_word, memory_order_relaxed);
}

/* Start thread, once. `recover` does in such a child what atfork handlers would have done, fork_epoch_advance()
 * included. */
void fork_epoch_setup(void (*recover)(void));

/* In the child. */
void fork_epoch_advance(void);

void fork_epoch_recover(void);

#endif
