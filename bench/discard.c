/* SPDX-License-Identifier: Apache-2.0
 *
 * discard.c - the fastest backend there is: takes OTLP/HTTP requests on a raw socket, counts their spans from the bytes,
 * answers 200 and forgets. Prints its port on stdout, and on SIGTERM "spans N requests N bytes N".
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "util/wire.h"

static _Atomic unsigned long long spans, requests, bytes;

/* Counts the fields `path[0]` of the message, descending along the path: request 1, resource spans 2, scope spans 2. */
static unsigned long long count(const uint8_t *data, size_t len, const uint32_t *path)
{
	struct wire_reader r = {data, data + len};
	struct wire_field field;
	unsigned long long n = 0;
	bool ok = true;
	while (wire_next(&r, &field, &ok))
		if (field.number == path[0] && field.type == WIRE_LEN)
			n += path[1] ? count(field.data, field.len, path + 1) : 1;
	return n;
}

static void took(const uint8_t *body, size_t len)
{
	static const uint32_t path[] = {1, 2, 2, 0};
	atomic_fetch_add(&spans, count(body, len, path));
	atomic_fetch_add(&requests, 1);
	atomic_fetch_add(&bytes, len);
}

static size_t content_length(const char *head)
{
	const char *line = strcasestr(head, "\r\ncontent-length:");
	return line ? strtoul(line + 17, NULL, 10) : 0;
}

/* One request; false when the connection ended. */
static bool serve_one(int fd, char *buffer, size_t cap, size_t *have)
{
	static const char answer[] = "HTTP/1.1 200 OK\r\nContent-Type: application/x-protobuf\r\nContent-Length: 0\r\n\r\n";
	char *end;
	for (;;) {
		buffer[*have] = '\0';
		end = strstr(buffer, "\r\n\r\n");
		size_t need = end ? (size_t)(end + 4 - buffer) + content_length(buffer) : 0;
		if (end && need > cap)
			return false;
		if (end && *have >= need) {
			took((uint8_t *)end + 4, need - (size_t)(end + 4 - buffer));
			memmove(buffer, buffer + need, *have - need);
			*have -= need;
			return send(fd, answer, sizeof answer - 1, MSG_NOSIGNAL) > 0;
		}
		ssize_t n = recv(fd, buffer + *have, cap - *have, 0);
		if (n <= 0)
			return false;
		*have += (size_t)n;
	}
}

static void *serve(void *arg)
{
	int fd = (int)(long)arg;
	size_t cap = 8u << 20, have = 0;
	char *buffer = malloc(cap + 1);
	while (buffer && serve_one(fd, buffer, cap, &have))
		continue;
	free(buffer);
	close(fd);
	return NULL;
}

static void *report_at_end(void *arg)
{
	const sigset_t *set = arg;
	int number;
	sigwait(set, &number);
	printf("spans %llu requests %llu bytes %llu\n", spans, requests, bytes);
	exit(0);
}

int main(void)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof address;
	static sigset_t set;
	pthread_t thread;
	int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	if (bind(listener, (struct sockaddr *)&address, len) < 0 || listen(listener, 16) < 0 ||
	    getsockname(listener, (struct sockaddr *)&address, &len) < 0)
		return perror("discard"), 1;
	printf("%d\n", ntohs(address.sin_port));
	fflush(stdout);
	pthread_create(&thread, NULL, report_at_end, &set);
	for (;;) {
		int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
		if (fd >= 0 && pthread_create(&thread, NULL, serve, (void *)(long)fd) != 0)
			close(fd);
	}
}
