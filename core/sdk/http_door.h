/* SPDX-License-Identifier: Apache-2.0
 *
 * http_door.h - the pipeline's side of http.so: loads it when the first request is made, keeps the requests, and
 * sleeps in it or on a futex.
 *
 * Requests are copied and handed to http.so by door_drive(), so nothing but that call ever needs net_lock.
 */
#ifndef OTEL_SDK_HTTP_DOOR_H
#define OTEL_SDK_HTTP_DOOR_H

#include <otel/plugin.h>

#include "api/slot.h"

struct door_options {
	const struct otel_boot *boot;
	const struct otel_slot *slot;
	const char *user_agent;
};

/* Start thread. The strings must live as long as the pipeline. */
void door_setup(const struct door_options *options);

/* Loads http.so now, on this thread. Not OTEL_OK: said in one line; requests get OTEL_HTTP_UNAVAILABLE. */
otel_status door_load(void);

/* As otel_host.http and http_cancel, from any thread. */
otel_status door_request(const otel_http_request *request, void (*on_reply)(void *arg, const otel_http_reply *reply),
			 void *arg, otel_http_call **call);
void door_cancel(otel_http_call *call);

/* Pipeline thread. drive: hands over new and cancelled requests and moves transfers on, under net_lock. deliver: calls
 * on_reply of what is finished, and authenticators for what waits for them, with nothing locked; returns how many were
 * answered. */
void door_drive(void);
size_t door_deliver(void);

/* When door_deliver() has something to do without anything new happening, milliseconds; UINT64_MAX = never. */
uint64_t door_due(void);

/* The pipeline ends: what is still here is cancelled by the next door_drive() and answered by the next door_deliver(),
 * and nothing new is taken until door_setup(). */
void door_close(void);

/* http.so will not be loaded: nothing can be sent over the network. Pipeline thread. */
bool door_is_shut(void);

/* For tools, before there is a pipeline: saw() is called on the pipeline thread with every request that was answered,
 * before whoever made it gets the answer. */
void door_watch(void (*saw)(const otel_http_request *request, const otel_http_reply *reply));

/* Requests that are not answered yet? */
bool door_is_busy(void);

/* Requests or cancellations that door_drive() has not seen? */
bool door_has_news(void);

/* Pipeline thread: sleeps until a socket moves, door_wake() was called, or the time is up. */
void door_wait(uint32_t timeout_ms);

/* Any thread; no locks, keeps errno. Cheap when nobody sleeps or was woken already. */
void door_wake(void);

/* atfork, with net_lock held. The child's requests are answered with OTEL_HTTP_CANCELLED by its first door_deliver():
 * their exporters must not wait for ever. */
void door_fork_prepare(void);
void door_fork_parent(void);
void door_fork_child(void);

#endif
