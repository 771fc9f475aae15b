/* SPDX-License-Identifier: Apache-2.0
 *
 * resource.c - the Resource of this process: put together once, encoded once, made anew in the child of a fork.
 */
#include "sdk/resource.h"

#include <otel/version.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sdk/resource_detect.h"
#include "sdk/resource_list.h"
#include "sdk/resource_set.h"
#include "util/diag.h"

static struct {
	struct resource_set set;
	uint8_t *bytes;
	size_t len;
	char *service_name;
	bool own_pid; /* the attribute is ours, not the user's: a fork changes it */
	bool own_instance;
} resource;

/* ---- the layers ---- */

static void put_instance(struct resource_set *set)
{
	char id[37];
	resource_uuid(id);
	resource_set_text(set, "service.instance.id", id);
}

static void put_telemetry(struct resource_set *set, const char *distro, const char *distro_version)
{
	resource_set_text(set, "telemetry.sdk.name", "otel-c");
	resource_set_text(set, "telemetry.sdk.language", "c");
	resource_set_text(set, "telemetry.sdk.version", OTEL_C_VERSION);
	if (distro)
		resource_set_text(set, "telemetry.distro.name", distro);
	if (distro && distro_version)
		resource_set_text(set, "telemetry.distro.version", distro_version);
}

static void put_listed(void *arg, const char *key, const char *value)
{
	resource_set_text(arg, key, value);
}

static void put_list(struct resource_set *set, const struct config *config)
{
	struct resource_list_error error;
	const char *text = config_str(config, "resource", "attributes");
	if (!text || resource_list_read(text, put_listed, set, &error))
		return;
	diag(DIAG_WARN,
	     "%s: attribute %zu is wrong: %s; write key=value,key2=value2 with %%2C for ',' and %%3D for '='; all of "
	     "it is "
	     "ignored",
	     config_origin(config, "resource", "attributes"), error.position, error.why);
}

static void put_settings(struct resource_set *set, const struct config *config)
{
	static const char *const keys[][2] = {
		{"service_name", "service.name"},
		{"service_version", "service.version"},
		{"deployment_environment", "deployment.environment.name"},
	};
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		const char *value = config_str(config, "resource", keys[i][0]);
		if (value)
			resource_set_text(set, keys[i][1], value);
	}
}

static void put_code(struct resource_set *set, const otel_sdk_options *options)
{
	if (!options || options->size < offsetof(otel_sdk_options, resource_attr_count) + sizeof(size_t))
		return;
	for (size_t i = 0; i < options->resource_attr_count; i++) {
		const otel_attr *attr = &options->resource_attrs[i];
		if (!resource_set_put(set, attr))
			diag(DIAG_WARN, "otel_sdk_start: resource attribute %zu is left out: no key, or no such type",
			     i + 1);
	}
}

/* The one attribute that must be there. */
static void derive_service_name(struct resource_set *set)
{
	char name[300] = "unknown_service";
	if (resource_set_has(set, "service.name"))
		return;
	char *exe = resource_set_get_text(set, "process.executable.name");
	if (exe)
		snprintf(name, sizeof name, "unknown_service:%s", exe);
	free(exe);
	resource_set_text(set, "service.name", name);
	diag(DIAG_INFO, "service.name is not set: it is \"%s\"; set OTEL_SERVICE_NAME", name);
}

/* ---- as a whole ---- */

static otel_status encode(void)
{
	size_t len;
	uint8_t *bytes = resource_set_encode(&resource.set, &len);
	if (!bytes)
		return OTEL_NO_MEMORY;
	free(resource.bytes);
	resource.bytes = bytes;
	resource.len = len;
	return OTEL_OK;
}

/* The user's layers first, a higher one replacing a lower one; then ours, which replace nothing. */
otel_status resource_setup(const struct config *config, const otel_sdk_options *options, const char *distro,
			   const char *distro_version)
{
	struct resource_set *set = &resource.set;
	resource_release();
	put_list(set, config);
	put_settings(set, config);
	put_code(set, options);
	resource.own_pid = !resource_set_has(set, "process.pid");
	resource.own_instance = !resource_set_has(set, "service.instance.id");

	set->keep = true;
	put_instance(set);
	put_telemetry(set, distro, distro_version);
	resource_detect(set);
	derive_service_name(set);
	set->keep = false;

	resource.service_name = resource_set_get_text(set, "service.name");
	return encode();
}

void resource_release(void)
{
	resource_set_fini(&resource.set);
	free(resource.bytes);
	free(resource.service_name);
	memset(&resource, 0, sizeof resource);
}

const uint8_t *resource_encoded(size_t *len)
{
	*len = resource.len;
	return resource.bytes;
}

void resource_renew(void)
{
	if (!resource.bytes)
		return;
	if (resource.own_pid)
		resource_set_int(&resource.set, "process.pid", getpid());
	if (resource.own_instance)
		put_instance(&resource.set);
	encode(); /* out of memory: the parent's bytes stay */
}

const char *resource_service_name(void)
{
	return resource.service_name ? resource.service_name : "";
}
