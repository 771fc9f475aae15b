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

/* For CURLOPT_OPENSOCKETFUNCTION (its data: a bool that becomes true) and CURLOPT_CLOSESOCKETFUNCTION. */
curl_socket_t sock_open(void *opened, curlsocktype purpose, struct curl_sockaddr *address);
int sock_close(void *unused, curl_socket_t fd);

/* libcurl 7.88.1 closes sockets that did not get connected without a word to sock_close(). So it is told when those
 * that were opened with this data are connected, and, after each call into libcurl, what else is gone is forgotten. */
void sock_connected(const void *opened);
void sock_settle(void);

bool sock_all_hold(void); /* are all open ones still ours? */
bool sock_any_leaves(void); /* did the machine lose the address that one is bound to? True once for each. */
void sock_close_all(void); /* by number, those that are; forgets all */

#endif
