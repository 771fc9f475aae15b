/* acme.c - the acme distro: trace ids that begin with the time, a key in each request, and the zone we run in.
 * acme.ini selects these parts by their names; otel/plugin.h tells what each function may do, and on which thread. */
#include <string.h>

#include <otel/plugin.h>

static const otel_host *acme_host; /* valid for ever, as is the other */
static otel_setup *acme_plugin;

static void acme_trace_id(void *self, const uint8_t random[16], uint8_t out[16])
{
	uint32_t seconds = (uint32_t)(acme_host->unix_ns() / 1000000000u);
	(void)self;
	memcpy(out, random, 16);
	for (int i = 0; i < 4; i++)
		out[i] = (uint8_t)(seconds >> (24 - 8 * i));
}
static const otel_id_generator acme_ids = {
	.component = {.size = sizeof(otel_id_generator)}, .trace_id = acme_trace_id, .trace_id_is_random = true};

static otel_status acme_sign(void *key, const otel_http_request *request,
			     void (*add_header)(void *arg, const char *name, const char *value), void *arg)
{
	(void)request;
	add_header(arg, "x-acme-key", *(const char **)key);
	return OTEL_OK;
}
static otel_status acme_open(void *key, const otel_host *host, otel_setup *setup)
{
	*(const char **)key = host->config_str(setup, "acme", "key");
	return *(const char **)key ? OTEL_OK : (host->log(setup, OTEL_LOG_ERROR, "set ACME_KEY"), OTEL_FAILED);
}
static const otel_authenticator acme_auth = {
	.component = {.size = sizeof(otel_authenticator), .state_size = sizeof(char *), .open = acme_open},
	.sign = acme_sign};

static otel_status acme_detect(void *self, otel_detect_op *op)
{
	const char *zone = acme_host->env(acme_plugin, "ACME_ZONE");
	otel_attr attr = {"cloud.availability_zone", 23, {.str = zone}, zone ? strlen(zone) : 0, OTEL_ATTR_STRING, 0};
	(void)self;
	acme_host->detect_finish(op, zone ? OTEL_OK : OTEL_NOT_FOUND, &attr, zone ? 1 : 0, NULL, NULL);
	return OTEL_OK;
}
static const otel_detector acme_zone = {.component = {.size = sizeof(otel_detector)}, .detect = acme_detect};

static otel_status acme_setup(const otel_host *host, otel_setup *setup)
{
	acme_host = host, acme_plugin = setup;
	otel_status status = host->add(setup, OTEL_COMPONENT_ID_GENERATOR, "acme", &acme_ids, NULL);
	status = status ? status : host->add(setup, OTEL_COMPONENT_AUTHENTICATOR, "acme", &acme_auth, NULL);
	return status ? status : host->add(setup, OTEL_COMPONENT_DETECTOR, "acme", &acme_zone, NULL);
}

static const otel_config_row acme_rows[] = {
	{"acme", "key", "ACME_KEY", OTEL_CONFIG_STRING, OTEL_CONFIG_SECRET, NULL, NULL, "Key of your Acme account."}};

const otel_plugin otel_plugin_v1 = {sizeof(otel_plugin), OTEL_PLUGIN_ABI_MAJOR, OTEL_PLUGIN_ABI_MINOR, 0, "acme",
				    "0.1.0", "Apache-2.0", acme_rows, 1, acme_setup, NULL};
