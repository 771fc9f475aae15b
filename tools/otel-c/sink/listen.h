/* SPDX-License-Identifier: Apache-2.0
 *
 * listen.h - a listening socket from "HOST:PORT".
 */
#ifndef OTEL_TOOLS_SINK_LISTEN_H
#define OTEL_TOOLS_SINK_LISTEN_H

#include <stddef.h>

/* "127.0.0.1:4318" or "[::1]:4318" and a terminator, at its longest. */
#define SINK_ADDRESS_MAX 80

enum sink_listen_result { SINK_LISTENING, SINK_NO_ADDRESS, SINK_NOT_BOUND };

/* Opens the socket (close-on-exec, non-blocking) and writes the numeric address it got to `bound`. SINK_NO_ADDRESS: the
 * text is no HOST:PORT. Otherwise than SINK_LISTENING a sentence that names the option was printed on stderr. */
enum sink_listen_result sink_listen(const char *address, const char *option, int *fd, char bound[SINK_ADDRESS_MAX]);

#endif
