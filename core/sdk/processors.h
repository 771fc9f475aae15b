/* SPDX-License-Identifier: Apache-2.0
 *
 * processors.h - the span processors that were selected, called in their order. Nothing here runs when there are none.
 */
#ifndef OTEL_SDK_PROCESSORS_H
#define OTEL_SDK_PROCESSORS_H

#include <otel/plugin.h>

#include "api/slot.h"
#include "sdk/provider_config.h"

static inline bool processors_exist(const struct provider_config *config)
{
	return config->processor_count > 0;
}

/* A recording span was started; parent as the API gave it. */
void processors_start(const struct provider_config *config, otel_span span, const struct otel_parent *parent);

/* It is being ended by this thread. */
void processors_ending(const struct provider_config *config, otel_span span);

/* It ended. */
void processors_end(const struct provider_config *config, const otel_span_data *data);

/* otel_sdk_flush(): OTEL_OK, or the first that failed. */
otel_status processors_flush(uint32_t timeout_ms);

/* After provider_stop(): waits until no thread is inside a processor, so that they may be closed. False: time is up. */
bool processors_settle(uint32_t timeout_ms);

void processors_fork_child(void);

#endif
