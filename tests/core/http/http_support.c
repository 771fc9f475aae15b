/* SPDX-License-Identifier: Apache-2.0
 *
 * http_support.c - http.so and servers to try it on.
 */
#include "core/http/http_support.h"

#include <dlfcn.h>
#include <linux/sockios.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/build.h"
#include "util/clock.h"

/* ---- the module ---- */

const struct http_module *http;
static struct otel_boot boot;

static void nothing(void)
{
}

void http_open(const char *const *env)
{
	static const char *const none[] = {NULL};
	void *handle = dlopen(build_path("lib/otel-c/http.so"), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
	if (!handle) {
		fprintf(stderr, "%s\n", dlerror());
		abort();
	}
	http = dlsym(handle, OTEL_HTTP_SYMBOL);
	boot = (struct otel_boot){.size = sizeof(boot), .env = env ? env : none};
	const struct http_env http_env = {.boot = &boot, .user_agent = "otel-c-test/1", .exit_arm = nothing};
	if (!http || http->open(&http_env) != OTEL_OK)
		abort();
}

otel_http_request http_get(const char *url)
{
	return (otel_http_request){.size = sizeof(otel_http_request), .method = "GET", .url = url, .timeout_ms = 20000};
}

otel_http_request http_post(const char *url, const void *body, size_t len)
{
	otel_http_request request = http_get(url);
	request.method = "POST";
	request.body = body;
	request.body_len = len;
	return request;
}

void exchange_on_reply(void *arg, const otel_http_reply *reply)
{
	struct exchange *e = arg;
	e->count++;
	e->error = reply->error;
	e->status = reply->status;
	e->sent = reply->sent;
	snprintf(e->message, sizeof(e->message), "%s", reply->message);
	snprintf(e->content_type, sizeof(e->content_type), "%s", reply->content_type);
	snprintf(e->retry_after, sizeof(e->retry_after), "%s", reply->retry_after);
	e->header_count = reply->header_count;
	for (size_t i = 0, at = 0; i < reply->header_count && at < sizeof(e->headers); i++)
		at += (size_t)snprintf(e->headers + at, sizeof(e->headers) - at, "%s: %s\n", reply->headers[i].name,
				       reply->headers[i].value);
	e->body_len = reply->body_len;
	size_t n = reply->body_len < sizeof(e->body) - 1 ? reply->body_len : sizeof(e->body) - 1;
	if (n)
		memcpy(e->body, reply->body, n);
	e->body[n] = '\0';
}

bool exchange_finish(struct exchange *e)
{
	uint64_t end = clock_mono_ms() + 30000;
	for (;;) {
		http->drive();
		http->deliver();
		if (e->count || clock_mono_ms() > end)
			return e->count == 1;
		http->wait(1000);
	}
}

struct exchange exchange_run(const otel_http_request *request)
{
	struct exchange e = {0};
	if (http->submit(request, exchange_on_reply, &e, NULL) == OTEL_OK)
		exchange_finish(&e);
	return e;
}

/* ---- servers ---- */

static void server_bind(struct server *server, bool listening)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof(address);

	memset(server, 0, sizeof(*server));
	server->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	server->seen = mmap(NULL, sizeof(*server->seen), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (server->fd < 0 || server->seen == MAP_FAILED || bind(server->fd, (struct sockaddr *)&address, len) != 0 ||
	    (listening && listen(server->fd, 16) != 0))
		abort();
	getsockname(server->fd, (struct sockaddr *)&address, &len);
	server->port = ntohs(address.sin_port);
	snprintf(server->url, sizeof(server->url), "http://127.0.0.1:%u", server->port);
}

void server_absent(struct server *server)
{
	server_bind(server, false);
}

/* Forks the server's process; true in it. The parent lets go of the listening socket. */
static bool server_fork(struct server *server)
{
	const pid_t parent = getpid();

	server_bind(server, true);
	server->pid = fork();
	if (server->pid < 0)
		abort();
	if (server->pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (getppid() != parent) /* gone before that */
			_exit(0);
		signal(SIGPIPE, SIG_IGN);
		return true;
	}
	close(server->fd);
	return false;
}

void server_start(struct server *server, void (*serve)(struct server *server, int connection))
{
	if (!server_fork(server))
		return;
	for (;;) {
		int connection = accept4(server->fd, NULL, NULL, SOCK_CLOEXEC);
		if (connection < 0)
			_exit(1);
		server->seen->connections++;
		serve(server, connection);
		close(connection);
	}
}

void server_stop(struct server *server)
{
	if (server->pid > 0) {
		kill(server->pid, SIGKILL);
		waitpid(server->pid, NULL, 0);
	} else {
		close(server->fd);
	}
	munmap(server->seen, sizeof(*server->seen));
}

bool server_read_request(struct server *server, int connection)
{
	char text[sizeof(server->seen->last)] = "", *head_end;
	size_t len = 0, wanted = sizeof(text) - 1;

	while (len < wanted) {
		ssize_t n = read(connection, text + len, sizeof(text) - 1 - len);
		if (n <= 0)
			return false;
		len += (size_t)n;
		if (!(head_end = strstr(text, "\r\n\r\n")))
			continue;
		char *length = strcasestr(text, "\r\ncontent-length:");
		size_t body = length ? strtoul(length + 17, NULL, 10) : 0;
		wanted = (size_t)(head_end + 4 - text) + body;
		if (wanted > sizeof(text) - 1)
			wanted = sizeof(text) - 1; /* the rest is not looked at */
	}
	memcpy(server->seen->last, text, sizeof(text));
	server->seen->requests++;
	return true;
}

void server_say(int connection, const char *text)
{
	if (write(connection, text, strlen(text)) < 0)
		return; /* the client's doing */
}

void serve_ok(struct server *server, int connection)
{
	while (server_read_request(server, connection))
		server_say(connection, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
}

void server_flush(int connection)
{
	int unsent = 1;

	while (unsent && ioctl(connection, SIOCOUTQ, &unsent) == 0)
		usleep(100);
}

static enum MHD_Result on_request(void *arg, struct MHD_Connection *connection, const char *path, const char *method,
				  const char *version, const char *data, size_t *size, void **state)
{
	static char large[100000];
	struct server *server = arg;
	unsigned status = 200;
	const char *body = "hello";
	size_t len = 5;

	(void)method, (void)version, (void)data;
	if (!*state) { /* the head only */
		*state = server;
		return MHD_YES;
	}
	if (*size) {
		*size = 0;
		return MHD_YES;
	}
	if (strcmp(path, "/large") == 0) {
		memset(large, 'x', sizeof(large));
		body = large;
		len = sizeof(large);
	}
	struct MHD_Response *response = MHD_create_response_from_buffer(len, (void *)body, MHD_RESPMEM_PERSISTENT);
	MHD_add_response_header(response, "Content-Type", "text/plain; charset=utf-8");
	if (strcmp(path, "/busy") == 0) {
		status = 503;
		MHD_add_response_header(response, "Retry-After", "7");
	} else if (strcmp(path, "/redirect") == 0) {
		status = 302;
		MHD_add_response_header(response, "Location", "/ok");
	}
	enum MHD_Result queued = MHD_queue_response(connection, status, response);
	MHD_destroy_response(response);
	server->seen->requests++;
	return queued;
}

static void on_connection(void *arg, struct MHD_Connection *connection, void **state,
			  enum MHD_ConnectionNotificationCode code)
{
	struct server *server = arg;
	(void)connection, (void)state;
	server->seen->connections += code == MHD_CONNECTION_NOTIFY_STARTED;
}

void server_start_web(struct server *server)
{
	if (!server_fork(server))
		return;
	if (!MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD, 0, NULL, NULL, on_request, server,
			      MHD_OPTION_LISTEN_SOCKET, server->fd, MHD_OPTION_NOTIFY_CONNECTION, on_connection, server,
			      MHD_OPTION_END))
		_exit(1);
	for (;;)
		pause();
}
