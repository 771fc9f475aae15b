/* SPDX-License-Identifier: Apache-2.0
 *
 * discard.c - the fastest backend there is: takes OTLP/HTTP requests on a raw socket, counts their spans from the
 * bytes, answers 200 and forgets; on the same port OTLP/gRPC. Prints its port on stdout; ends on SIGTERM.
 *
 * Benchmarks steer it by GET: /counts answers "spans requests bytes" since the start, /largest the largest request
 * there was, headers and all (of gRPC: as it would be over HTTP/1.1); after /hold no answer to a POST is sent until
 * /release.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "discard_h2.h"
#include "util/wire.h"

static _Atomic unsigned long long spans, requests, bytes;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t released = PTHREAD_COND_INITIALIZER;
static bool held;
static char *largest;
static _Atomic size_t largest_len;

/* Counts the fields `path[0]` of the message, descending along the path: request 1, resource spans 2, scope spans 2. */
static unsigned long long count(const uint8_t *data, size_t len, const uint32_t *path)
{
	struct wire_reader r = wire_read(data, len);
	struct wire_field field;
	unsigned long long n = 0;
	bool ok = true;
	while (wire_next(&r, &field, &ok))
		if (field.number == path[0] && field.type == WIRE_LEN)
			n += path[1] ? count(field.data, field.len, path + 1) : 1;
	return n;
}

static void keep_largest(const char *request, size_t len)
{
	pthread_mutex_lock(&lock);
	char *copy = len > largest_len ? malloc(len) : NULL;
	if (copy) {
		memcpy(copy, request, len);
		free(largest);
		largest = copy;
		largest_len = len;
	}
	pthread_mutex_unlock(&lock);
}

static bool answer(int fd, const char *body, size_t len)
{
	char head[128];
	int head_len =
		snprintf(head, sizeof head,
			 "HTTP/1.1 200 OK\r\nContent-Type: application/x-protobuf\r\nContent-Length: %zu\r\n\r\n", len);
	return send(fd, head, (size_t)head_len, MSG_NOSIGNAL | (len ? MSG_MORE : 0)) > 0 &&
	       (len == 0 || send(fd, body, len, MSG_NOSIGNAL) == (ssize_t)len);
}

static void hold(bool on)
{
	pthread_mutex_lock(&lock);
	held = on;
	pthread_cond_broadcast(&released);
	pthread_mutex_unlock(&lock);
}

static void count_body(const char *body, size_t len)
{
	static const uint32_t path[] = {1, 2, 2, 0};
	atomic_fetch_add(&spans, count((const uint8_t *)body, len, path));
	atomic_fetch_add(&requests, 1);
	atomic_fetch_add(&bytes, len);
}

static void wait_while_held(void)
{
	pthread_mutex_lock(&lock);
	while (held)
		pthread_cond_wait(&released, &lock);
	pthread_mutex_unlock(&lock);
}

static bool take(int fd, const char *request, size_t len, const char *body)
{
	count_body(body, len - (size_t)(body - request));
	if (len > largest_len)
		keep_largest(request, len);
	wait_while_held();
	return answer(fd, "", 0);
}

/* As a raw socket would send it. */
static void keep_as_http(const char *message, size_t len)
{
	char *request = malloc(len + 128);
	if (!request)
		return;
	int head = snprintf(request, 128, "POST / HTTP/1.1\r\nContent-Length: %zu\r\n\r\n", len);
	memcpy(request + head, message, len);
	keep_largest(request, (size_t)head + len);
	free(request);
}

static int take_message(int fd, const char *message, size_t len)
{
	(void)fd;
	count_body(message, len);
	if (len > largest_len)
		keep_as_http(message, len);
	wait_while_held();
	return 0;
}

static bool steer(int fd, const char *request)
{
	char text[96];
	bool ok;
	if (strncmp(request, "GET /largest ", 13) == 0) {
		pthread_mutex_lock(&lock);
		ok = answer(fd, largest, largest_len);
		pthread_mutex_unlock(&lock);
		return ok;
	}
	if (strncmp(request, "GET /hold ", 10) == 0)
		hold(true);
	if (strncmp(request, "GET /release ", 13) == 0)
		hold(false);
	int len = snprintf(text, sizeof text, "%llu %llu %llu\n", spans, requests, bytes);
	return answer(fd, text, (size_t)len);
}

static size_t content_length(const char *head)
{
	const char *line = strcasestr(head, "\r\ncontent-length:");
	return line ? strtoul(line + 17, NULL, 10) : 0;
}

/* One request; false when the connection ended. */
static bool serve_one(int fd, char *buffer, size_t cap, size_t *have)
{
	for (;;) {
		buffer[*have] = '\0';
		if (strncmp(buffer, "PRI * HTTP/2.0", 14) == 0) {
			discard_h2_serve(fd, buffer, *have, take_message);
			return false;
		}
		char *end = strstr(buffer, "\r\n\r\n");
		size_t need = end ? (size_t)(end + 4 - buffer) + (*buffer == 'P' ? content_length(buffer) : 0) : 0;
		if (need > cap)
			return false;
		if (end && *have >= need) {
			bool ok = *buffer == 'P' ? take(fd, buffer, need, end + 4) : steer(fd, buffer);
			memmove(buffer, buffer + need, *have - need);
			*have -= need;
			return ok;
		}
		ssize_t n = recv(fd, buffer + *have, cap - *have, 0);
		if (n <= 0)
			return false;
		*have += (size_t)n;
	}
}

static void *serve(void *arg)
{
	int fd = (int)(intptr_t)arg;
	size_t cap = 64u << 20, have = 0;
	char *buffer = malloc(cap + 1);
	while (buffer && serve_one(fd, buffer, cap, &have))
		continue;
	free(buffer);
	close(fd);
	return NULL;
}

int main(void)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof address;
	pthread_t thread;
	int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (bind(listener, (struct sockaddr *)&address, len) < 0 || listen(listener, 16) < 0 ||
	    getsockname(listener, (struct sockaddr *)&address, &len) < 0)
		return perror("discard"), 1;
	printf("%d\n", ntohs(address.sin_port));
	fflush(stdout);
	for (;;) {
		int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
		if (fd >= 0 && pthread_create(&thread, NULL, serve, (void *)(intptr_t)fd) != 0)
			close(fd);
	}
}
