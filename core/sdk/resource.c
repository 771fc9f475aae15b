/* SPDX-License-Identifier: Apache-2.0
 *
 * resource.c - the Resource of this process: layers that are kept apart, and merged whenever one of them has changed.
 * Nothing here may leave a dangling pointer between two statements: a fork may come between them.
 */
#include "sdk/resource.h"

#include <otel/version.h>

#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sdk/detector.h"
#include "sdk/detector_builtin.h"
#include "sdk/detector_list.h"
#include "sdk/process_context.h"
#include "sdk/resource_file.h"
#include "sdk/resource_set.h"
#include "util/diag.h"
#include "util/wire.h"

#define FIELD_SCHEMA_URL WIRE_TAG(3, WIRE_LEN) /* ResourceSpans.schema_url */

static struct {
	struct resource_set telemetry;
	struct resource_set code;
	struct component *open[DETECTORS_MAX];
	size_t open_count;

	uint8_t *bytes;
	size_t len;
	size_t message_len; /* of the Resource, which comes first */
	bool is_set_up;
	bool is_sealed; /* nothing more will be found */
	bool is_stale; /* the bytes are */
	bool is_renewed; /* in the child of a fork: process and instance are others */
	_Atomic uint64_t hurry; /* UINT64_MAX: no haste */
} resource = {.hurry = UINT64_MAX};

/* ---- layers ---- */

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

static bool is_env(size_t detector)
{
	return detector_at(detector)->vtable == &detector_env;
}

static void put_found(struct resource_set *set, bool env)
{
	for (size_t i = 0; i < detector_count(); i++) {
		const struct detector_answer *answer = detector_answer_of(i);
		if (answer && is_env(i) == env)
			resource_set_merge(set, &answer->set);
	}
}

/* The one attribute that must be there. */
static void derive_service_name(struct resource_set *set)
{
	char name[300] = "unknown_service";
	char path[PATH_MAX];

	if (resource_set_has(set, "service.name"))
		return;
	if (resource_file_link("/proc/self/exe", path, sizeof path)) {
		const char *slash = strrchr(path, '/');
		snprintf(name, sizeof name, "unknown_service:%.255s", slash ? slash + 1 : path);
	}
	resource_set_text(set, "service.name", name);
	if (resource.is_sealed)
		diag(DIAG_INFO, "service.name is not set: it is \"%s\"; set OTEL_SERVICE_NAME", name);
}

/* Of answers that follow different schemas none can be right for all (specification/resource/sdk.md, Merge): NULL. */
static const char *schema_url(void)
{
	const char *url = NULL;
	size_t by = 0;

	for (size_t i = 0; i < detector_count(); i++) {
		const struct detector_answer *answer = detector_answer_of(i);
		if (!answer || !answer->schema_url || !answer->set.count)
			continue;
		if (url && strcmp(url, answer->schema_url) != 0) {
			diag(DIAG_INFO,
			     "detectors \"%s\" (%s) and \"%s\" (%s) follow different schemas: the resource names none",
			     detector_at(by)->name, url, detector_at(i)->name, answer->schema_url);
			return NULL;
		}
		url = answer->schema_url;
		by = i;
	}
	return url;
}

/* ---- bytes ---- */

static uint8_t *append_schema_url(uint8_t *bytes, size_t *len, const char *url)
{
	const size_t url_len = strlen(url);
	uint8_t *longer = realloc(bytes, *len + 1 + WIRE_MAX_VARINT + url_len);

	if (!longer)
		return bytes;
	uint8_t *p = longer + *len;
	*p++ = (uint8_t)FIELD_SCHEMA_URL;
	p = wire_put_bytes(wire_put_varint(p, url_len), url, url_len);
	*len = (size_t)(p - longer);
	return longer;
}

/* Out of memory: the bytes of before stay, if there are any. */
static otel_status encode(void)
{
	struct resource_set set = {.items = NULL};
	const char *url = schema_url();
	size_t len;

	resource_set_merge(&set, &resource.telemetry);
	put_found(&set, false);
	put_found(&set, true);
	resource_set_merge(&set, &resource.code);
	derive_service_name(&set);
	uint8_t *bytes = resource_set_encode(&set, &len);
	resource_set_fini(&set);
	if (!bytes)
		return OTEL_NO_MEMORY;
	const size_t message_len = len;
	if (url)
		bytes = append_schema_url(bytes, &len, url);
	uint8_t *before = resource.bytes;
	resource.len = resource.message_len = 0;
	resource.bytes = bytes;
	resource.message_len = message_len;
	resource.len = len;
	resource.is_stale = false;
	free(before);
	return OTEL_OK;
}

