/* SPDX-License-Identifier: Apache-2.0
 *
 * wake.h - a pipe that ends a poll(). Ours instead of libcurl's own, because libcurl would read from and write to its
 * numbers even after the host closed and re-used them.
 */
#ifndef OTEL_HTTP_WAKE_H
#define OTEL_HTTP_WAKE_H

/* The end to poll, made anew if the host closed it; -1 when there is none to be had. Pipeline thread. */
int wake_fd(void);
void wake_drain(void);

/* Any thread; no locks, keeps errno. */
void wake_signal(void);

/* In the child of a fork: closes what is still ours. */
void wake_abandon(void);

#endif
