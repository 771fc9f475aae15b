/* SPDX-License-Identifier: Apache-2.0
 *
 * resource_support.h - for tests of the resource: the core's detectors in a registry of their own, the machine that
 * recorded files stand for, and what is in the resource then.
 */
#ifndef TESTS_SDK_RESOURCE_SUPPORT_H
#define TESTS_SDK_RESOURCE_SUPPORT_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "otlp/proto/otlp_proto.h"
#include "plugin/registry.h"
#include "sdk/detector_builtin.h"
#include "sdk/resource.h"
#include "sdk/resource_file.h"
#include "support/suite.h"

static struct config *support_config;
static Otlp__ResourceSpans *support_decoded;

/* NULL-terminated "NAME=value" strings. */
static inline void support_begin(const char *const *env)
{
	static const char *const none[] = {NULL};
	static struct otel_boot boot;

	boot = (struct otel_boot){.size = sizeof boot, .env = env ? env : none};
	if (support_decoded)
		otlp__resource_spans__free_unpacked(support_decoded, NULL);
	support_decoded = NULL;
	resource_release();
	config_destroy(support_config);
	support_config = config_create();
	ck_assert_ptr_nonnull(support_config);
	registry_begin(support_config, &boot);
	ck_assert_int_eq(registry_add_builtin(&detector_builtin), OTEL_OK);
	resource_file_root(NULL);
}

/* A machine of tests/core/sdk/platform. */
static inline void support_machine(const char *name)
{
	static char root[4096];
	const char *source = getenv("OTEL_C_TEST_SOURCE");

	ck_assert_msg(source != NULL, "run this through ctest, or set OTEL_C_TEST_SOURCE to the source directory");
	snprintf(root, sizeof root, "%s/tests/core/sdk/platform/%s", source, name);
	resource_file_root(root);
}

static inline void support_set(const char *key, const char *value)
{
	ck_assert_int_eq(config_set(support_config, CONFIG_ENV, "resource", key, value, "test"), OTEL_OK);
}

static inline void support_decode(void)
{
	size_t len;
	const uint8_t *bytes = resource_encoded(&len);

	if (support_decoded)
		otlp__resource_spans__free_unpacked(support_decoded, NULL);
	support_decoded = otlp__resource_spans__unpack(NULL, len, bytes);
	ck_assert_ptr_nonnull(support_decoded);
}

/* Sets the resource up, with a distro or NULL, lets the core's detectors run, and looks at it. */
static inline void support_build_with(const otel_sdk_options *options, const char *distro)
{
	config_resolve(support_config);
	ck_assert_int_eq(resource_setup(support_config, options, distro, distro ? "1.2" : NULL), OTEL_OK);
	ck_assert(!resource_is_awaited(1));
	support_decode();
}

static inline void support_build(const otel_sdk_options *options)
{
	support_build_with(options, NULL);
}

static inline const Otlp__AnyValue *support_value(const char *key)
{
	for (size_t i = 0; i < support_decoded->resource->n_attributes; i++)
		if (otlp_text_is(support_decoded->resource->attributes[i]->key, key))
			return support_decoded->resource->attributes[i]->value;
	return NULL;
}

/* A string as it is; "absent", or "other" for what is no string. In one of a few static buffers. */
static inline const char *support_text(const char *key)
{
	static char texts[4][512];
	static unsigned next;
	const Otlp__AnyValue *value = support_value(key);
	char *text = texts[next++ % 4];

	if (!value)
		return "absent";
	if (value->value_case != OTLP__ANY_VALUE__VALUE_STRING_VALUE)
		return "other";
	snprintf(text, 512, "%.*s", (int)value->string_value.len, (const char *)value->string_value.data);
	return text;
}

static inline bool support_text_is(const char *key, const char *text)
{
	return !strcmp(support_text(key), text);
}

static inline int64_t support_int(const char *key)
{
	const Otlp__AnyValue *value = support_value(key);

	ck_assert_msg(value && value->value_case == OTLP__ANY_VALUE__VALUE_INT_VALUE, "%s is no number", key);
	return value->int_value;
}

#endif
