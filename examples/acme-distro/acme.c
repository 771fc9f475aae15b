/* SPDX-License-Identifier: Apache-2.0
 * acme.c - a vendor's distro: ids that begin with the time, a key in each request, the zone of the process. */
#include <otel/plugin.h>
#include <string.h>

static const otel_host *host; /* both live for ever */
static otel_setup *self;
static const char *key; /* of the configuration, for sign() */

static void trace_id(void *state, const uint8_t random[16], uint8_t out[16])
{
	const uint64_t seconds = host->unix_ns() / 1000000000u;
	(void)state;
	memcpy(out, random, 16);
	for (int i = 0; i < 4; i++)
		out[i] = (uint8_t)(seconds >> (24 - 8 * i));
}
static const otel_id_generator ids = {{.size = sizeof ids}, .trace_id = trace_id, .trace_id_is_random = true};

static otel_status open_auth(void *state, const otel_host *its_host, otel_setup *setup)
{
	(void)state;
	key = its_host->config_str(setup, "acme", "key");
	return key ? OTEL_OK : (its_host->log(setup, OTEL_LOG_ERROR, "ACME_KEY is not set"), OTEL_FAILED);
}

static otel_status sign(void *state, const otel_http_request *request,
			void (*add_header)(void *arg, const char *name, const char *value), void *arg)
{
	(void)state, (void)request;
	add_header(arg, "x-acme-key", key);
	return OTEL_OK;
}
static const otel_authenticator auth = {{.size = sizeof auth, .open = open_auth}, .sign = sign};

static otel_status detect(void *state, otel_detect_op *op)
{
	const char *zone = host->env(self, "ACME_ZONE");
	(void)state;
	if (!zone)
		return OTEL_NOT_FOUND;
	const otel_attr attr = {"cloud.availability_zone", 23, {.str = zone}, strlen(zone), OTEL_ATTR_STRING, 0};
	host->detect_finish(op, OTEL_OK, &attr, 1, NULL, NULL);
	return OTEL_OK;
}
static const otel_detector zone = {{.size = sizeof zone}, .detect = detect};

static otel_status set_up(const otel_host *its_host, otel_setup *setup)
{
	host = its_host, self = setup;
	otel_status status = host->add(setup, OTEL_COMPONENT_ID_GENERATOR, "acme", &ids, NULL);
	status = status ? status : host->add(setup, OTEL_COMPONENT_AUTHENTICATOR, "acme", &auth, NULL);
	return status ? status : host->add(setup, OTEL_COMPONENT_DETECTOR, "acme", &zone, NULL);
}

static const otel_config_row rows[] = {
	{"acme", "key", "ACME_KEY", OTEL_CONFIG_STRING, OTEL_CONFIG_SECRET, NULL, NULL, "The key of your Acme account."}};

const otel_plugin otel_plugin_v1 = {sizeof(otel_plugin), OTEL_PLUGIN_ABI_MAJOR, OTEL_PLUGIN_ABI_MINOR, 0, "acme",
				    "1.0.0", "Apache-2.0", rows, 1, set_up, NULL};
