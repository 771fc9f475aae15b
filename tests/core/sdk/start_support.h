/* SPDX-License-Identifier: Apache-2.0
 *
 * start_support.h - for tests that start the whole SDK: a clean environment, the fake exporter, and what it received.
 */
#ifndef TESTS_SDK_START_SUPPORT_H
#define TESTS_SDK_START_SUPPORT_H

#include <otel/sdk.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "otlp/proto/otlp_proto.h"
#include "support/build.h"
#include "support/suite.h"

static char start_dir[64];
static char start_file[128]; /* what the fake exporter writes */

static inline void unset_ours(void)
{
	static const char *const prefixes[] = {"OTEL_", "FAKE_", "SPLUNK_", "AWS_", "DEPLOYMENT_"};
	for (char **at = environ; *at;) {
		char name[256];
		bool ours = false;
		snprintf(name, sizeof name, "%.*s", (int)strcspn(*at, "="), *at);
		for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
			ours = ours || !strncmp(name, prefixes[i], strlen(prefixes[i]));
		if (ours && strncmp(name, "OTEL_C_TEST_", 12) != 0 && !unsetenv(name))
			continue;
		at++;
	}
}

/* A temporary directory, and no variable of ours but the way to the fake exporter. */
static inline void start_set_up(void)
{
	char plugins[4200];
	unset_ours();
	if (!*start_dir) {
		strcpy(start_dir, "/tmp/otel-c-start-XXXXXX");
		ck_assert_ptr_nonnull(mkdtemp(start_dir));
	}
	snprintf(start_file, sizeof start_file, "%s/spans", start_dir);
	unlink(start_file);
	snprintf(plugins, sizeof plugins, "%s/tests/modules", build_dir());
	setenv("OTEL_C_PLUGIN_PATH", plugins, 1);
	setenv("OTEL_TRACES_EXPORTER", "fake", 1);
	setenv("FAKE_FILE", start_file, 1);
}

static inline void start_clean_up(void)
{
	char command[100];
	if (!*start_dir)
		return;
	snprintf(command, sizeof command, "/bin/rm -rf %s", start_dir);
	if (system(command) != 0)
		fprintf(stderr, "%s stays behind\n", start_dir);
}

/* Whatever becomes of it: there may be nothing to stop. */
static inline void start_stop(uint32_t timeout_ms)
{
	otel_status ignored = otel_sdk_stop(timeout_ms);
	(void)ignored;
}

static inline otel_sdk_stats start_counts(void)
{
	otel_sdk_stats stats = {.size = sizeof stats};

	otel_sdk_get_stats(&stats);
	return stats;
}

/* A file in the directory; its path is static. */
static inline const char *start_write(const char *name, const char *text)
{
	static char path[128];
	snprintf(path, sizeof path, "%s/%s", start_dir, name);
	FILE *file = fopen(path, "w");
	ck_assert_ptr_nonnull(file);
	fputs(text, file);
	ck_assert_int_eq(fchmod(fileno(file), 0644), 0);
	ck_assert_int_eq(fclose(file), 0);
	return path;
}

typedef void start_each_span(void *arg, const Otlp__Resource *resource, const Otlp__Span *span);

/* Every span the fake exporter received, in order. Returns how many. */
static inline size_t start_received(start_each_span *each, void *arg)
{
	FILE *file = fopen(start_file, "r");
	size_t count = 0;
	uint32_t len;
	while (file && fread(&len, sizeof len, 1, file) == 1) {
		uint8_t *data = malloc(len);
		ck_assert_uint_eq(fread(data, 1, len, file), len);
		Otlp__ExportTraceServiceRequest *request = otlp__export_trace_service_request__unpack(NULL, len, data);
		ck_assert_ptr_nonnull(request);
		for (size_t r = 0; r < request->n_resource_spans; r++) {
			const Otlp__ResourceSpans *resource = request->resource_spans[r];
			for (size_t s = 0; s < resource->n_scope_spans; s++)
				for (size_t i = 0; i < resource->scope_spans[s]->n_spans; i++, count++)
					if (each)
						each(arg, resource->resource, resource->scope_spans[s]->spans[i]);
		}
		otlp__export_trace_service_request__free_unpacked(request, NULL);
		free(data);
	}
	if (file)
		fclose(file);
	return count;
}

/* An attribute of a span, event or link as text, in one of a few static buffers: the string, the number, "other" for
 * what is neither, "absent". */
static inline const char *start_text(Otlp__KeyValue *const *attrs, size_t count, const char *key)
{
	static char texts[4][256];
	static unsigned next;
	char *text = texts[next++ % 4];
	const Otlp__AnyValue *value = NULL;

	for (size_t i = 0; i < count; i++)
		if (otlp_text_is(attrs[i]->key, key))
			value = attrs[i]->value;
	if (!value)
		return "absent";
	snprintf(text, 256, "other");
	if (value->value_case == OTLP__ANY_VALUE__VALUE_STRING_VALUE)
		snprintf(text, 256, "%.*s", (int)value->string_value.len, (const char *)value->string_value.data);
	else if (value->value_case == OTLP__ANY_VALUE__VALUE_INT_VALUE)
		snprintf(text, 256, "%lld", (long long)value->int_value);
	return text;
}

static inline const Otlp__AnyValue *start_attribute(const Otlp__Resource *resource, const char *key)
{
	for (size_t i = 0; i < resource->n_attributes; i++)
		if (otlp_text_is(resource->attributes[i]->key, key))
			return resource->attributes[i]->value;
	return NULL;
}

#endif