/* What differs between parent and child, where it had been looked at. */
static void renew(void)
{
	resource.is_renewed = false;
	for (size_t i = 0; i < detector_count(); i++) {
		const void *vtable = detector_at(i)->vtable;
		if ((vtable == &detector_process || vtable == &detector_service_instance) && detector_answer_of(i))
			detector_begin(i);
	}
	resource.is_stale = true;
}

static void bring_up_to_date(void)
{
	if (resource.is_renewed)
		renew();
	if (resource.is_set_up && resource.is_stale)
		encode();
}

const uint8_t *resource_encoded(size_t *len)
{
	bring_up_to_date();
	*len = resource.len;
	return resource.bytes;
}

const uint8_t *resource_message(size_t *len)
{
	bring_up_to_date();
	*len = resource.message_len;
	return resource.bytes;
}

/* ---- set-up ---- */

static bool is_choice(const struct config *config, const char *section, const char *key, const char *choice)
{
	const char *value = config_str(config, section, key);
	return value && !strcmp(value, choice);
}

/* A program that will chroot says so; after that these files would be another's, or not there. */
static bool is_due_at_start(const struct config *config)
{
	return is_choice(config, "http", "load", "start") || is_choice(config, "sdk", "share_context", "process") ||
	       is_choice(config, "sdk", "share_context", "threads");
}

static void begin_at_start(const struct config *config)
{
	const bool all = is_due_at_start(config);

	for (size_t i = 0; i < detector_count(); i++)
		if (is_env(i) || (all && detector_at(i)->owner->plugin == &detector_builtin))
			detector_begin(i);
}

otel_status resource_setup(const struct config *config, const otel_sdk_options *options, const char *distro,
			   const char *distro_version)
{
	const int64_t timeout = config_int(config, "resource", "detectors_timeout");

	resource_release();
	put_telemetry(&resource.telemetry, distro, distro_version);
	put_code(&resource.code, options);
	resource.open_count = detector_list_open(config, resource.open, DETECTORS_MAX);
	detector_setup(resource.open, resource.open_count, timeout < 0 ? 5000 : (uint32_t)timeout);
	begin_at_start(config);
	resource.is_set_up = true;
	return encode();
}

void resource_release(void)
{
	detector_release();
	for (size_t i = 0; i < resource.open_count; i++)
		registry_close_one(resource.open[i]);
	resource.open_count = 0;
	resource_set_fini(&resource.telemetry);
	resource_set_fini(&resource.code);
	free(resource.bytes);
	resource.bytes = NULL;
	resource.len = resource.message_len = 0;
	resource.is_set_up = resource.is_sealed = resource.is_stale = resource.is_renewed = false;
	atomic_store(&resource.hurry, UINT64_MAX);
}

/* ---- waiting ---- */

static void seal(void)
{
	resource.is_sealed = true;
	resource.is_stale = true;
	process_context_update();
}

bool resource_is_awaited(uint64_t now_ms)
{
	bool changed = false;

	if (resource.is_sealed)
		return false;
	const bool awaited = detector_step(now_ms, &changed);
	resource.is_stale = resource.is_stale || changed;
	if (!awaited) {
		seal();
		return false;
	}
	if (now_ms < atomic_load(&resource.hurry))
		return true;
	atomic_store(&resource.hurry, UINT64_MAX); /* what waited goes out now; what comes later waits again */
	return false;
}

uint64_t resource_due(uint64_t otherwise)
{
	if (resource.is_sealed)
		return otherwise;
	const uint64_t hurry = atomic_load(&resource.hurry);
	const uint64_t deadline = detector_deadline();
	return hurry < deadline ? hurry : deadline;
}

void resource_end(void)
{
	detector_end();
	resource.is_sealed = true;
}

void resource_hurry(uint64_t by_ms)
{
	uint64_t before = atomic_load(&resource.hurry);

	while (by_ms < before && !atomic_compare_exchange_weak(&resource.hurry, &before, by_ms))
		;
}

void resource_renew(void)
{
	resource.is_renewed = true;
	atomic_store(&resource.hurry, UINT64_MAX);
	detector_fork_child();
}
