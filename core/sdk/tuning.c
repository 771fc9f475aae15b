/* SPDX-License-Identifier: Apache-2.0
 *
 * tuning.c - see the header. Bad values have been refused by the schema; here they are only unset.
 */
#include "sdk/tuning.h"

#include "util/clock_tsc.h"
#include "util/diag.h"
#include "util/str.h"

#define SPAN_BYTES_MEAN 16384u /* generous: most spans have some hundred bytes */
#define QUEUE_BYTES_MIN ((size_t)4 << 20)
#define QUEUE_BYTES_MAX ((size_t)64 << 20)

static uint32_t number(const struct config *config, const char *section, const char *key, uint32_t otherwise)
{
	int64_t value = config_int(config, section, key);
	return value < 0 ? otherwise : (uint32_t)value;
}

/* A default is no value: the general one stands before it. */
static uint32_t refined(const struct config *config, const char *section, const char *key, const char *general,
			uint32_t otherwise)
{
	if (config_layer_of(config, section, key) != CONFIG_BUILTIN)
		return number(config, section, key, otherwise);
	return number(config, "limits", general, otherwise);
}

void tuning_limits(const struct config *config, struct span_limits *limits)
{
	*limits = (struct span_limits){
		.attr_count = refined(config, "limits.span", "attribute_count", "attribute_count", 128),
		.attr_value_len =
			refined(config, "limits.span", "attribute_value_length", "attribute_value_length", UINT32_MAX),
		.attr_depth = number(config, "limits", "attribute_depth", 64),
		.event_count = number(config, "limits.span", "event_count", 128),
		.link_count = number(config, "limits.span", "link_count", 128),
		.event_attr_count = refined(config, "limits.event", "attribute_count", "attribute_count", 128),
		.link_attr_count = refined(config, "limits.link", "attribute_count", "attribute_count", 128),
	};
}

static bool is_choice(const struct config *config, const char *section, const char *key, const char *value)
{
	const char *chosen = config_str(config, section, key);
	return chosen && str_equals_nocase(chosen, value);
}

static void tuning_worker(const struct config *config, struct pipeline_options *options)
{
	options->simple = is_choice(config, "traces", "processor", "simple");
	options->worker = is_choice(config, "sdk", "worker", "none")	? WORKER_NONE
			  : is_choice(config, "sdk", "worker", "start") ? WORKER_START
									: WORKER_LAZY;
}

void tuning_batch(const struct config *config, struct pipeline_options *options)
{
	options->schedule_delay_ms = number(config, "bsp", "schedule_delay", 5000);
	options->export_timeout_ms = number(config, "bsp", "export_timeout", 30000);
	options->backoff = (struct backoff){
		.initial_ms = number(config, "export", "retry_initial", 1000),
		.max_ms = number(config, "export", "retry_max", 30000),
		.elapsed_ms = number(config, "export", "retry_elapsed", 300000),
	};
	options->max_request_bytes = number(config, "export", "max_request_bytes", 64 << 20);
	options->max_queue_size = number(config, "bsp", "max_queue_size", 2048);
	options->max_batch_size = number(config, "bsp", "max_export_batch_size", 512);
	tuning_worker(config, options);
	if (options->simple)
		options->max_batch_size = 1;
	if (options->max_batch_size <= options->max_queue_size)
		return;
	/* Whoever only made the queue small did not ask for the larger batch. */
	if (config_layer_of(config, "bsp", "max_export_batch_size") != CONFIG_BUILTIN)
		diag(DIAG_WARN, "%s: %u is more than the queue holds (%s: %u); using %u",
		     config_origin(config, "bsp", "max_export_batch_size"), options->max_batch_size,
		     config_origin(config, "bsp", "max_queue_size"), options->max_queue_size, options->max_queue_size);
	options->max_batch_size = options->max_queue_size;
}

void tuning_spool(const struct config *config, struct spooling_options *options)
{
	*options = (struct spooling_options){
		.spool = {.directory = config_str(config, "spool", "directory"),
			  .origin = config_origin(config, "spool", "directory"),
			  .quota = {.max_bytes = number(config, "spool", "max_bytes", 256 << 20),
				    .max_age_ms = number(config, "spool", "max_age", 86400000)}},
		.always = is_choice(config, "spool", "mode", "always"),
		.replay_pause_ms = number(config, "spool", "replay_interval", 100),
	};
}

enum process_sharing tuning_sharing(const struct config *config)
{
	if (is_choice(config, "sdk", "share_context", "threads"))
		return SHARE_THREADS;
	return is_choice(config, "sdk", "share_context", "process") ? SHARE_PROCESS : SHARE_NONE;
}

void tuning_clock(const struct config *config)
{
	const char *why = is_choice(config, "sdk", "clock", "tsc") ? clock_tsc_obstacle() : NULL;

	if (why || is_choice(config, "sdk", "clock", "realtime"))
		clock_tsc_end();
	else
		clock_tsc_begin();
	if (why)
		diag(DIAG_WARN, "%s: \"tsc\" has no effect, spans use the system's clock: %s",
		     config_origin(config, "sdk", "clock"), why);
}

size_t tuning_queue_bytes(uint32_t max_queue_size)
{
	size_t bytes = (size_t)max_queue_size * SPAN_BYTES_MEAN;
	if (bytes < QUEUE_BYTES_MIN)
		return QUEUE_BYTES_MIN;
	return bytes < QUEUE_BYTES_MAX ? bytes : QUEUE_BYTES_MAX;
}
