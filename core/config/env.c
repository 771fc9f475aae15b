/* SPDX-License-Identifier: Apache-2.0
 *
 * env.c - the environment as layers: ambient variables, plain ones, and those the launcher's flags set.
 */
#include "config/store.h"

#include <string.h>

/* OTEL_C_FLAGS lists, after the launcher's own name, the variables it set from its flags. */
static bool is_flag_(const struct config *config, const char *name)
{
	struct view rest = view_of(otel_boot_env(config->boot, "OTEL_C_FLAGS"));
	struct view piece;

	while (view_split(&rest, ',', &piece)) {
		if (view_equals(view_trim(piece), name))
			return true;
	}
	return false;
}

static enum config_layer layer_(const struct config *config, const otel_config_row *row)
{
	if (is_flag_(config, row->env))
		return CONFIG_FLAGS;
	return row->flags & OTEL_CONFIG_AMBIENT ? CONFIG_AMBIENT : CONFIG_ENV;
}

void config_absorb_env(struct config *config)
{
	bool is_new = config->boot && config->env_read < config->setting_count;

	for (const char *const *env = is_new ? config->boot->env : NULL; env && *env; env++) {
		size_t len = strcspn(*env, "=");
		struct setting *setting = (*env)[len] ? config_find_variable(config, *env, len) : NULL;
		if (!setting || setting->is_env_read)
			continue;
		setting->is_env_read = true;
		if ((*env)[len + 1])
			config_add_entry(config, layer_(config, setting->row), setting->row->section, setting->row->key,
					 view_of(*env + len + 1), setting->row->env);
	}
	if (is_new)
		config->env_read = config->setting_count;
}

/* OTEL_ENABLED=false is an older habit of some distros' users. */
static void absorb_enabled_(struct config *config)
{
	const char *enabled = otel_boot_env(config->boot, "OTEL_ENABLED");
	const char *disabled = otel_boot_env(config->boot, "OTEL_SDK_DISABLED");

	if (!enabled || !str_equals_nocase(enabled, "false") || (disabled && *disabled))
		return;
	diag(DIAG_WARN,
	     "OTEL_ENABLED: \"false\" is understood; the variable of the specification is OTEL_SDK_DISABLED=true");
	config_add_entry(config, CONFIG_ENV, "sdk", "disabled", view_of("true"), "OTEL_ENABLED");
}

/* What is no key of ours, and why. */
static const struct {
	const char *name;
	const char *why;
	const char *cure;
} refused_[] = {
	{"OTEL_CONFIG_FILE", "is not read, configuration in YAML is not supported yet",
	 "allowed: OTEL_* variables, or an INI file named by OTEL_C_CONFIG"},
	{"OTEL_EXPERIMENTAL_CONFIG_FILE", "is not read, configuration in YAML is not supported yet",
	 "allowed: OTEL_* variables, or an INI file named by OTEL_C_CONFIG"},
	{"OTEL_EXPORTER_OTLP_SPAN_INSECURE", "is not supported, the specification has given the variable up",
	 "the scheme of the endpoint, http:// or https://, decides"},
	{"OTEL_EXPORTER_OTLP_METRIC_INSECURE", "is not supported, the specification has given the variable up",
	 "the scheme of the endpoint, http:// or https://, decides"},
};

static void report_refused_(struct config *config)
{
	for (size_t i = 0; i < sizeof(refused_) / sizeof(refused_[0]); i++) {
		const char *value = otel_boot_env(config->boot, refused_[i].name);
		if (value && *value)
			config_complain(config, DIAG_WARN, "%s: \"%.200s\" %s; %s", refused_[i].name, value,
					refused_[i].why, refused_[i].cure);
	}
}

void config_read_env(struct config *config, const struct otel_boot *boot)
{
	/* Whoever starts a set-uid program does not configure it. */
	config->boot = boot && !boot->secure ? boot : NULL;
	config->is_env_known = true;
	config_absorb_env(config);
	if (config->boot) {
		absorb_enabled_(config);
		report_refused_(config);
	}
	config_expand_pending(config);
}
