/* SPDX-License-Identifier: Apache-2.0
 *
 * engine.c - the steps of a start, in order.
 */
#include "sdk/engine.h"

#include <otel/version.h>

#include <stdio.h>
#include <string.h>

#include "config/config.h"
#include "plugin/registry.h"
#include "sdk/auth.h"
#include "sdk/auth_open.h"
#include "sdk/boot_context.h"
#include "sdk/components.h"
#include "sdk/detector_builtin.h"
#include "sdk/distro.h"
#include "sdk/exit.h"
#include "sdk/fork.h"
#include "sdk/fork_epoch.h"
#include "sdk/last_error.h"
#include "sdk/layers.h"
#include "sdk/pipeline.h"
#include "sdk/process_context.h"
#include "sdk/processor_list.h"
#include "sdk/processors.h"
#include "sdk/provider.h"
#include "sdk/resource.h"
#include "sdk/self_metrics.h"
#include "sdk/signals.h"
#include "sdk/stack.h"
#include "sdk/span_log.h"
#include "sdk/span_room.h"
#include "sdk/spooling.h"
#include "sdk/stats.h"
#include "sdk/tuning.h"
#include "util/clock.h"
#include "util/diag.h"
#include "util/str.h"

#define PARTS_MAX      50u /* of a provider, and authenticators */
#define PROCESSORS_MAX 16u

/* What a round of start and stop holds. */
struct engine {
	struct config *config;
	struct signals signals;
	struct component *parts[PARTS_MAX]; /* that the host's threads call */
	size_t part_count;
	struct component *processors[PROCESSORS_MAX]; /* not closed yet */
	size_t processor_count;
	bool disabled;
	char distro[DISTRO_NAME_MAX]; /* "" = none */
	const char *distro_version; /* NULL if it has no module */
	char user_agent[256];
};

static struct engine engine;

/* Threads of the host may still be inside a sampler or propagator of the round that was stopped, so what these are made
 * of is freed one round later only. */
static struct config *config_before;
static struct component *parts_before[PARTS_MAX];
static size_t part_count_before;

/* ---- messages ---- */

static enum diag_level level_of(const char *name)
{
	static const char *const names[] = {"none", "error", "warn", "info", "debug"};
	for (int i = 0; name && i < 5; i++)
		if (str_equals_nocase(name, names[i]))
			return (enum diag_level)i;
	return DIAG_WARN;
}

/* ---- configuration ---- */

static void name_user_agent(struct engine *e)
{
	int n = 0;
	if (*e->distro)
		n = snprintf(e->user_agent, sizeof e->user_agent, "otel-c-%s/%.32s ", e->distro,
			     e->distro_version ? e->distro_version : OTEL_C_VERSION);
	snprintf(e->user_agent + n, sizeof e->user_agent - (size_t)n, "OTel-OTLP-Exporter-C/%s", OTEL_C_VERSION);
}

static otel_status load_distro(struct engine *e, const struct distro_choice *choice)
{
	if (!*choice->value)
		return OTEL_OK;
	otel_status status = distro_load(e->config, choice->value, choice->origin, e->distro);
	if (status)
		return status;
	const otel_plugin *plugin = config_raw(e->config, "distro", "module") ? registry_newest() : NULL;
	e->distro_version = plugin ? plugin->version : NULL;
	return OTEL_OK;
}

static otel_status add_plugins(const otel_sdk_options *options)
{
	for (size_t i = 0; options && options->plugins && i < options->plugin_count; i++) {
		otel_status status = registry_add_code(options->plugins[i], i);
		if (status && status != OTEL_ALREADY)
			return last_error_note(status, "otel_sdk_start: plugins[%zu] cannot be used", i);
	}
	return OTEL_OK;
}

/* OTEL_SDK_DISABLED=true wins over everything, code too. */
static bool is_disabled(const struct config *config, const struct otel_boot *boot)
{
	const char *value = boot->secure ? NULL : otel_boot_env(boot, "OTEL_SDK_DISABLED");
	return (value && view_equals_nocase(view_trim(view_of(value)), "true")) ||
	       config_bool(config, "sdk", "disabled");
}

