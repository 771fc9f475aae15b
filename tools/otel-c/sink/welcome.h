/* SPDX-License-Identifier: Apache-2.0
 *
 * welcome.h - how a connection is received.
 */
#ifndef OTEL_TOOLS_SINK_WELCOME_H
#define OTEL_TOOLS_SINK_WELCOME_H

#include <stdbool.h>
#include <stdint.h>

/* All zero: it is served. */
struct sink_welcome {
	bool is_silent; /* nothing is read or said */
	bool is_reset; /* at once, or as soon as reset_after bytes were read */
	uint64_t reset_after;
	uint64_t bytes_per_s; /* no more are read; 0 = as fast as they come */
};

#endif
