/* SPDX-License-Identifier: Apache-2.0
 *
 * grpc_server.c - requests of HTTP/2 become those that handlers take, and their answers replies.
 */
#include "tools/otel-c/sink/grpc_server.h"

#include "tools/otel-c/sink/grpc_message.h"
#include "tools/otel-c/sink/grpc_reply.h"

static const char *text_or_empty(const char *text)
{
	return text ? text : "";
}

static struct sink_request request_of(const struct sink_grpc_server *server, const struct sink_h2_request *r)
{
	return (struct sink_request){
		.method = text_or_empty(sink_fields_get(r->fields, ":method")),
		.path = text_or_empty(sink_fields_get(r->fields, ":path")),
		.content_type = sink_fields_get(r->fields, "content-type"),
		.body = r->body,
		.body_len = r->body_len,
		.body_max = server->message_max,
		.too_large = r->too_large,
		.is_grpc = true,
		.te = sink_fields_get(r->fields, "te"),
		.grpc_encoding = sink_fields_get(r->fields, "grpc-encoding"),
		.grpc_timeout = sink_fields_get(r->fields, "grpc-timeout"),
	};
}

static void pass_headers(const struct sink_grpc_server *server, const struct sink_h2_request *r,
			 const struct sink_request *request)
{
	const struct sink_handler *handler = &server->handler;
	struct sink_field field;
	size_t cursor = 0;

	if (!handler->header)
		return;
	while (sink_fields_next(r->fields, &cursor, &field))
		if (*field.name != ':') /* those are in the request line that is shown */
			handler->header(handler->self, request, field.name, field.value);
	handler->header(handler->self, request, NULL, NULL);
}

static void on_request(void *self, const struct sink_h2_request *r, struct sink_h2_reply *reply)
{
	const struct sink_grpc_server *server = self;
	const struct sink_request request = request_of(server, r);
	struct sink_answer answer;

	pass_headers(server, r, &request);
	server->handler.answer(server->handler.self, &request, &answer);
	sink_grpc_reply(&answer, reply);
	sink_answer_fini(&answer);
}

static struct sink_welcome on_connection(void *self)
{
	const struct sink_handler *handler = &((struct sink_grpc_server *)self)->handler;

	return handler->welcome ? handler->welcome(handler->self, true) : (struct sink_welcome){0};
}

bool sink_grpc_server_start(struct sink_grpc_server *server, int listen_fd, SSL_CTX *tls, size_t message_max,
			    const struct sink_handler *handler)
{
	const struct sink_h2_handler h2_handler = {.self = server,
						   .answer = on_request,
						   .welcome = on_connection,
						   .body_max = message_max + SINK_GRPC_PREFIX,
						   .tls = tls};

	server->handler = *handler;
	server->message_max = message_max;
	server->h2 = sink_h2_start(listen_fd, &h2_handler);
	return server->h2;
}

void sink_grpc_server_stop(struct sink_grpc_server *server)
{
	sink_h2_stop(server->h2);
	server->h2 = NULL;
}
