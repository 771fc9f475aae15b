/* SPDX-License-Identifier: Apache-2.0
 *
 * backend.c - see backend.h.
 */
#include "backend.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

static int fd = -1;

static void die(const char *what)
{
	perror(what);
	exit(1);
}

void backend_connect(void)
{
	const char *port = getenv("BENCH_BACKEND_PORT");
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
		.sin_port = htons((uint16_t)(port ? atoi(port) : 0)),
	};
	int on = 1;
	fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address) < 0)
		die("bench_discard, BENCH_BACKEND_PORT");
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

static bool send_all(const char *data, size_t len)
{
	while (len) {
		ssize_t n = send(fd, data, len, MSG_NOSIGNAL);
		if (n <= 0)
			return false;
		data += n;
		len -= (size_t)n;
	}
	return true;
}

/* Takes an answer; its body too if `body` is not NULL. */
static bool receive(char **body, size_t *body_len)
{
	char head[512];
	size_t have = 0;
	char *end = NULL;
	while (!end) {
		ssize_t n = recv(fd, head + have, sizeof head - 1 - have, 0);
		if (n <= 0)
			return false;
		have += (size_t)n;
		head[have] = '\0';
		end = strstr(head, "\r\n\r\n");
	}
	if (!body)
		return true;
	const char *line = strcasestr(head, "\r\ncontent-length:");
	size_t got = have - (size_t)(end + 4 - head);
	*body_len = line ? strtoul(line + 17, NULL, 10) : 0;
	*body = calloc(1, *body_len + 1);
	if (!*body || got > *body_len)
		return false;
	memcpy(*body, end + 4, got);
	while (got < *body_len) {
		ssize_t n = recv(fd, *body + got, *body_len - got, 0);
		if (n <= 0)
			return false;
		got += (size_t)n;
	}
	return true;
}

/* Asks for a path; the caller frees the answer. */
static char *get(const char *path, size_t *len)
{
	char request[64];
	char *body = NULL;
	int n = snprintf(request, sizeof request, "GET %s HTTP/1.1\r\n\r\n", path);
	if (!send_all(request, (size_t)n) || !receive(&body, len))
		die("bench_discard");
	return body;
}

struct backend_counts backend_counts(void)
{
	struct backend_counts counts = {0, 0, 0, 0};
	size_t len;
	char *text = get("/counts", &len);
	sscanf(text, "%llu %llu %llu %llu", &counts.spans, &counts.requests, &counts.bytes, &counts.different);
	free(text);
	return counts;
}

void backend_hold(void)
{
	size_t len;
	free(get("/hold", &len));
}

void backend_release(void)
{
	size_t len;
	free(get("/release", &len));
}

char *backend_largest(size_t *len)
{
	return get("/largest", len);
}

bool backend_post(const char *request, size_t len)
{
	return send_all(request, len) && receive(NULL, NULL);
}
