/* SPDX-License-Identifier: Apache-2.0
 *
 * sock.h - our sockets in somebody else's table of file descriptors.
 *
 * A host may close every descriptor (daemons do) and re-use the numbers. So each of ours is remembered with its
 * identity, stays out of the low numbers, and is touched only while it is still the same file.
 */
#ifndef OTEL_HTTP_SOCK_H
#define OTEL_HTTP_SOCK_H

#include <curl/curl.h>
#include <stdbool.h>
#include <sys/types.h>

struct sock_id {
	int fd; /* -1 = none */
	dev_t dev;
	ino_t ino;
};

bool sock_id_take(struct sock_id *id, int fd);
bool sock_id_holds(const struct sock_id *id); /* is the number still that file? Keeps errno. */
void sock_id_close(struct sock_id *id); /* only if it is */

/* Moves a descriptor to a number that hosts do not count on, if the limit allows; CLOEXEC. */
int sock_lift(int fd);

/* For CURLOPT_OPENSOCKETFUNCTION (its data: a bool that becomes true) and CURLOPT_CLOSESOCKETFUNCTION. */
curl_socket_t sock_open(void *opened, curlsocktype purpose, struct curl_sockaddr *address);
int sock_close(void *unused, curl_socket_t fd);

bool sock_all_hold(void); /* are all open ones still ours? */
void sock_close_all(void); /* by number, those that are; forgets all */

#endif
