/* SPDX-License-Identifier: Apache-2.0
 *
 * detector_builtin.c - the list of the core's own detectors, and the two that look at nothing but our own settings.
 */
#include "sdk/detector_builtin.h"

#include <otel/version.h>

#include <stdio.h>
#include <string.h>

#include "sdk/detector_finding.h"
#include "sdk/resource_list.h"
#include "util/diag.h"
#include "util/rand.h"
#include "util/str.h"

/* ---- env ---- */

static void put_listed(void *arg, const char *key, const char *value)
{
	finding_setting(arg, key, value);
}

static void put_list(struct finding *f)
{
	const struct detector_own *own = f->own;
	struct resource_list_error error;
	const char *text = own->host->config_str(own->setup, "resource", "attributes");

	if (!text || resource_list_read(text, put_listed, f, &error))
		return;
	diag(DIAG_WARN,
	     "%s: attribute %zu is wrong: %s; write key=value,key2=value2 with %%2C for ',' and %%3D for '='; all of "
	     "it is ignored",
	     own->host->config_origin(own->setup, "resource", "attributes"), error.position, error.why);
}

static otel_status detect_env(void *self, otel_detect_op *op)
{
	static const char *const keys[][2] = {
		{"service_name", "service.name"},
		{"service_version", "service.version"},
		{"deployment_environment", "deployment.environment.name"},
	};
	const struct detector_own *own = self;
	struct finding f = finding_begin(own);

	put_list(&f);
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		const char *value = own->host->config_str(own->setup, "resource", keys[i][0]);
		if (value)
			finding_setting(&f, keys[i][1], value);
	}
	finding_end(&f, op);
	return OTEL_OK;
}

/* ---- service_instance ---- */

void detector_uuid(char out[37])
{
	struct rand_state state;
	uint8_t bytes[16];

	rand_seed(&state);
	for (int i = 0; i < 2; i++) {
		const uint64_t word = rand_next(&state);
		memcpy(bytes + 8 * i, &word, sizeof word);
	}
	bytes[6] = (uint8_t)((bytes[6] & 0x0f) | 0x40);
	bytes[8] = (uint8_t)((bytes[8] & 0x3f) | 0x80);

	char *p = out;
	for (size_t i = 0; i < sizeof bytes; i++, p += 2) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			*p++ = '-';
		str_to_hex(p, &bytes[i], 1);
	}
	*p = '\0';
}

static otel_status detect_service_instance(void *self, otel_detect_op *op)
{
	struct finding f = finding_begin(self);
	char id[37];

	detector_uuid(id);
	finding_text(&f, "service.instance.id", id);
	finding_end(&f, op);
	return OTEL_OK;
}

const otel_detector detector_env = DETECTOR_OWN(detect_env);
const otel_detector detector_service_instance = DETECTOR_OWN(detect_service_instance);

/* ---- the plugin ---- */

static otel_status set_up(const otel_host *host, otel_setup *setup)
{
	static const struct {
		const char *name;
		const otel_detector *detector;
	} list[] = {
		{"env", &detector_env},         {"service_instance", &detector_service_instance},
		{"process", &detector_process}, {"host", &detector_host},
		{"os", &detector_os},           {"container", &detector_container},
		{"k8s", &detector_k8s},
	};
	otel_status status = OTEL_OK;

	for (size_t i = 0; i < sizeof list / sizeof *list && !status; i++)
		status = host->add(setup, OTEL_COMPONENT_DETECTOR, list[i].name, list[i].detector, NULL);
	return status;
}

const otel_plugin detector_builtin = {
	.size = sizeof(otel_plugin),
	.abi_major = OTEL_PLUGIN_ABI_MAJOR,
	.abi_minor = OTEL_PLUGIN_ABI_MINOR,
	.name = "resource",
	.version = OTEL_C_VERSION,
	.license = "Apache-2.0",
	.setup = set_up,
};
