/* SPDX-License-Identifier: Apache-2.0
 *
 * doctor_plugin.c - detectors, authenticators and exporters that are well or ill, for otel-c doctor to look at.
 */
#include <otel/plugin.h>

struct part {
	const otel_host *host;
};

static otel_status open_part(void *self, const otel_host *host, otel_setup *setup)
{
	(void)setup;
	((struct part *)self)->host = host;
	return OTEL_OK;
}

#define PART(type)                                                                                                     \
	{                                                                                                              \
		.size = sizeof(type), .state_size = sizeof(struct part), .open = open_part                             \
	}

/* ---- detectors ---- */

static otel_status detect_well(void *self, otel_detect_op *op)
{
	const otel_attr attrs[] = {{.key = "ward", .key_len = 4, .value.i = 4, .type = OTEL_ATTR_INT},
				   {.key = "bed", .key_len = 3, .value.i = 2, .type = OTEL_ATTR_INT}};

	((struct part *)self)->host->detect_finish(op, OTEL_OK, attrs, 2, NULL, NULL);
	return OTEL_OK;
}

static otel_status detect_ill(void *self, otel_detect_op *op)
{
	((struct part *)self)->host->detect_finish(op, OTEL_FAILED, NULL, 0, NULL, "the ward does not answer");
	return OTEL_OK;
}

static otel_status detect_never(void *self, otel_detect_op *op)
{
	(void)self, (void)op;
	return OTEL_OK;
}

static const otel_detector detector_well = {.component = PART(otel_detector), .detect = detect_well};
static const otel_detector detector_ill = {.component = PART(otel_detector), .detect = detect_ill};
static const otel_detector detector_slow = {.component = PART(otel_detector), .detect = detect_never};

/* ---- authenticators ---- */

static otel_status prepare_well(void *self, otel_auth_op *op, bool rejected)
{
	(void)rejected;
	((struct part *)self)->host->auth_finish(op, OTEL_OK, 0, NULL);
	return OTEL_OK;
}

static otel_status prepare_ill(void *self, otel_auth_op *op, bool rejected)
{
	(void)rejected;
	((struct part *)self)->host->auth_finish(op, OTEL_DENIED, 0, "the token service says no");
	return OTEL_OK;
}

static otel_status sign(void *self, const otel_http_request *request,
			void (*add_header)(void *arg, const char *name, const char *value), void *arg)
{
	(void)self, (void)request;
	add_header(arg, "Authorization", "Bearer hunter2");
	return OTEL_OK;
}

static const otel_authenticator auth_well = {
	.component = PART(otel_authenticator), .prepare = prepare_well, .sign = sign};
static const otel_authenticator auth_ill = {
	.component = PART(otel_authenticator), .prepare = prepare_ill, .sign = sign};
static const otel_authenticator auth_plain = {.component = PART(otel_authenticator), .sign = sign};

/* ---- exporters ---- */

static otel_export_result export_well(void *self, const otel_batch *batch, otel_export_op *op)
{
	(void)self, (void)batch, (void)op;
	return OTEL_EXPORT_DONE;
}

static otel_export_result export_ill(void *self, const otel_batch *batch, otel_export_op *op)
{
	(void)self, (void)batch, (void)op;
	return OTEL_EXPORT_DROP;
}

#define SIGNALS (OTEL_SIGNAL_TRACES | OTEL_SIGNAL_METRICS | OTEL_SIGNAL_LOGS)

static const otel_exporter exporter_well = {
	.component = PART(otel_exporter), .signals = SIGNALS, .export_batch = export_well};
static const otel_exporter exporter_ill = {
	.component = PART(otel_exporter), .signals = SIGNALS, .export_batch = export_ill};

static otel_status set_up(const otel_host *host, otel_setup *setup)
{
	const struct {
		otel_kind kind;
		const char *name;
		const void *vtable;
	} parts[] = {
		{OTEL_COMPONENT_DETECTOR, "well", &detector_well}, {OTEL_COMPONENT_DETECTOR, "ill", &detector_ill},
		{OTEL_COMPONENT_DETECTOR, "slow", &detector_slow}, {OTEL_COMPONENT_AUTHENTICATOR, "well", &auth_well},
		{OTEL_COMPONENT_AUTHENTICATOR, "ill", &auth_ill},  {OTEL_COMPONENT_AUTHENTICATOR, "plain", &auth_plain},
		{OTEL_COMPONENT_EXPORTER, "well", &exporter_well}, {OTEL_COMPONENT_EXPORTER, "ill", &exporter_ill},
	};

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (host->add(setup, parts[i].kind, parts[i].name, parts[i].vtable, NULL) != OTEL_OK)
			return OTEL_FAILED;
	return OTEL_OK;
}

const otel_plugin otel_plugin_v1 = {
	.size = sizeof(otel_plugin),
	.abi_major = OTEL_PLUGIN_ABI_MAJOR,
	.abi_minor = OTEL_PLUGIN_ABI_MINOR,
	.name = "ward",
	.version = "1.0",
	.license = "Apache-2.0",
	.setup = set_up,
};
