/* SPDX-License-Identifier: Apache-2.0
 *
 * host.c - the recording host: the core's own services, with an eye on who calls what when.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "config/store.h"
#include "tools/otel-c/check/components.h"
#include "tools/otel-c/check/exam.h"
#include "tools/otel-c/check/loop.h"
#include "tools/otel-c/check/notes.h"
#include "tools/otel-c/check/sample.h"

struct exam exam;
char exam_log[256];

#define BIT(phase) (1u << (phase))
#define ANYWHERE                                                                                                       \
	(BIT(PHASE_SETUP) | BIT(PHASE_CONFIGURE) | BIT(PHASE_OPEN) | BIT(PHASE_RUN) | BIT(PHASE_DECIDE) |              \
	 BIT(PHASE_PROCESS))

static const char *phase_name(enum phase phase)
{
	static const char *const names[] = {
		[PHASE_NONE] = "the end",
		[PHASE_SETUP] = "setup()",
		[PHASE_CONFIGURE] = "configure()",
		[PHASE_OPEN] = "open()",
		[PHASE_RUN] = "a call of a component",
		[PHASE_DECIDE] = "decide()",
		[PHASE_PROCESS] = "process()",
		[PHASE_SIGN] = "sign()",
	};

	return names[phase];
}

/* Is a service called where its contract allows it? Notes it if not. */
static bool allow(unsigned phases, const char *call, const char *cure)
{
	char rule[RULE_SIZE];

	if (phases & BIT(exam.phase))
		return true;
	snprintf(rule, sizeof rule, "host->%s is called where it may be", call);
	return note(false, rule, cure, "host->%s was called in %s", call, phase_name(exam.phase));
}

void exam_hush(const char *where, const char *text)
{
	if (!text || !strstr(text, EXAM_SECRET))
		return;
	note(false, "no message holds a secret", "name the setting, not its value",
	     "%s told the value of a secret setting", where);
}

/* ---- messages and variables ---- */

__attribute__((format(printf, 3, 4))) static void host_log(otel_setup *setup, otel_log_level level, const char *format,
							   ...)
{
	va_list args;

	(void)setup;
	allow(ANYWHERE, "log()", "keep sign() pure: let prepare() say what is wrong");
	va_start(args, format);
	vsnprintf(exam_log, sizeof exam_log, format, args);
	va_end(args);
	exam_hush("host->log()", exam_log);
	note(level >= OTEL_LOG_ERROR && level <= OTEL_LOG_DEBUG, "log levels are those of plugin.h",
	     "use OTEL_LOG_ERROR, _WARN, _INFO or _DEBUG", "host->log() was called with level %d", (int)level);
}

static const char *host_env(otel_setup *setup, const char *name)
{
	allow(ANYWHERE, "env()", "read variables in open(), and keep the pointer");
	return registry_host.env(setup, name);
}

/* ---- configuration ---- */

static void allow_config(otel_setup *setup, const char *call, const char *section, const char *key)
{
	char rule[RULE_SIZE];

	allow(BIT(PHASE_CONFIGURE) | BIT(PHASE_OPEN), call,
	      "values are known in configure() and open() only, and on their thread: keep what you need in the state");
	snprintf(rule, sizeof rule, "[%.40s] %.40s, which is read, is a known key", section, key);
	note_odd(config_find(setup->config, section, key) != NULL, rule, "declare it in the plugin's rows",
		 "[%s] %s is read, but nobody declares it, so it is always unset", section, key);
}

static const char *host_config_str(otel_setup *setup, const char *section, const char *key)
{
	allow_config(setup, "config_str()", section, key);
	return registry_host.config_str(setup, section, key);
}

static bool host_config_bool(otel_setup *setup, const char *section, const char *key)
{
	allow_config(setup, "config_bool()", section, key);
	return registry_host.config_bool(setup, section, key);
}

static int64_t host_config_int(otel_setup *setup, const char *section, const char *key)
{
	allow_config(setup, "config_int()", section, key);
	return registry_host.config_int(setup, section, key);
}

static double host_config_double(otel_setup *setup, const char *section, const char *key)
{
	allow_config(setup, "config_double()", section, key);
	return registry_host.config_double(setup, section, key);
}

static const char *host_config_origin(otel_setup *setup, const char *section, const char *key)
{
	allow_config(setup, "config_origin()", section, key);
	return registry_host.config_origin(setup, section, key);
}

static otel_status host_set_default(otel_setup *setup, const char *section, const char *key, const char *value)
{
	const struct setting *known = config_find(setup->config, section, key);
	struct value read;
	char rule[RULE_SIZE];

	if (!allow(BIT(PHASE_CONFIGURE), "set_default()", "compute defaults in configure()"))
		return OTEL_INVALID;
	snprintf(rule, sizeof rule, "[%.40s] %.40s, whose default is set, is a known key", section, key);
	if (!note(known != NULL, rule, "mend the name, or declare the key in the plugin's rows",
		  "host->set_default() was called for [%s] %s, which nobody declares", section, key))
		return OTEL_NOT_FOUND;
	snprintf(rule, sizeof rule, "the default of [%.40s] %.40s is a value that it may have", section, key);
	note(value && config_parse_value(setup->config, known->row, value, &read), rule,
	     "see otel-c config for its type", "host->set_default() gave [%s] %s a value that is not allowed: \"%s\"",
	     section, key, value && !(known->row->flags & OTEL_CONFIG_SECRET) ? value : "");
	return registry_host.set_default(setup, section, key, value);
}

