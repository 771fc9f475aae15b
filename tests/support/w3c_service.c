/* SPDX-License-Identifier: Apache-2.0
 *
 * w3c_service.c - `w3c_service PORT`: the service that the validation suite of W3C Trace Context asks for, instrumented
 * with the public API. On POST /test with a list of {"url": …, "arguments": …} it posts the arguments to each url, in
 * the context of the request, and answers 200 when all are done. Port 0 is any free one; the address is printed.
 */
#include <otel/otel.h>
#include <otel/sdk.h>

#include <jansson.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "w3c_call.h"

#define BODY_MAX (1u << 20)

/* ---- the headers of a request, as a carrier ---- */

struct search {
	const char *name; /* NULL: any */
	size_t index;
	const char *found_name;
	const char *found_value;
};

static enum MHD_Result look(void *arg, enum MHD_ValueKind kind, const char *name, const char *value)
{
	struct search *search = arg;

	(void)kind;
	if (search->name && strcasecmp(search->name, name) != 0)
		return MHD_YES;
	if (search->index--)
		return MHD_YES;
	search->found_name = name;
	search->found_value = value ? value : "";
	return MHD_NO;
}

static const char *header_get(void *self, const char *name, size_t index)
{
	struct search search = {.name = name, .index = index};

	MHD_get_connection_values(self, MHD_HEADER_KIND, look, &search);
	return search.found_value;
}

static const char *header_key(void *self, size_t index)
{
	struct search search = {.index = index};

	MHD_get_connection_values(self, MHD_HEADER_KIND, look, &search);
	return search.found_name;
}

static otel_context *context_of(struct MHD_Connection *connection)
{
	const otel_carrier carrier = {.size = sizeof carrier, .self = connection, .get = header_get, .key = header_key};

	return otel_extract(NULL, &carrier);
}

/* ---- answering ---- */

struct body {
	char *text;
	size_t len;
};

static enum MHD_Result answer(struct MHD_Connection *connection, unsigned status, const char *text)
{
	struct MHD_Response *response =
		MHD_create_response_from_buffer(strlen(text), (void *)(size_t)text, MHD_RESPMEM_MUST_COPY);
	enum MHD_Result result;

	if (!response)
		return MHD_NO;
	result = MHD_queue_response(connection, status, response);
	MHD_destroy_response(response);
	return result;
}

static void call_each(json_t *calls)
{
	json_t *call;
	size_t i;

	json_array_foreach(calls, i, call)
	{
		const char *url = json_string_value(json_object_get(call, "url"));
		json_t *arguments = json_object_get(call, "arguments");
		char *text = arguments ? json_dumps(arguments, JSON_COMPACT | JSON_ENCODE_ANY) : NULL;
		if (url && text)
			w3c_call(url, text);
		free(text);
	}
}

static enum MHD_Result serve(struct MHD_Connection *connection, const struct body *body)
{
	json_t *calls = json_loadb(body->text ? body->text : "", body->len, 0, NULL);
	otel_context *remote = context_of(connection);
	otel_token token = otel_context_attach(remote);

	if (json_is_array(calls)) {
		OTEL_SPAN_WITH(span, otel_tracer("w3c_service", "1"), "POST /test", .kind = OTEL_KIND_SERVER);
		call_each(calls);
	}
	otel_detach(token);
	otel_context_unref(remote);
	if (!json_is_array(calls)) {
		json_decref(calls);
		return answer(connection, MHD_HTTP_BAD_REQUEST, "the body is no JSON list\n");
	}
	json_decref(calls);
	return answer(connection, MHD_HTTP_OK, "done\n");
}

/* ---- the server ---- */

static bool keep(struct body *body, const char *data, size_t len)
{
	char *text = body->len + len <= BODY_MAX ? realloc(body->text, body->len + len) : NULL;

	if (!text)
		return false;
	memcpy(text + body->len, data, len);
	body->text = text;
	body->len += len;
	return true;
}

static enum MHD_Result handle(void *arg, struct MHD_Connection *connection, const char *url, const char *method,
			      const char *version, const char *data, size_t *len, void **state)
{
	(void)arg;
	(void)version;
	if (!*state) {
		*state = calloc(1, sizeof(struct body));
		return *state ? MHD_YES : MHD_NO;
	}
	if (*len) {
		if (!keep(*state, data, *len))
			return MHD_NO;
		*len = 0;
		return MHD_YES;
	}
	if (strcmp(method, "POST") != 0 || strcmp(url, "/test") != 0)
		return answer(connection, MHD_HTTP_NOT_FOUND, "POST /test\n");
	return serve(connection, *state);
}

static void forget(void *arg, struct MHD_Connection *connection, void **state, enum MHD_RequestTerminationCode code)
{
	struct body *body = *state;

	(void)arg;
	(void)connection;
	(void)code;
	if (!body)
		return;
	free(body->text);
	free(body);
}

int main(int argc, char **argv)
{
	/* The suite looks at headers only. */
	const otel_setting settings[] = {{"traces.exporter", "none"}};
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
	const union MHD_DaemonInfo *info;
	struct MHD_Daemon *daemon;
	otel_status status;
	sigset_t signals;
	int got;

	if (argc != 2)
		return fprintf(stderr, "usage: w3c_service PORT\n"), 2;
	status = otel_sdk_start(
		OTEL_SDK_OPTIONS(.service_name = "w3c_service", .settings = settings, .setting_count = 1));
	if (status != OTEL_OK && status != OTEL_ALREADY)
		return fprintf(stderr, "w3c_service: %s\n", otel_last_error()), 1;
	sigemptyset(&signals);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &signals, NULL);
	w3c_call_setup();
	address.sin_port = htons((uint16_t)atoi(argv[1]));
	daemon = MHD_start_daemon(MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD, 0, NULL, NULL,
				  handle, NULL, MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_NOTIFY_COMPLETED, forget,
				  NULL, MHD_OPTION_END);
	info = daemon ? MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT) : NULL;
	if (!info)
		return fprintf(stderr, "w3c_service: port %s cannot be used\n", argv[1]), 1;
	printf("listening on http://127.0.0.1:%u/test\n", info->port);
	fflush(stdout);
	sigwait(&signals, &got);
	MHD_stop_daemon(daemon);
	return 0;
}
