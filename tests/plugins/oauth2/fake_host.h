/* SPDX-License-Identifier: Apache-2.0
 *
 * fake_host.h - a host for the authenticator: settings, one request at a time, what is said and finished.
 */
#ifndef TESTS_PLUGINS_OAUTH2_FAKE_HOST_H
#define TESTS_PLUGINS_OAUTH2_FAKE_HOST_H

#include <check.h>
#include <otel/plugin.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define FAKE_SETTINGS 16

static struct {
	struct {
		const char *key, *value;
	} settings[FAKE_SETTINGS];
	bool allow_insecure;
	char said[1024];

	otel_status http_status;
	unsigned requests;
	otel_http_request request;
	char body[4096], authorization[512], content_type[64];
	void (*on_reply)(void *arg, const otel_http_reply *reply);
	void *arg;

	unsigned finished;
	otel_auth_op *op;
	otel_status status;
	uint32_t valid_ms;
	char message[512];

	uint64_t now_ms;
	const otel_authenticator *authenticator;
} fake;

static inline void fake_set(const char *key, const char *value)
{
	size_t i = 0;

	while (fake.settings[i].key && strcmp(fake.settings[i].key, key) != 0)
		i++;
	ck_assert_uint_lt(i, FAKE_SETTINGS);
	fake.settings[i].key = key;
	fake.settings[i].value = value;
}

static inline const char *fake_str(otel_setup *setup, const char *section, const char *key)
{
	(void)setup;
	ck_assert_str_eq(section, "auth.oauth2");
	for (size_t i = 0; i < FAKE_SETTINGS && fake.settings[i].key; i++)
		if (!strcmp(fake.settings[i].key, key))
			return fake.settings[i].value;
	return NULL;
}

static inline int64_t fake_int(otel_setup *setup, const char *section, const char *key)
{
	const char *text = fake_str(setup, section, key);

	return text ? atoll(text) : -1;
}

static inline bool fake_bool(otel_setup *setup, const char *section, const char *key)
{
	(void)setup;
	ck_assert_str_eq(section, "http");
	ck_assert_str_eq(key, "allow_insecure_credentials");
	return fake.allow_insecure;
}

static inline const char *fake_origin(otel_setup *setup, const char *section, const char *key)
{
	(void)setup, (void)section;
	return key;
}

__attribute__((format(printf, 3, 4))) static inline void fake_log(otel_setup *setup, otel_log_level level,
								  const char *format, ...)
{
	const size_t len = strlen(fake.said);
	va_list args;

	(void)setup, (void)level;
	va_start(args, format);
	vsnprintf(fake.said + len, sizeof fake.said - len, format, args);
	va_end(args);
}

static inline uint64_t fake_random(void)
{
	return 7;
}

static inline uint64_t fake_mono_ms(void)
{
	return fake.now_ms;
}

static inline uint64_t fake_unix_ns(void)
{
	return UINT64_C(1700000000000000000);
}

static inline otel_status fake_http(otel_setup *setup, const otel_http_request *request,
				    void (*on_reply)(void *arg, const otel_http_reply *reply), void *arg,
				    otel_http_call **call)
{
	(void)setup;
	ck_assert_ptr_null(call);
	fake.requests++;
	fake.request = *request;
	snprintf(fake.body, sizeof fake.body, "%.*s", (int)request->body_len, (const char *)request->body);
	*fake.authorization = *fake.content_type = '\0';
	for (size_t i = 0; i < request->header_count; i++) {
		const otel_header *h = &request->headers[i];
		if (!strcmp(h->name, "Authorization"))
			snprintf(fake.authorization, sizeof fake.authorization, "%s", h->value);
		if (!strcmp(h->name, "Content-Type"))
			snprintf(fake.content_type, sizeof fake.content_type, "%s", h->value);
	}
	fake.on_reply = on_reply;
	fake.arg = arg;
	return fake.http_status;
}

static inline void fake_finish(otel_auth_op *op, otel_status status, uint32_t valid_ms, const char *message)
{
	fake.finished++;
	fake.op = op;
	fake.status = status;
	fake.valid_ms = valid_ms;
	snprintf(fake.message, sizeof fake.message, "%s", message ? message : "");
}

static inline otel_status fake_add(otel_setup *setup, otel_kind kind, const char *name, const void *vtable, void *self)
{
	(void)setup, (void)self;
	ck_assert_int_eq(kind, OTEL_COMPONENT_AUTHENTICATOR);
	ck_assert_str_eq(name, "oauth2");
	fake.authenticator = vtable;
	return OTEL_OK;
}

static const otel_host fake_host = {
	.size = sizeof fake_host,
	.abi_major = OTEL_PLUGIN_ABI_MAJOR,
	.abi_minor = OTEL_PLUGIN_ABI_MINOR,
	.add = fake_add,
	.log = fake_log,
	.config_str = fake_str,
	.config_int = fake_int,
	.config_bool = fake_bool,
	.config_origin = fake_origin,
	.random = fake_random,
	.mono_ms = fake_mono_ms,
	.unix_ns = fake_unix_ns,
	.http = fake_http,
	.auth_finish = fake_finish,
};

static inline void fake_reset(void)
{
	const otel_authenticator *authenticator = fake.authenticator;

	memset(&fake, 0, sizeof fake);
	fake.authenticator = authenticator;
	fake.now_ms = 1000000;
	fake_set("token_url", "https://login.example/token");
	fake_set("client_id", "shop");
	fake_set("client_secret", "s3cr3t");
}

#endif