/* ---- work of the pipeline ---- */

#define LATER "it needs a running pipeline: do it in the first call of the component"

static otel_status host_http(otel_setup *setup, const otel_http_request *request,
			     void (*on_reply)(void *arg, const otel_http_reply *reply), void *arg,
			     otel_http_call **call)
{
	if (!allow(BIT(PHASE_RUN), "http()", LATER))
		return OTEL_INVALID;
	return loop_http(setup, request, on_reply, arg, call);
}

static otel_status host_timer(otel_setup *setup, uint32_t delay_ms, void (*fire)(void *arg), void *arg)
{
	if (!allow(BIT(PHASE_RUN) | BIT(PHASE_PROCESS) | BIT(PHASE_DECIDE), "timer()", LATER))
		return OTEL_INVALID;
	return loop_timer(setup, delay_ms, fire, arg);
}

static otel_status host_submit(otel_setup *setup, otel_signal signal, const uint8_t *request, size_t len)
{
	(void)setup, (void)signal;
	if (!allow(BIT(PHASE_RUN) | BIT(PHASE_PROCESS), "submit()", LATER))
		return OTEL_INVALID;
	sample_judge("what host->submit() got", request, len);
	return OTEL_OK;
}

static otel_status host_batch_replace(otel_batch_edit *edit, const uint8_t *request, size_t len)
{
	(void)edit;
	if (!allow(BIT(PHASE_PROCESS), "batch_replace()", "it is for process() of a batch processor"))
		return OTEL_INVALID;
	exam.replaced++;
	sample_judge("what host->batch_replace() got", request, len);
	return OTEL_OK;
}

/* ---- samplers ---- */

static void host_sampling_attr(const otel_sampling *asked, const otel_attr *attr)
{
	(void)asked;
	allow(BIT(PHASE_DECIDE), "sampling_attr()", "it is for decide() of a sampler");
	sample_judge_attrs("decide()", attr, 1);
}

static void host_sampling_tracestate(const otel_sampling *asked, const char *tracestate)
{
	(void)asked;
	allow(BIT(PHASE_DECIDE), "sampling_tracestate()", "it is for decide() of a sampler");
	note(tracestate != NULL, "the tracestate of decide() is a text", "give \"\" for none",
	     "host->sampling_tracestate() got NULL");
}

static const otel_context *host_sampling_context(const otel_sampling *asked)
{
	(void)asked;
	allow(BIT(PHASE_DECIDE), "sampling_context()", "it is for decide() of a sampler");
	return exam.parent;
}

/* ---- files ---- */

static void judge_state_name(const char *name)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";

	note(name && *name && strlen(name) <= 64 && strspn(name, allowed) == strlen(name),
	     "names of state files are plain", "use letters, digits, '.', '-' and '_', at most 64",
	     "\"%.80s\" is no name of a state file", name ? name : "");
	allow(BIT(PHASE_OPEN) | BIT(PHASE_RUN) | BIT(PHASE_PROCESS), "state_read() or state_replace()",
	      "it may wait for the disk: not in setup(), configure(), decide() and sign()");
}

static otel_status host_state_read(otel_setup *setup, const char *name, void *data, size_t cap, size_t *len)
{
	(void)setup, (void)data, (void)cap, (void)len;
	judge_state_name(name);
	return OTEL_NOT_FOUND;
}

static otel_status host_state_replace(otel_setup *setup, const char *name, const void *data, size_t len)
{
	(void)setup, (void)data, (void)len;
	judge_state_name(name);
	return OTEL_OK;
}

/* ---- the table ---- */

const otel_host *exam_host(void)
{
	static otel_host host;

	if (host.size)
		return &host;
	host = registry_host; /* contexts, clocks, spans */
	host.add = components_add;
	host.log = host_log;
	host.env = host_env;
	host.config_str = host_config_str;
	host.config_bool = host_config_bool;
	host.config_int = host_config_int;
	host.config_double = host_config_double;
	host.config_origin = host_config_origin;
	host.set_default = host_set_default;
	host.http = host_http;
	host.http_cancel = loop_http_cancel;
	host.timer = host_timer;
	host.export_finish = loop_export_finish;
	host.detect_finish = loop_detect_finish;
	host.auth_finish = loop_auth_finish;
	host.submit = host_submit;
	host.batch_replace = host_batch_replace;
	host.sampling_attr = host_sampling_attr;
	host.sampling_tracestate = host_sampling_tracestate;
	host.sampling_context = host_sampling_context;
	host.state_read = host_state_read;
	host.state_replace = host_state_replace;
	return &host;
}