static otel_status configure(struct engine *e, const struct otel_boot *boot, const otel_sdk_options *options)
{
	static struct distro_choice choice; /* too large for the stack of whichever thread wakes us */

	e->config = config_create();
	if (!e->config)
		return last_error_say(OTEL_NO_MEMORY, "the SDK cannot start: out of memory");
	registry_begin(e->config, boot);
	otel_status status = registry_add_builtin(&provider_builtin);
	if (!status)
		status = registry_add_builtin(&detector_builtin);
	if (!status)
		status = registry_add_builtin(&self_builtin);
	if (status)
		return last_error_say(status, "the SDK cannot start: its own components do not register");
	layers_read(e->config, boot, options, &choice);
	status = load_distro(e, &choice);
	if (!status)
		distro_load_plugins(e->config);
	if (!status)
		status = add_plugins(options);
	if (status)
		return status;
	config_resolve(e->config);
	registry_configure();
	diag_setup(boot, level_of(config_str(e->config, "otel", "log_level")));
	e->disabled = is_disabled(e->config, boot);
	name_user_agent(e);
	return OTEL_OK;
}

/* ---- parts ---- */

static otel_status set_up_pipeline(struct engine *e, const struct otel_boot *boot, const struct otel_slot *slot)
{
	struct pipeline_options options = {.boot = boot, .slot = slot, .user_agent = e->user_agent};
	struct spooling_options spooling;
	const char *load = config_str(e->config, "http", "load");

	options.http_at_start = load && !strcmp(load, "start");
	tuning_batch(e->config, &options);
	tuning_clock(e->config);
	tuning_spool(e->config, &spooling);
	signals_open(&e->signals, e->config);
	options.signals = e->signals.of;
	options.spooling = &spooling;
	otel_status status = pipeline_setup(&options, e->signals.exporters, e->signals.exporter_count);
	if (status) {
		signals_close(&e->signals);
		return last_error_note(status, "the SDK cannot start: its pipeline could not be set up");
	}
	span_log_setup(options.max_queue_size, tuning_queue_bytes(options.max_queue_size));
	span_room_one_by_one(options.simple);
	return OTEL_OK;
}

/* What lies in memory of a plugin's own may be open in the next round too, and stays open. */
static void note_part(struct engine *e, struct component *part)
{
	if (part && part->self_is_ours && e->part_count < PARTS_MAX)
		e->parts[e->part_count++] = part;
}

static void note_parts(struct engine *e, const struct provider_options *options)
{
	note_part(e, options->sampler);
	for (size_t i = 0; i < e->signals.log_processor_count; i++)
		note_part(e, e->signals.log_processors[i]);
	note_part(e, options->id_generator);
	for (size_t i = 0; i < options->propagator_count; i++)
		note_part(e, options->propagators[i]);
	for (size_t i = 0; i < options->response_propagator_count; i++)
		note_part(e, options->response_propagators[i]);
	for (size_t i = 0; i < options->processor_count; i++)
		e->processors[e->processor_count++] = options->processors[i];
}

static otel_status set_up_provider(struct engine *e)
{
	struct provider_options options = {.disabled = e->disabled};

	options.propagator_count =
		components_open(OTEL_COMPONENT_PROPAGATOR, e->config, "otel", "propagators", options.propagators,
				sizeof options.propagators / sizeof *options.propagators);
	if (!e->disabled) {
		options.processor_count = processor_list_open(e->config, options.processors, PROCESSORS_MAX);
		tuning_limits(e->config, &options.limits);
		const int64_t open_bytes = config_int(e->config, "limits", "open_bytes");
		options.max_open_bytes = open_bytes < 0 ? 0 : (size_t)open_bytes;
		options.id_generator =
			components_open_one(OTEL_COMPONENT_ID_GENERATOR, e->config, "sdk", "id_generator", NULL);
		options.sampler = components_open_one(OTEL_COMPONENT_SAMPLER, e->config, "traces", "sampler",
						      "parentbased_always_on");
		if (!options.sampler)
			return last_error_say(OTEL_FAILED, "the SDK cannot start: there is no sampler");
		options.response_propagator_count =
			components_open(OTEL_COMPONENT_RESPONSE_PROPAGATOR, e->config, "otel", "response_propagators",
					options.response_propagators,
					sizeof options.response_propagators / sizeof *options.response_propagators);
	}
	note_parts(e, &options);
	provider_setup(&options);
	return OTEL_OK;
}

