/* SPDX-License-Identifier: Apache-2.0
 *
 * processors.c - the span processors that were selected, called in their order.
 */
#include "sdk/processors.h"

void processors_start(const struct provider_config *config, otel_span span, const struct otel_parent *parent)
{
	for (size_t i = 0; i < config->processor_count; i++)
		if (config->processors[i].processor->on_start)
			config->processors[i].processor->on_start(config->processors[i].self, span, parent->context);
}

void processors_ending(const struct provider_config *config, otel_span span)
{
	for (size_t i = 0; i < config->processor_count; i++)
		if (config->processors[i].processor->on_ending)
			config->processors[i].processor->on_ending(config->processors[i].self, span);
}

void processors_end(const struct provider_config *config, const otel_span_data *data)
{
	for (size_t i = 0; i < config->processor_count; i++)
		if (config->processors[i].processor->on_end)
			config->processors[i].processor->on_end(config->processors[i].self, data);
}

otel_status processors_flush(uint32_t timeout_ms)
{
	const struct provider_config *config = provider_config();
	otel_status status = OTEL_OK;

	for (size_t i = 0; config && i < config->processor_count; i++) {
		const struct provider_processor *p = &config->processors[i];
		const otel_status one = p->processor->flush ? p->processor->flush(p->self, timeout_ms) : OTEL_OK;
		status = status ? status : one;
	}
	return status;
}
