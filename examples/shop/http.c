/* SPDX-License-Identifier: Apache-2.0 */
#include "http.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

int http_parse_url(const char *url, struct http_url *out)
{
	int used = 0;
	memset(out, 0, sizeof *out);
	if (sscanf(url, "http://%255[^:/]%n", out->host, &used) != 1)
		return -1;
	const char *rest = url + used;
	strcpy(out->port, "80");
	if (*rest == ':') {
		if (sscanf(rest, ":%5[0-9]%n", out->port, &used) != 1)
			return -1;
		rest += used;
	}
	if (*rest && *rest != '/')
		return -1;
	snprintf(out->path, sizeof out->path, "%s", *rest ? rest : "/");
	return 0;
}

static int resolve(const struct http_url *url, struct sockaddr_in *out)
{
	memset(out, 0, sizeof *out);
	out->sin_family = AF_INET;
	out->sin_port = htons((uint16_t)atoi(url->port));
	if (inet_pton(AF_INET, url->host, &out->sin_addr) == 1)
		return 0;
	struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM}, *found = NULL;
	if (getaddrinfo(url->host, url->port, &hints, &found) != 0)
		return -1;
	memcpy(out, found->ai_addr, sizeof *out);
	freeaddrinfo(found);
	return 0;
}

static int exchange(int fd, const struct http_url *url, const char *header_lines)
{
	char text[4096];
	int len = snprintf(text, sizeof text, "GET %s HTTP/1.0\r\nHost: %s:%s\r\n%s\r\n", url->path, url->host,
			   url->port, header_lines);
	if (len < 0 || (size_t)len >= sizeof text || send(fd, text, (size_t)len, MSG_NOSIGNAL) != len)
		return -1;
	size_t have = 0;
	while (have < sizeof text - 1) {
		ssize_t n = recv(fd, text + have, sizeof text - 1 - have, 0);
		if (n <= 0)
			break;
		have += (size_t)n;
	}
	text[have] = '\0';
	int status = -1;
	return sscanf(text, "HTTP/1.%*1[01] %3d", &status) == 1 ? status : -1;
}

int http_get(const struct http_url *url, const char *header_lines, const char **reason)
{
	struct sockaddr_in address;
	struct timeval patience = {.tv_sec = 5};
	int status = -1;

	*reason = "host not found";
	if (resolve(url, &address) < 0)
		return -1;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0) {
		*reason = "no socket";
		return -1;
	}
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
	if (connect(fd, (struct sockaddr *)&address, sizeof address) < 0) {
		*reason = errno == ECONNREFUSED ? "connection refused" : "not connected";
		goto out;
	}
	status = exchange(fd, url, header_lines);
	*reason = status < 0 ? "no HTTP answer" : "";
out:
	close(fd);
	return status;
}
