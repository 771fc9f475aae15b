/* SPDX-License-Identifier: Apache-2.0
 *
 * env.c - the environment as layers: ambient variables, plain ones, and those the launcher's flags set.
 */
#include "config/store.h"

#include <string.h>

#include "util/diag.h"

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
	for (size_t i = 0; config->boot && i < config->setting_count; i++) {
		struct setting *setting = &config->settings[i];
		const otel_config_row *row = setting->row;
		const char *text = row->env ? otel_boot_env(config->boot, row->env) : NULL;
		if (!setting->is_env_read && text && *text)
			config_add_entry(config, layer_(config, row), row->section, row->key, view_of(text), row->env);
		setting->is_env_read = true;
	}
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

static void refuse_config_file_(const struct config *config)
{
	static const char *const names[] = {"OTEL_CONFIG_FILE", "OTEL_EXPERIMENTAL_CONFIG_FILE"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *value = otel_boot_env(config->boot, names[i]);
		if (value && *value)
			diag(DIAG_WARN,
			     "%s: \"%.200s\" is not read, configuration in YAML is not supported yet; "
			     "allowed: OTEL_* variables, or an INI file named by OTEL_C_CONFIG",
			     names[i], value);
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
		refuse_config_file_(config);
	}
	config_expand_pending(config);
}
