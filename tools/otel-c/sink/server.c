/* SPDX-License-Identifier: Apache-2.0
 *
 * server.c - collects bodies, bounded, and sends the answers, unless they are to be late, or never sent: those
 * requests are suspended, and looked at now and then, for the library does not tell that their clients have gone.
 */
#include "tools/otel-c/sink/server.h"

#include <errno.h>
#include <limits.h>
#include <microhttpd.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tools/otel-c/sink/front.h"
#include "tools/otel-c/sink/server_reply.h"
#include "util/clock.h"

#define CONNECTIONS_MAX 64
#define IDLE_S          60
#define LOOK_MS         50

struct sink_server {
	struct MHD_Daemon *daemon;
	struct sink_front *front;
	struct sink_handler handler;
	size_t body_max;
	size_t active; /* but for those that are never answered */
	struct exchange *held;
	bool is_ending;
};

/* A request under way. */
struct exchange {
	struct buf body;
	bool too_large;

	/* Of one that is held: when it goes on, and its answer. */
	struct exchange *next;
	struct MHD_Connection *connection;
	struct sink_answer answer;
	uint64_t due_ms; /* UINT64_MAX: never */
	bool is_answered;
};

static const char *header_of(struct MHD_Connection *connection, const char *name)
{
	return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

/* A length announced beyond the bound is answered at once: nobody should have to send it first. */
static bool announces_too_much(const struct sink_server *server, struct MHD_Connection *connection)
{
	const char *length = header_of(connection, MHD_HTTP_HEADER_CONTENT_LENGTH);

	return length && strtoull(length, NULL, 10) > server->body_max;
}

struct header_call {
	const struct sink_handler *handler;
	const struct sink_request *request;
};

static enum MHD_Result pass_header(void *arg, enum MHD_ValueKind kind, const char *name, const char *value)
{
	const struct header_call *call = arg;

	(void)kind;
	call->handler->header(call->handler->self, call->request, name, value ? value : "");
	return MHD_YES;
}

static void pass_headers(const struct sink_server *server, struct MHD_Connection *connection,
			 const struct sink_request *request)
{
	struct header_call call = {&server->handler, request};

	if (!server->handler.header)
		return;
	MHD_get_connection_values(connection, MHD_HEADER_KIND, pass_header, &call);
	server->handler.header(server->handler.self, request, NULL, NULL);
}

/* ---- answers that are not just sent ---- */

static int socket_of(struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);

	return info ? info->connect_fd : -1;
}

static bool has_left(struct MHD_Connection *connection)
{
	char byte;
	const ssize_t got = recv(socket_of(connection), &byte, 1, MSG_PEEK | MSG_DONTWAIT);

	return got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR);
}

static bool is_forever(const struct exchange *exchange)
{
	return exchange->due_ms == UINT64_MAX;
}

/* Keeps the answer. */
static void hold(struct sink_server *server, struct MHD_Connection *connection, struct exchange *exchange,
		 const struct sink_answer *answer)
{
	exchange->answer = *answer;
	exchange->is_answered = true;
	exchange->connection = connection;
	exchange->due_ms = answer->manner.delay_ms ? clock_mono_ms() + answer->manner.delay_ms : UINT64_MAX;
	exchange->next = server->held;
	server->held = exchange;
	server->active -= is_forever(exchange);
	MHD_suspend_connection(connection);
}

/* The library asks for the answer anew. */
static void let_go(struct sink_server *server, uint64_t now)
{
	for (struct exchange **link = &server->held; *link;) {
		struct exchange *exchange = *link;

		if (!server->is_ending && now < exchange->due_ms && !has_left(exchange->connection)) {
			link = &exchange->next;
			continue;
		}
		*link = exchange->next;
		server->active += is_forever(exchange);
		MHD_resume_connection(exchange->connection);
	}
}

static enum MHD_Result answer_held(struct MHD_Connection *connection, struct exchange *exchange)
{
	return is_forever(exchange) ? MHD_NO : sink_server_reply(connection, &exchange->answer);
}

/* MHD_NO closes the connection. */
static enum MHD_Result answer_now(struct sink_server *server, struct MHD_Connection *connection,
				  struct exchange *exchange, struct sink_answer *answer)
{
	const struct sink_manner *manner = &answer->manner;
	enum MHD_Result result = MHD_NO;

	if (manner->part == SINK_WHOLE && !answer->head_padding)
		result = sink_server_reply(connection, answer);
	else if (manner->part != SINK_NOTHING)
		sink_server_reply_part(socket_of(connection), answer);
	if (manner->end == SINK_SILENT) {
		hold(server, connection, exchange, answer);
		return MHD_YES;
	}
	if (manner->end == SINK_RESET)
		sink_front_reset(server->front, socket_of(connection));
	sink_answer_fini(answer);
	return result;
}

/* ---- requests ---- */

static enum MHD_Result answer_request(struct sink_server *server, struct MHD_Connection *connection,
				      struct exchange *exchange, const char *path, const char *method)
{
	struct sink_request request = {
		.method = method,
		.path = path,
		.content_type = header_of(connection, MHD_HTTP_HEADER_CONTENT_TYPE),
		.content_encoding = header_of(connection, MHD_HTTP_HEADER_CONTENT_ENCODING),
		.body = exchange->body.data,
		.body_len = exchange->body.len,
		.body_max = server->body_max,
		.too_large = exchange->too_large,
	};
	struct sink_answer answer;

