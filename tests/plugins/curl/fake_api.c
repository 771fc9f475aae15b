/* SPDX-License-Identifier: Apache-2.0
 *
 * fake_api.c - see fake_api.h.
 */
#include "plugins/curl/fake_api.h"

#include <stdio.h>
#include <string.h>

struct fake_api fake_api;

void fake_api_reset(void)
{
	memset(&fake_api, 0, sizeof fake_api);
	fake_api.recording = true;
}

const char *fake_attr(const char *key)
{
	for (int i = 0; i < fake_api.span.attr_count; i++)
		if (strcmp(fake_api.span.attrs[i].key, key) == 0)
			return fake_api.span.attrs[i].value;
	return NULL;
}

static void put(const char *key, size_t key_len, const char *value, size_t len)
{
	struct fake_span *s = &fake_api.span;
	int i;

	for (i = 0; i < s->attr_count; i++)
		if (strlen(s->attrs[i].key) == key_len && memcmp(s->attrs[i].key, key, key_len) == 0)
			break;
	if (i == s->attr_count)
		s->attr_count++;
	snprintf(s->attrs[i].key, sizeof s->attrs[i].key, "%.*s", (int)key_len, key);
	snprintf(s->attrs[i].value, sizeof s->attrs[i].value, "%.*s", (int)len, value);
}

struct otel_tracer *otel_tracer_get(const char *name, const char *version, const char *schema_url)
{
	static char tracer;

	(void)version;
	(void)schema_url;
	snprintf(fake_api.scope, sizeof fake_api.scope, "%s", name);
	return (struct otel_tracer *)(void *)&tracer;
}

otel_span otel_span_start_n(struct otel_tracer *tracer, const char *name, size_t name_len,
			    const otel_span_options *options)
{
	(void)tracer;
	memset(&fake_api.span, 0, sizeof fake_api.span);
	snprintf(fake_api.span.name, sizeof fake_api.span.name, "%.*s", (int)name_len, name);
	fake_api.span.kind = options->kind;
	fake_api.started++;
	otel_span_set_attrs((otel_span){1}, options->attrs, options->attr_count);
	fake_api.span.attrs_at_start = fake_api.span.attr_count;
	return (otel_span){1};
}

void otel_span_end_at(otel_span span, uint64_t end_time_ns)
{
	(void)end_time_ns;
	fake_api.span.ended += span.id == 1;
}

bool otel_span_is_recording(otel_span span)
{
	return span.id == 1 && fake_api.recording;
}

void otel_span_set_str_n(otel_span span, const char *key, size_t key_len, const char *value, size_t value_len)
{
	(void)span;
	put(key, key_len, value, value_len);
}

void otel_span_set_int_n(otel_span span, const char *key, size_t key_len, int64_t value)
{
	char text[32];

	(void)span;
	put(key, key_len, text, (size_t)snprintf(text, sizeof text, "%lld", (long long)value));
}

void otel_span_set_attrs(otel_span span, const otel_attr *attrs, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (attrs[i].type == OTEL_ATTR_INT)
			otel_span_set_int_n(span, attrs[i].key, attrs[i].key_len, attrs[i].value.i);
		else
			put(attrs[i].key, attrs[i].key_len, attrs[i].value.str, attrs[i].count);
	}
}

void otel_span_set_status(otel_span span, otel_status_code code, const char *description)
{
	(void)span;
	fake_api.span.status = code;
	snprintf(fake_api.span.description, sizeof fake_api.span.description, "%s", description ? description : "");
}

otel_token otel_span_attach(otel_span span)
{
	fake_api.span.current = true;
	return (otel_token){.span = span.id};
}

void otel_detach(otel_token token)
{
	(void)token;
	fake_api.span.current = false;
}

bool otel_is_suppressed(void)
{
	return fake_api.suppressed;
}

void otel_inject(const otel_context *context, const otel_carrier *carrier)
{
	(void)context;
	for (const otel_header *h = fake_api.injected; h && h->name; h++)
		carrier->set(carrier->self, h->name, h->value);
}