/* Last, for any module that was loaded on the way may have brought some. */
static void set_up_authenticators(struct engine *e)
{
	struct component *opened[AUTH_MAX];
	const size_t count = auth_open(e->config, opened, AUTH_MAX);

	auth_setup(
		&(struct auth_options){.components = opened,
				       .count = count,
				       .allow_insecure = config_bool(e->config, "http", "allow_insecure_credentials")});
	for (size_t i = 0; i < count; i++)
		note_part(e, opened[i]);
}

/* First the pipeline: it refuses while a thread of the round before is still at work. */
static otel_status set_up_recording(struct engine *e, const struct otel_boot *boot, const struct otel_slot *slot,
				    const otel_sdk_options *options)
{
	otel_status status = set_up_pipeline(e, boot, slot);
	if (status)
		return status;
	stats_reset();
	status = resource_setup(e->config, options, *e->distro ? e->distro : NULL, e->distro_version);
	if (status)
		return last_error_say(status, "the SDK cannot start: out of memory");
	int64_t timeout = config_int(e->config, "exit", "timeout");
	exit_setup(timeout < 0 ? 2000 : (uint32_t)timeout);
	stack_setup(slot);
	fork_epoch_setup(fork_recover);
	return OTEL_OK;
}

static otel_status build(struct engine *e, struct otel_slot *slot, const struct otel_boot *boot,
			 const otel_sdk_options *options)
{
	otel_status status = configure(e, boot, options);
	if (!status && !e->disabled)
		status = set_up_recording(e, boot, slot, options);
	if (!status)
		status = set_up_provider(e);
	if (status)
		return status;
	if (!e->disabled)
		set_up_authenticators(e);
	process_context_setup(e->disabled ? SHARE_NONE : tuning_sharing(e->config));
	boot_context_attach(e->config, boot);
	if (!e->disabled)
		pipeline_begin();
	return OTEL_OK;
}

/* ---- rounds ---- */

/* The round before is over: its pipeline thread is gone, or the new one could not have been set up. */
static void retire(struct engine *before, bool is_thread_gone)
{
	if (is_thread_gone) {
		signals_close(&before->signals);
		components_close(parts_before, part_count_before);
		components_close(before->processors, before->processor_count);
	}
	memcpy(parts_before, before->parts, sizeof parts_before);
	part_count_before = before->part_count;
	config_destroy(config_before);
	config_before = before->config;
}

/* Nothing of the failed round stays in force; the round before can still be retired. */
static void abandon(struct engine *e)
{
	if (!e->disabled && pipeline_stop(0) != OTEL_TIMEOUT)
		signals_close(&e->signals);
	config_destroy(e->config);
}

otel_status engine_build(struct otel_slot *slot, const struct otel_boot *boot, const otel_sdk_options *options)
{
	struct engine before = engine;

	clock_setup();
	diag_setup(boot, level_of(boot->secure ? NULL : otel_boot_env(boot, "OTEL_LOG_LEVEL")));
	engine = (struct engine){.config = NULL};
	otel_status status = build(&engine, slot, boot, options);
	if (!status) {
		retire(&before, !engine.disabled);
	} else {
		abandon(&engine);
		engine = before;
	}
	return status;
}

otel_status engine_stop(uint32_t timeout_ms)
{
	const uint64_t end = clock_mono_ms() + timeout_ms;
	otel_status flushed = processors_flush(timeout_ms);
	const otel_status logs_flushed = log_processors_flush(clock_ms_until(end));
	flushed = flushed ? flushed : logs_flushed;

	provider_stop();
	const otel_status stopped = pipeline_stop(clock_ms_until(end));
	if (stopped != OTEL_TIMEOUT)
		signals_close(&engine.signals);
	/* Who is inside one for longer keeps them open until the next round. */
	if (processors_settle(clock_ms_until(end))) {
		components_close(engine.processors, engine.processor_count);
		engine.processor_count = 0;
	}
	return stopped ? stopped : flushed;
}