	pass_headers(server, connection, &request);
	server->handler.answer(server->handler.self, &request, &answer);
	if (!answer.manner.delay_ms)
		return answer_now(server, connection, exchange, &answer);
	hold(server, connection, exchange, &answer);
	return MHD_YES;
}

static struct exchange *begin(struct sink_server *server)
{
	struct exchange *exchange = calloc(1, sizeof(*exchange));

	if (!exchange)
		return NULL;
	buf_init(&exchange->body, server->body_max);
	server->active++;
	return exchange;
}

/* Called first with the headers, then for each piece of the body, then once with no piece. */
static enum MHD_Result on_request(void *arg, struct MHD_Connection *connection, const char *path, const char *method,
				  const char *version, const char *piece, size_t *piece_len, void **state)
{
	struct sink_server *server = arg;
	struct exchange *exchange = *state;

	(void)version;
	if (!exchange) {
		*state = exchange = begin(server);
		if (!exchange)
			return MHD_NO;
		exchange->too_large = announces_too_much(server, connection);
		return exchange->too_large ? answer_request(server, connection, exchange, path, method) : MHD_YES;
	}
	if (exchange->is_answered)
		return answer_held(connection, exchange);
	if (!*piece_len)
		return answer_request(server, connection, exchange, path, method);
	if (!exchange->too_large && !buf_append(&exchange->body, piece, *piece_len)) {
		exchange->too_large = true;
		buf_fini(&exchange->body);
	}
	*piece_len = 0;
	return MHD_YES;
}

static void on_completed(void *arg, struct MHD_Connection *connection, void **state,
			 enum MHD_RequestTerminationCode code)
{
	struct sink_server *server = arg;
	struct exchange *exchange = *state;

	(void)connection;
	(void)code;
	if (!exchange)
		return;
	buf_fini(&exchange->body);
	sink_answer_fini(&exchange->answer);
	free(exchange);
	*state = NULL;
	server->active--;
}

/* ---- life ---- */

static struct sink_welcome on_connection(void *self)
{
	const struct sink_handler *handler = &((struct sink_server *)self)->handler;

	return handler->welcome ? handler->welcome(handler->self, false) : (struct sink_welcome){0};
}

static void on_served(void *self, int fd, const struct sockaddr *from, socklen_t from_len)
{
	const struct sink_server *server = self;

	MHD_add_connection(server->daemon, fd, from, from_len); /* which closes it on failure */
}

static int epoll_of(struct MHD_Daemon *daemon)
{
	const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_EPOLL_FD);

	return info ? info->epoll_fd : -1;
}

struct sink_server *sink_server_start(int listen_fd, SSL_CTX *tls, size_t body_max, const struct sink_handler *handler)
{
	const unsigned flags = MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_NO_LISTEN_SOCKET;
	struct sink_server *server = calloc(1, sizeof(*server));
	struct sink_front_handler front = {.self = server, .welcome = on_connection, .serve = on_served, .tls = tls};

	if (!server) {
		close(listen_fd);
		return NULL;
	}
	server->handler = *handler;
	server->body_max = body_max;
	server->daemon = MHD_start_daemon(flags, 0, NULL, NULL, on_request, server, MHD_OPTION_NOTIFY_COMPLETED,
					  on_completed, server, MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX,
					  MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S, MHD_OPTION_END);
	if (server->daemon)
		server->front = sink_front_start(listen_fd, epoll_of(server->daemon), &front);
	else
		close(listen_fd);
	if (server->front)
		return server;
	if (server->daemon)
		MHD_stop_daemon(server->daemon);
	free(server);
	return NULL;
}

void sink_server_stop(struct sink_server *server)
{
	if (!server)
		return;
	server->is_ending = true; /* the library must not be stopped with suspended connections */
	do
		sink_server_run(server);
	while (server->held); /* one that came meanwhile */
	MHD_stop_daemon(server->daemon);
	sink_front_stop(server->front);
	free(server);
}

int sink_server_fd(const struct sink_server *server)
{
	return sink_front_fd(server->front);
}

int sink_server_wait_ms(const struct sink_server *server)
{
	const int front = sink_front_wait_ms(server->front);
	int longest = server->held ? LOOK_MS : INT_MAX;
	MHD_UNSIGNED_LONG_LONG wait = 0;

	if (front >= 0 && front < longest)
		longest = front;
	if (MHD_get_timeout(server->daemon, &wait) == MHD_YES && wait < (unsigned)longest)
		longest = (int)wait;
	return longest == INT_MAX ? -1 : longest;
}

/* What the library says is passed on when the caller polls next. */
void sink_server_run(struct sink_server *server)
{
	sink_front_run(server->front);
	if (server->held)
		let_go(server, clock_mono_ms());
	MHD_run(server->daemon);
}

size_t sink_server_active(const struct sink_server *server)
{
	return server->active;
}
