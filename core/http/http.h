/* SPDX-License-Identifier: Apache-2.0
 *
 * http.h - the door to the network: what http.so (the one user of libcurl) offers to libotel_sdk.
 *
 * No plugin ABI: both sides are of the same build, and the version strings must be equal. Loaded by the pipeline
 * thread when the first request is made, under net_lock. All calls come from the pipeline thread except wake().
 * Locking: the caller holds net_lock around open(), submit(), drive() and cancel(); wait() runs without it.
 */
#ifndef OTEL_HTTP_HTTP_H
#define OTEL_HTTP_HTTP_H

#include <otel/plugin.h>

#include "util/boot.h"

#define OTEL_HTTP_SYMBOL "otel_http_v1"

struct http_env {
	const struct otel_boot *boot; /* proxies come from here, never from getenv */
	const char *user_agent; /* "OTel-OTLP-Exporter-C/0.1.0", perhaps with a distro's product before it */
	/* Registers the exit handler of the SDK; open() calls it when the TLS library knows its own, before libcurl is
	 * set up: a program that exits meanwhile waits for net_lock before anything is torn down. */
	void (*exit_arm)(void);
};

struct http_module {
	size_t size;
	const char *version; /* OTEL_C_VERSION */

	otel_status (*open)(const struct http_env *env);
	/* As otel_host.http. */
	otel_status (*submit)(const otel_http_request *request,
			      void (*on_reply)(void *arg, const otel_http_reply *reply), void *arg,
			      otel_http_call **call);
	void (*cancel)(otel_http_call *call);
	/* Moves all transfers on, without blocking, and sets finished ones aside. */
	void (*drive)(void);
	/* Calls on_reply of what drive() and cancel() set aside. Without net_lock. Returns how many. */
	size_t (*deliver)(void);
	/* Sleeps until a socket is ready, wake() was called, or the time is up. */
	void (*wait)(uint32_t timeout_ms);
	/* Ends a wait(), or the next one. Any thread; no locks, keeps errno. */
	void (*wake)(void);
	size_t (*running)(void); /* requests not yet delivered */
	/* In the child of a fork: closes our sockets by number where they are still ours, forgets everything else
	 * without a call into libcurl. open() may follow. */
	void (*abandon)(void);
};

#endif
