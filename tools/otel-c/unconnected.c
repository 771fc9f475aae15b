/* SPDX-License-Identifier: Apache-2.0
 *
 * unconnected.c - counted on the pipeline thread.
 */
#include "tools/otel-c/unconnected.h"

#include <stdatomic.h>

#include "sdk/http_door.h"

static _Atomic uint64_t tries;

static void see(const otel_http_request *request, const otel_http_reply *reply)
{
	(void)request;
	switch (reply->error) {
	case OTEL_HTTP_REFUSED:
	case OTEL_HTTP_NAME:
	case OTEL_HTTP_CONNECT:
	case OTEL_HTTP_TLS:
		atomic_fetch_add(&tries, 1);
		break;
	default:
		break;
	}
}

void unconnected_watch(void)
{
	door_watch(see);
}

uint64_t unconnected_take(void)
{
	return atomic_exchange(&tries, 0);
}
