/* SPDX-License-Identifier: Apache-2.0
 *
 * spool_account.h - what this process put into the spool, and what became of it here: so that created = accepted +
 * dropped + queued + spooled stays true when a batch comes back from the spool and is delivered, or is too old.
 *
 * What other processes deliver stays "spooled" for this one: it left by that way. Pipeline thread only.
 */
#ifndef OTEL_SDK_SPOOL_ACCOUNT_H
#define OTEL_SDK_SPOOL_ACCOUNT_H

#include <stdbool.h>
#include <stdint.h>

/* Of one batch, whose exporters may have left one file each or more. */
struct spool_account;

/* One more file, by its number. *account: NULL for a batch without files so far. Out of memory, the batch has no
 * account: it stays spooled. */
void spool_account_add(struct spool_account **account, uint32_t number);

/* The batch is settled; so many of its items were counted as spooled. NULL: nothing. */
void spool_account_settle(struct spool_account *account, uint32_t items, bool are_spans);

/* How a file ended in this process: so many of its items were refused, or were too old; the others are accepted. false:
 * not known here. */
bool spool_account_close(uint32_t number, uint32_t rejected, uint32_t expired);

/* What was left of one file lies in another one now; so many items of the first were refused. false: as above. */
bool spool_account_move(uint32_t from, uint32_t to, uint32_t rejected);

void spool_account_reset(void); /* a new round: nothing is known any more */
void spool_account_forget(void); /* the same in the child of a fork, where nothing may be freed */

#endif
