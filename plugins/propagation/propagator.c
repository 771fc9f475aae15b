/* SPDX-License-Identifier: Apache-2.0
 *
 * propagator.c - see the header.
 */
#include "plugins/propagation/propagator.h"

otel_status propagator_open(void *self, const otel_host *host, otel_setup *setup)
{
	(void)setup;
	((struct propagator *)self)->host = host;
	return OTEL_OK;
}
