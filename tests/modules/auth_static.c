/* SPDX-License-Identifier: Apache-2.0
 *
 * auth_static.c - a vendor's authenticator, the simplest: a key from the configuration in a header. It is always ready.
 */
#include <otel/plugin.h>

#include <string.h>

struct state {
	const char *key;
};

static otel_status open_static(void *self, const otel_host *host, otel_setup *setup)
{
	struct state *state = self;

	state->key = host->config_str(setup, "auth_static", "key");
	return OTEL_OK;
}

static otel_status sign(void *self, const otel_http_request *request,
			void (*add_header)(void *arg, const char *name, const char *value), void *arg)
{
	const struct state *state = self;

	(void)request;
	if (!state->key)
		return OTEL_NOT_FOUND;
	add_header(arg, "x-api-key", state->key);
	return OTEL_OK;
}

static bool wants(void *self, const char *url)
{
	(void)self;
	return strstr(url, "/static/") != NULL;
}

static const otel_authenticator authenticator = {
	.component = {.size = sizeof authenticator, .state_size = sizeof(struct state), .open = open_static},
	.sign = sign,
	.wants = wants,
};

static otel_status set_up(const otel_host *host, otel_setup *setup)
{
	return host->add(setup, OTEL_COMPONENT_AUTHENTICATOR, "auth_static", &authenticator, NULL);
}

static const otel_config_row rows[] = {{.section = "auth_static",
					.key = "key",
					.env = "AUTH_STATIC_KEY",
					.type = OTEL_CONFIG_STRING,
					.flags = OTEL_CONFIG_SECRET,
					.help = "The key that is sent as x-api-key."}};

const otel_plugin otel_plugin_v1 = {
	.size = sizeof(otel_plugin),
	.abi_major = OTEL_PLUGIN_ABI_MAJOR,
	.abi_minor = OTEL_PLUGIN_ABI_MINOR,
	.name = "auth_static",
	.version = "1.0.0",
	.license = "Apache-2.0",
	.rows = rows,
	.row_count = 1,
	.setup = set_up,
};
