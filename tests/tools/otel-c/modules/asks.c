/* SPDX-License-Identifier: Apache-2.0
 *
 * asks.c - a plugin that asks the host for what it may not have then, or in a wrong way: in setup(), configure(),
 * open() or in a call of a component.
 */
#include "base.h"

static const otel_host *host;
static otel_setup *self;
static unsigned rounds; /* of setup() */

UNUSED static void on_reply(void *arg, const otel_http_reply *reply)
{
	(void)arg, (void)reply;
}

UNUSED static void fire(void *arg)
{
	host->timer(self, 1, fire, arg);
}

UNUSED static void ask(const char *method, const char *url, const char *header)
{
	const otel_header headers[] = {{header, "1"}};
	const otel_http_request request = {
		.size = sizeof request, .method = method, .url = url, .headers = headers, .header_count = 1};
	host->http(self, &request, on_reply, NULL, NULL);
}

UNUSED static void ask_often(void)
{
	for (int i = 0; i < 100; i++)
		ask("GET", "http://127.0.0.1/", "x");
}

#ifndef IN_SETUP
#define IN_SETUP (void)0
#endif
#ifndef IN_CONFIGURE
#define IN_CONFIGURE (void)0
#endif
#ifndef IN_OPEN
#define IN_OPEN (void)0
#endif
#ifndef IN_DETECT
#define IN_DETECT (void)0
#endif
#ifndef STATUS
#define STATUS OTEL_OK
#endif
#ifndef OPEN_STATUS
#define OPEN_STATUS OTEL_OK
#endif

static otel_status open_detector(void *state, const otel_host *h, otel_setup *s)
{
	(void)state, (void)h, (void)s;
	IN_OPEN;
	return OPEN_STATUS;
}

static otel_status detect(void *state, otel_detect_op *op)
{
	(void)state;
	IN_DETECT;
	host->detect_finish(op, OTEL_NOT_FOUND, NULL, 0, NULL, NULL);
	return OTEL_OK;
}

static const otel_detector detector = {.component = {.size = sizeof detector, .open = open_detector}, .detect = detect};

#ifndef NAME
#define NAME "asks"
#endif
#ifndef KIND
#define KIND OTEL_COMPONENT_DETECTOR
#endif
#ifndef VTABLE
#define VTABLE &detector
#endif

UNUSED static const otel_detector small = {.component = {.size = 8}, .detect = detect};
UNUSED static const otel_detector large = {.component = {.size = sizeof large, .state_size = 1u << 30},
					   .detect = detect};
UNUSED static const otel_detector empty = {.component = {.size = sizeof empty}};

static otel_status setup(const otel_host *h, otel_setup *s)
{
	host = h, self = s;
	rounds++;
	IN_SETUP;
	host->add(self, KIND, NAME, VTABLE, NULL);
	return STATUS;
}

static otel_status configure(const otel_host *h, otel_setup *s)
{
	(void)h, (void)s;
	IN_CONFIGURE;
	return OTEL_OK;
}

static const otel_config_row row = {"asks", "token", "ASKS_TOKEN", OTEL_CONFIG_STRING, OTEL_CONFIG_SECRET,
				    NULL,   NULL,    "Token."};
PLUGIN("asks", .rows = &row, .row_count = 1, .configure = configure);
