/* SPDX-License-Identifier: Apache-2.0
 *
 * servers.c - OTLP/HTTP and OTLP/gRPC. Who names neither gets both, gRPC only if its port is free.
 */
#include "tools/otel-c/sink/servers.h"

#include <stdio.h>

#include "tools/otel-c/command.h"
#include "tools/otel-c/sink/grpc_message.h"
#include "tools/otel-c/sink/listen.h"

#define DEFAULT_HTTP "127.0.0.1:4318"
#define DEFAULT_GRPC "127.0.0.1:4317"

static int listen_on(const char *address, const char *option, int *fd, char bound[SINK_ADDRESS_MAX])
{
	switch (sink_listen(address, option, fd, bound)) {
	case SINK_NO_ADDRESS:
		return EXIT_USAGE;
	case SINK_NOT_BOUND:
		return EXIT_FAILED;
	default:
		return EXIT_DONE;
	}
}

static int cannot_start(const char *what)
{
	fprintf(stderr, "otel-c sink: the %s server could not be started\n", what);
	return EXIT_FAILED;
}

static int start_grpc(struct sink_servers *servers, const struct sink_options *options,
		      const struct sink_handler *handler)
{
	const char *address = options->grpc ? options->grpc : DEFAULT_GRPC;
	const size_t message_max = options->max_body ? options->max_body : SINK_GRPC_MESSAGE_MAX;
	char bound[SINK_ADDRESS_MAX];
	int fd;
	int code;

	if (!options->grpc && options->listen)
		return EXIT_DONE;
	code = listen_on(address, "--grpc", &fd, bound);
	if (code != EXIT_DONE)
		return options->grpc ? code : EXIT_DONE;
	if (!sink_grpc_server_start(&servers->grpc, fd, servers->grpc_tls, message_max, handler))
		return cannot_start("gRPC");
	fprintf(stderr, "listening for gRPC on %s\n", bound);
	return EXIT_DONE;
}

static int start_http(struct sink_servers *servers, const struct sink_options *options,
		      const struct sink_handler *handler)
{
	const char *address = options->listen ? options->listen : DEFAULT_HTTP;
	char bound[SINK_ADDRESS_MAX];
	int fd;
	int code = listen_on(address, "--listen", &fd, bound);

	if (code != EXIT_DONE)
		return options->grpc && !options->listen ? EXIT_DONE : code;
	servers->http = sink_server_start(fd, servers->http_tls, options->max_body ? options->max_body : SINK_BODY_MAX,
					  handler);
	if (!servers->http)
		return cannot_start("HTTP");
	fprintf(stderr, "listening on %s\n", bound);
	return EXIT_DONE;
}

/* "listening on" comes last: who waits for it has waited for both. */
int sink_servers_start(struct sink_servers *servers, const struct sink_options *options,
		       const struct sink_handler *handler)
{
	int code;

	*servers = (struct sink_servers){0};
	if (options->tls.cert && (!(servers->http_tls = sink_tls_create(&options->tls, "http/1.1")) ||
				  !(servers->grpc_tls = sink_tls_create(&options->tls, "h2"))))
		return EXIT_FAILED;
	code = start_grpc(servers, options, handler);
	return code == EXIT_DONE ? start_http(servers, options, handler) : code;
}

void sink_servers_stop(struct sink_servers *servers)
{
	sink_server_stop(servers->http);
	sink_grpc_server_stop(&servers->grpc);
	SSL_CTX_free(servers->http_tls);
	SSL_CTX_free(servers->grpc_tls);
}

size_t sink_servers_fds(const struct sink_servers *servers, struct pollfd fds[SINK_SERVERS_FDS])
{
	size_t count = 0;

	if (servers->http)
		fds[count++] = (struct pollfd){.fd = sink_server_fd(servers->http), .events = POLLIN};
	if (servers->grpc.h2)
		fds[count++] = (struct pollfd){.fd = sink_h2_fd(servers->grpc.h2), .events = POLLIN};
	return count;
}

static int sooner(int one, int other)
{
	if (one < 0 || other < 0)
		return one < 0 ? other : one;
	return one < other ? one : other;
}

int sink_servers_wait_ms(const struct sink_servers *servers)
{
	return sooner(servers->http ? sink_server_wait_ms(servers->http) : -1,
		      servers->grpc.h2 ? sink_h2_wait_ms(servers->grpc.h2) : -1);
}

void sink_servers_run(struct sink_servers *servers)
{
	if (servers->http)
		sink_server_run(servers->http);
	if (servers->grpc.h2)
		sink_h2_run(servers->grpc.h2);
}

void sink_servers_finish(struct sink_servers *servers)
{
	if (servers->grpc.h2)
		sink_h2_finish(servers->grpc.h2);
}

size_t sink_servers_active(const struct sink_servers *servers)
{
	return (servers->http ? sink_server_active(servers->http) : 0) +
	       (servers->grpc.h2 ? sink_h2_active(servers->grpc.h2) : 0);
}
