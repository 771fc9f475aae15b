/* SPDX-License-Identifier: Apache-2.0
 *
 * net_lock.h - held inside ld.so, libcurl and the resolver, so that no fork happens there (the child would find their
 * locks taken for ever).
 */
#ifndef OTEL_API_NET_LOCK_H
#define OTEL_API_NET_LOCK_H

#include <stdbool.h>

/* Re-entrant. timeout_ms < 0 waits for ever, 0 not at all. false: not had in time. */
bool net_lock(int timeout_ms);
void net_unlock(void);

bool net_lock_is_mine(void);

/* In the child of a fork: made anew, and held by the one thread there is; as deep as before if it held it already. */
void net_lock_child(void);

#endif
