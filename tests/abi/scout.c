/* SPDX-License-Identifier: Apache-2.0
 *
 * scout.c - a vendor's detectors, written against otel/plugin.h alone, that live on what ABI 1.2 added: they ask a
 * metadata service over the network, wait for a timer, answer twice, or never.
 */
#include <otel/plugin.h>

#include <stdio.h>
#include <string.h>

struct scout {
	const otel_host *host;
	otel_setup *setup;
	const char *base; /* SCOUT_URL */
	otel_detect_op *op;
	otel_http_call *call;
};

static otel_status open_scout(void *self, const otel_host *host, otel_setup *setup)
{
	struct scout *scout = self;

	if (!OTEL_OFFERS(host, detect_finish) || !OTEL_OFFERS(host, timer)) {
		host->log(setup, OTEL_LOG_ERROR, "this otel-c has no detectors of ABI 1.2");
		return OTEL_FAILED;
	}
	*scout = (struct scout){.host = host, .setup = setup, .base = host->env(setup, "SCOUT_URL")};
	return OTEL_OK;
}

static otel_attr text(const char *key, const char *value)
{
	return (otel_attr){.key = key,
			   .key_len = strlen(key),
			   .value.str = value,
			   .count = strlen(value),
			   .type = OTEL_ATTR_STRING};
}

static void find(const struct scout *scout, const char *key, const char *value)
{
	const otel_attr attrs[] = {text(key, value), text("cloud.provider", "scout")};

	scout->host->detect_finish(scout->op, OTEL_OK, attrs, 2, NULL, NULL);
}

/* ---- over the network: first a token, then the answer ---- */

static otel_status ask(struct scout *scout, const char *path, const char *token,
		       void (*on_reply)(void *arg, const otel_http_reply *reply))
{
	char url[512];
	const otel_header header = {"X-Token", token};
	const otel_http_request request = {.size = sizeof request,
					   .method = token ? "GET" : "PUT",
					   .url = url,
					   .headers = &header,
					   .header_count = token ? 1 : 0,
					   .timeout_ms = 60000};

	if (!scout->base)
		return OTEL_NOT_FOUND;
	snprintf(url, sizeof url, "%s%s", scout->base, path);
	return scout->host->http(scout->setup, &request, on_reply, scout, &scout->call);
}

static void on_answer(void *self, const otel_http_reply *reply)
{
	struct scout *scout = self;
	char value[64];

	scout->call = NULL;
	if (reply->error || reply->status != 200) {
		scout->host->detect_finish(scout->op, OTEL_FAILED, NULL, 0, NULL, reply->message);
		return;
	}
	snprintf(value, sizeof value, "%.*s", (int)reply->body_len, (const char *)reply->body);
	find(scout, "host.type", value);
}

static void on_token(void *self, const otel_http_reply *reply)
{
	struct scout *scout = self;
	char token[64];

	scout->call = NULL;
	if (reply->error) {
		scout->host->detect_finish(scout->op, OTEL_FAILED, NULL, 0, NULL, reply->message);
		return;
	}
	snprintf(token, sizeof token, "%.*s", (int)reply->body_len, (const char *)reply->body);
	if (ask(scout, "/slow", token, on_answer))
		scout->host->detect_finish(scout->op, OTEL_FAILED, NULL, 0, NULL, "the second request was not taken");
}

static otel_status detect(void *self, otel_detect_op *op)
{
	struct scout *scout = self;

	scout->op = op;
	return ask(scout, "/token", NULL, on_token);
}

static otel_status detect_hung(void *self, otel_detect_op *op)
{
	struct scout *scout = self;

	scout->op = op;
	return ask(scout, "/hang", "none", on_answer);
}

static void cancel(void *self, otel_detect_op *op)
{
	struct scout *scout = self;

	(void)op;
	if (scout->call)
		scout->host->http_cancel(scout->call);
}

/* ---- with a timer ---- */

static void on_time(void *self)
{
	find(self, "host.image.id", "timed");
}

static otel_status detect_timed(void *self, otel_detect_op *op)
{
	struct scout *scout = self;

	scout->op = op;
	return scout->host->timer(scout->setup, 50, on_time, scout);
}

/* ---- in bad form ---- */

static otel_status detect_twice(void *self, otel_detect_op *op)
{
	struct scout *scout = self;

	scout->op = op;
	find(scout, "host.image.name", "first");
	find(scout, "host.image.name", "second");
	return OTEL_OK;
}

static otel_status detect_never(void *self, otel_detect_op *op)
{
	(void)self;
	(void)op;
	return OTEL_OK;
}

#define SCOUT(function, on_cancel)                                                                                     \
	{                                                                                                              \
		.component = {.size = sizeof(otel_detector), .state_size = sizeof(struct scout), .open = open_scout},  \
		.detect = function, .cancel = on_cancel,                                                               \
	}

static const otel_detector scout = SCOUT(detect, cancel);
static const otel_detector hung = SCOUT(detect_hung, cancel);
static const otel_detector timed = SCOUT(detect_timed, NULL);
static const otel_detector twice = SCOUT(detect_twice, NULL);
static const otel_detector never = SCOUT(detect_never, NULL);

static otel_status set_up(const otel_host *host, otel_setup *setup)
{
	static const struct {
		const char *name;
		const otel_detector *detector;
	} list[] = {{"scout", &scout},
		    {"scout_hung", &hung},
		    {"scout_timed", &timed},
		    {"scout_twice", &twice},
		    {"scout_never", &never}};
	otel_status status = OTEL_OK;

	for (size_t i = 0; i < sizeof list / sizeof *list && !status; i++)
		status = host->add(setup, OTEL_COMPONENT_DETECTOR, list[i].name, list[i].detector, NULL);
	return status;
}

const otel_plugin otel_plugin_v1 = {
	.size = sizeof(otel_plugin),
	.abi_major = OTEL_PLUGIN_ABI_MAJOR,
	.abi_minor = OTEL_PLUGIN_ABI_MINOR,
	.name = "scout",
	.version = "1.2.3",
	.license = "Apache-2.0",
	.setup = set_up,
};
