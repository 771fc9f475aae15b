/* SPDX-License-Identifier: Apache-2.0
 *
 * signals.c - see the header.
 */
#include "sdk/signals.h"

#include <string.h>

#include "sdk/blocking.h"
#include "sdk/components.h"
#include "util/diag.h"

static const struct {
	otel_signal signal;
	const char *section;
} sections[] = {
	{OTEL_SIGNAL_TRACES, "traces"},
	{OTEL_SIGNAL_METRICS, "metrics"},
	{OTEL_SIGNAL_LOGS, "logs"},
};

static size_t place_of(const struct signals *signals, const struct component *exporter)
{
	size_t i = 0;

	while (i < signals->exporter_count && signals->exporters[i] != exporter)
		i++;
	return i;
}

/* For a signal more than it serves already. */
static struct component *twin_of(const struct signals *signals, const struct component *exporter, const char *origin)
{
	const otel_exporter *vtable = exporter->vtable;

	if (!(vtable->flags & OTEL_EXPORTER_PER_SIGNAL) || signals->exporter_count == BATCH_MAX_OWNERS)
		return NULL;
	return registry_open_twin(exporter, origin);
}

/* Serves one more signal: an exporter that was opened for another one is opened anew for it, or shared. */
static void add_exporter(struct signals *signals, struct component *exporter, otel_signal signal, const char *origin)
{
	size_t i = place_of(signals, exporter);
	struct component *twin = i < signals->exporter_count ? twin_of(signals, exporter, origin) : NULL;

	if (twin) {
		exporter = twin;
		i = signals->exporter_count;
	}
	if (i == BATCH_MAX_OWNERS) {
		diag(DIAG_WARN, "%s: only the first %d exporters are used", origin, BATCH_MAX_OWNERS);
		registry_close_one(exporter);
		return;
	}
	if (i == signals->exporter_count) {
		signals->exporters[signals->exporter_count++] = exporter;
		signals->of[i] = 0;
	}
	signals->of[i] |= signal;
}

static void open_exporters(struct signals *signals, const struct config *config, const char *section,
			   otel_signal signal)
{
	struct component *selected[BATCH_MAX_OWNERS];
	const size_t count =
		components_open(OTEL_COMPONENT_EXPORTER, config, section, "exporter", selected, BATCH_MAX_OWNERS);

	for (size_t i = 0; i < count; i++)
		add_exporter(signals, selected[i], signal, config_origin(config, section, "exporter"));
}

static bool is_default(const struct config *config, const char *section)
{
	return config_layer_of(config, section, "exporter") == CONFIG_BUILTIN;
}

/* Of the default it is known that it takes every signal. */
static void share_default(struct signals *signals, const struct config *config, const char *section, otel_signal signal)
{
	const char *name = config_str(config, section, "exporter");

	for (size_t i = 0; name && i < signals->exporter_count; i++) {
		if (strcmp(signals->exporters[i]->name, name) != 0)
			continue;
		add_exporter(signals, signals->exporters[i], signal, config_origin(config, section, "exporter"));
		return;
	}
}

/* Unless it was named among the producers, too. */
static void add_self_metrics(struct signals *s, const struct config *config)
{
	struct component *self =
		registry_open(OTEL_COMPONENT_METRIC_PRODUCER, "self", config_origin(config, "sdk", "self_metrics"));

	for (size_t i = 0; i < s->producer_count; i++)
		if (s->producers[i] == self)
			return;
	if (self && s->producer_count < METRIC_PRODUCERS_MAX)
		s->producers[s->producer_count++] = self;
}

void signals_open(struct signals *s, const struct config *config)
{
	const int64_t interval = config_int(config, "metrics", "export_interval");

	*s = (struct signals){.exporter_count = 0};
	s->producer_count = components_open(OTEL_COMPONENT_METRIC_PRODUCER, config, "metrics", "producers",
					    s->producers, METRIC_PRODUCERS_MAX);
	if (config_bool(config, "sdk", "self_metrics"))
		add_self_metrics(s, config);
	for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
		const bool asked = sections[i].signal == OTEL_SIGNAL_TRACES ||
				   !is_default(config, sections[i].section) ||
				   (sections[i].signal == OTEL_SIGNAL_METRICS && s->producer_count);
		if (asked)
			open_exporters(s, config, sections[i].section, sections[i].signal);
		else
			share_default(s, config, sections[i].section, sections[i].signal);
	}
	s->batch_processor_count = components_open(OTEL_COMPONENT_BATCH_PROCESSOR, config, "otel", "batch_processors",
						   s->batch_processors, BATCH_PROCESSORS_MAX);
	s->log_processor_count = components_open(OTEL_COMPONENT_LOG_PROCESSOR, config, "logs", "processors",
						 s->log_processors, LOG_PROCESSORS_MAX);
	batch_processors_setup(s->batch_processors, s->batch_processor_count);
	log_processors_setup(s->log_processors, s->log_processor_count);
	metric_producers_setup(s->producers, s->producer_count, interval < 0 ? 60000 : (uint32_t)interval);
}

void signals_close(struct signals *s)
{
	for (size_t i = 0; i < s->exporter_count; i++)
		if (!blocking_holds(s->exporters[i]))
			registry_close_one(s->exporters[i]);
	components_close(s->batch_processors, s->batch_processor_count);
	components_close(s->producers, s->producer_count);
	s->exporter_count = s->batch_processor_count = s->producer_count = 0;
}
