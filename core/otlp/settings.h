/* SPDX-License-Identifier: Apache-2.0
 *
 * settings.h - what the exporter reads from its configuration, once, when it is opened.
 */
#ifndef OTEL_OTLP_SETTINGS_H
#define OTEL_OTLP_SETTINGS_H

#include <otel/plugin.h>

#include "otlp/endpoint.h"
#include "otlp/header_list.h"
#include "otlp/protocol.h"

struct settings {
	enum protocol protocol;
	struct endpoint endpoint;
	struct header_list headers;
	uint32_t timeout_ms;
	bool gzip;
	bool unpacks; /* gRPC: answers may be compressed too */
	const char *ca_file; /* what follows lives as long as the configuration */
	const char *client_cert;
	const char *client_key;
	const char *auth; /* as otel_http_request.auth */
	otel_tls_version tls_min_version;
};

/* Reads the section of the signal ([exporter.otlp.traces] …), and [exporter.otlp] below it. Not OTEL_OK: a line has
 * said why nothing can be exported; nothing is to be freed. */
otel_status settings_read(struct settings *settings, otel_signal signal, const otel_host *host, otel_setup *setup);

void settings_fini(struct settings *settings);

#endif
