/* SPDX-License-Identifier: Apache-2.0
 *
 * propagator.h - what every propagator here has as its state: the host's table.
 */
#ifndef OTEL_PROPAGATION_PROPAGATOR_H
#define OTEL_PROPAGATION_PROPAGATOR_H

#include <otel/plugin.h>

struct propagator {
	const otel_host *host;
};

/* The open() of all of them. */
otel_status propagator_open(void *self, const otel_host *host, otel_setup *setup);

/* The head of their vtables. */
#define PROPAGATOR_COMPONENT                                                                                           \
	{                                                                                                              \
		.size = sizeof(otel_propagator), .state_size = sizeof(struct propagator), .open = propagator_open      \
	}

static inline const otel_host *propagator_host(const void *self)
{
	return ((const struct propagator *)self)->host;
}

#endif
