/* SPDX-License-Identifier: Apache-2.0
 *
 * flap.c - the backend of the soak: OTLP/HTTP on a raw socket, and OTLP/gRPC on the same port, now well, now failing in
 * one of the ways that backends do, and it knows each span that it took. Spans are told apart by their names, which are
 * numbers from 0 on.
 *
 *     bench_flap SPANS SECONDS    room for so many; fails for so long, then is well. Prints its port on stdout.
 *
 * GET /counts answers "spans requests bytes different": spans taken, copies and all, and how many of them were not
 * copies; what was rejected in part counts as not taken. Ends on SIGTERM.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "discard_h2.h"
#include "measure.h"
#include "util/wire.h"

enum { MAX_BODY = 64 << 20, SLOW_MS = 300, TICK_MS = 20, CONNECTIONS = 64 };

enum mode { WELL, BUSY, LATER, RESET, HANG, MUTE, CUT, SLOW, PART, AWAY, MODES };

static const char *const mode_names[MODES] = {"well",
					      "503",
					      "503 with Retry-After",
					      "reset",
					      "hang",
					      "taken, no answer",
					      "taken, half an answer",
					      "slow",
					      "taken in part",
					      "away"};

static _Atomic int mode;
static _Atomic unsigned long long requests, spans, bytes, different;
static _Atomic unsigned char *seen; /* a bit for each number */
static size_t room;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int connections[CONNECTIONS]; /* -1 = none */

/* ---- what comes ---- */

static void take_name(const uint8_t *name, size_t len)
{
	unsigned long long number = 0;
	for (size_t i = 0; i < len; i++)
		number = number * 10 + (unsigned long long)(name[i] - '0');
	if (number >= room)
		return;
	unsigned char bit = (unsigned char)(1u << (number & 7));
	if (!(atomic_fetch_or(&seen[number / 8], bit) & bit))
		atomic_fetch_add(&different, 1);
	atomic_fetch_add(&spans, 1);
}

/* Descends along the path: request 1, resource spans 2, scope spans 2, span 5 (its name). `skip` spans are left out. */
static void take(const uint8_t *data, size_t len, const uint32_t *path, unsigned *skip)
{
	struct wire_reader r = wire_read(data, len);
	struct wire_field field;
	bool ok = true;
	while (wire_next(&r, &field, &ok)) {
		if (field.number != path[0] || field.type != WIRE_LEN)
			continue;
		if (!path[1])
			take_name(field.data, field.len);
		else if (!path[2] && *skip)
			--*skip;
		else
			take(field.data, field.len, path + 1, skip);
	}
}

static void take_body(const char *body, size_t len, unsigned skip)
{
	static const uint32_t path[] = {1, 2, 2, 5, 0};
	take((const uint8_t *)body, len, path, &skip);
}

/* ---- what is answered ---- */

static bool answer(int fd, const char *status, const char *headers, const char *body, size_t len)
{
	char text[512];
	int n = snprintf(text, sizeof text,
			 "HTTP/1.1 %s\r\nContent-Type: application/x-protobuf\r\n%sContent-Length: %zu\r\n\r\n", status,
			 headers, len);
	memcpy(text + n, body, len);
	return send(fd, text, (size_t)n + len, MSG_NOSIGNAL) > 0;
}

static bool reset(int fd)
{
	struct linger now = {.l_onoff = 1};
	setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
	return false;
}

static bool half(int fd)
{
	static const char text[] = "HTTP/1.1 200 OK\r\nContent-Le";
	send(fd, text, sizeof text - 1, MSG_NOSIGNAL);
	return false;
}

static bool hang(void)
{
	while (mode == HANG)
		sleep_us(TICK_MS * 1000);
	return false;
}

/* false: the connection ends. */
static bool serve_post(int fd, const char *body, size_t len)
{
	static const char one_rejected[] = {0x0a, 0x02, 0x08, 0x01};
	int how = mode;

	atomic_fetch_add(&requests, 1);
	switch (how) {
	case BUSY:
		return answer(fd, "503 Busy", "", "", 0);
	case LATER:
		return answer(fd, "503 Busy", "Retry-After: 1\r\n", "", 0);
	case RESET:
		return reset(fd);
	case HANG:
		return hang();
	case AWAY:
		return false;
	default:
		break;
	}
	atomic_fetch_add(&bytes, len);
	take_body(body, len, how == PART);
	switch (how) {
	case MUTE:
		return false;
	case CUT:
		return half(fd);
	case PART:
		return answer(fd, "200 OK", "", one_rejected, sizeof one_rejected);
	case SLOW:
		sleep_us(SLOW_MS * 1000);
	/* fallthrough */
	default:
		return answer(fd, "200 OK", "", "", 0);
	}
}

/* The same over gRPC; 14 is UNAVAILABLE. */
static int serve_message(int fd, const char *message, size_t len)
{
	int how = mode;

	atomic_fetch_add(&requests, 1);
	switch (how) {
	case BUSY:
	case LATER:
		return 14;
	case RESET:
		reset(fd);
		return DISCARD_END;
	case HANG:
		hang();
		return DISCARD_END;
	case AWAY:
		return DISCARD_END;
	default:
		break;
	}
	atomic_fetch_add(&bytes, len);
	take_body(message, len, how == PART);
	if (how == SLOW)
		sleep_us(SLOW_MS * 1000);
	return how == MUTE || how == CUT ? DISCARD_END : how == PART ? DISCARD_PART : 0;
}

