/* SPDX-License-Identifier: Apache-2.0
 *
 * vectors.h - the rows of tests/vectors/aws-vectors.json, and the AWS module they are put to.
 */
#ifndef TESTS_AWS_VECTORS_H
#define TESTS_AWS_VECTORS_H

#include <jansson.h>

#include "core/plugin/support.h"
#include "util/str.h"

static json_t *vectors_root;

static inline void vectors_open(void)
{
	json_error_t error;
	if (vectors_root)
		return;
	const char *source = getenv("OTEL_C_TEST_SOURCE");
	ck_assert_msg(source != NULL, "run this through ctest, or set OTEL_C_TEST_SOURCE to the source directory");
	char *path = path_of(source, "tests/vectors/aws-vectors.json");
	vectors_root = json_load_file(path, JSON_DECODE_INT_AS_REAL, &error);
	ck_assert_msg(vectors_root != NULL, "%s:%d: %s", path, error.line, error.text);
	free(path);
}

static inline json_t *vectors_of(const char *section)
{
	json_t *rows = json_object_get(json_object_get(json_object_get(vectors_root, "sections"), section), "vectors");
	ck_assert_msg(json_array_size(rows) > 0, "the section %s has no rows", section);
	return rows;
}

static inline const char *text_of(json_t *row, const char *key)
{
	return json_string_value(json_object_get(row, key)); /* NULL for null */
}

static inline void hex_of(json_t *row, const char *key, uint8_t *out, size_t len)
{
	const char *hex = text_of(row, key);
	ck_assert_msg(hex && strlen(hex) == 2 * len && str_from_hex(out, hex, len), "%s: bad %s", text_of(row, "id"),
		      key);
}

/* Loads the module that was built and opens its component "xray" of a kind. */
static inline struct component *open_xray(otel_kind kind)
{
	char *path = path_of(build_dir(), "lib/otel-c/distro_aws.so");
	otel_status status = registry_load(path, "test");
	ck_assert_msg(status == OTEL_OK, "%s", said());
	free(path);
	struct component *c = registry_open(kind, "xray", "test");
	ck_assert_msg(c != NULL, "%s", said());
	return c;
}

#endif