static bool serve_counts(int fd)
{
	char text[128];
	int len = snprintf(text, sizeof text, "%llu %llu %llu %llu\n", spans, requests, bytes, different);
	return answer(fd, "200 OK", "", text, (size_t)len);
}

/* ---- connections ---- */

static bool hold_connection(int fd, bool hold)
{
	int was = hold ? -1 : fd;
	bool found = false;
	pthread_mutex_lock(&lock);
	for (int i = 0; i < CONNECTIONS && !found; i++)
		if ((found = connections[i] == was))
			connections[i] = hold ? fd : -1;
	pthread_mutex_unlock(&lock);
	return found;
}

static void end_connections(void)
{
	pthread_mutex_lock(&lock);
	for (int i = 0; i < CONNECTIONS; i++)
		if (connections[i] >= 0)
			shutdown(connections[i], SHUT_RDWR);
	pthread_mutex_unlock(&lock);
}

static size_t content_length(const char *head)
{
	const char *line = strcasestr(head, "\r\ncontent-length:");
	return line ? strtoul(line + 17, NULL, 10) : 0;
}

/* One request; false when the connection ends. */
static bool serve_one(int fd, char *buffer, size_t *have)
{
	for (;;) {
		buffer[*have] = '\0';
		if (strncmp(buffer, "PRI * HTTP/2.0", 14) == 0) {
			discard_h2_serve(fd, buffer, *have, serve_message);
			return false;
		}
		char *end = strstr(buffer, "\r\n\r\n");
		size_t need = end ? (size_t)(end + 4 - buffer) + (*buffer == 'P' ? content_length(buffer) : 0) : 0;
		if (need > MAX_BODY)
			return false;
		if (end && *have >= need) {
			bool ok = *buffer == 'P' ? serve_post(fd, end + 4, need - (size_t)(end + 4 - buffer))
						 : serve_counts(fd);
			memmove(buffer, buffer + need, *have - need);
			*have -= need;
			return ok;
		}
		ssize_t n = recv(fd, buffer + *have, MAX_BODY - *have, 0);
		if (n <= 0)
			return false;
		*have += (size_t)n;
	}
}

static void *serve(void *arg)
{
	int fd = (int)(intptr_t)arg;
	size_t have = 0;
	char *buffer = malloc(MAX_BODY + 1);
	bool held = hold_connection(fd, true);
	while (buffer && held && serve_one(fd, buffer, &have))
		continue;
	free(buffer);
	hold_connection(fd, false);
	close(fd);
	return NULL;
}

static int listen_on(struct sockaddr_in *address)
{
	socklen_t len = sizeof *address;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
	if (bind(fd, (struct sockaddr *)address, len) < 0 || listen(fd, 64) < 0 ||
	    getsockname(fd, (struct sockaddr *)address, &len) < 0)
		perror("bench_flap"), exit(1);
	return fd;
}

static void accept_one(int listener)
{
	struct pollfd ready = {.fd = listener, .events = POLLIN};
	pthread_t thread;
	if (poll(&ready, 1, TICK_MS) <= 0)
		return;
	int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
	if (fd < 0)
		return;
	if (pthread_create(&thread, NULL, serve, (void *)(intptr_t)fd) == 0)
		pthread_detach(thread);
	else
		close(fd);
}

/* ---- moods ---- */

/* Each failure in turn for a while, with good times in between: the numbers are the same in each run. Every fifth time
 * it is away for longer than what waits in memory lasts. */
static void *change_moods(void *arg)
{
	uint64_t end = now_ns(CLOCK_MONOTONIC) + strtoull(arg, NULL, 10) * 1000000000u;
	for (unsigned i = 1; now_ns(CLOCK_MONOTONIC) < end; i++) {
		mode = WELL;
		sleep_us(3000000);
		mode = i % 5 ? BUSY + (int)(i * 2 % (MODES - 1)) : AWAY;
		fprintf(stderr, "backend: %s\n", mode_names[mode]);
		if (mode == AWAY)
			end_connections();
		sleep_us(i % 5 ? 500000 + i * 7919 % 1500000 : 8000000);
	}
	mode = WELL;
	return NULL;
}

int main(int argc, char **argv)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	pthread_t thread;

	if (argc != 3)
		return 2;
	room = strtoull(argv[1], NULL, 10);
	seen = calloc(1, room / 8 + 1);
	memset(connections, 0xff, sizeof connections);
	int listener = listen_on(&address);
	printf("%d\n", ntohs(address.sin_port));
	fflush(stdout);
	if (!seen || pthread_create(&thread, NULL, change_moods, argv[2]) != 0)
		return 1;
	for (;;) {
		if (mode != AWAY) {
			accept_one(listener);
			continue;
		}
		close(listener);
		while (mode == AWAY)
			sleep_us(TICK_MS * 1000);
		listener = listen_on(&address);
	}
}
