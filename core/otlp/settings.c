/* SPDX-License-Identifier: Apache-2.0
 *
 * settings.c - reading and checking the exporter's configuration (specification/protocol/exporter.md).
 */
#include "otlp/settings.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "otlp/grpc_inflate.h"
#include "otlp/gzip.h"
#include "util/str.h"

#define COMMON "exporter.otlp"

/* Where one signal is read from, and where it goes. */
struct place {
	const char *section;
	const char *path;
	const char *method;
};

static const struct place places[] = {
	[OTEL_SIGNAL_TRACES] = {"exporter.otlp.traces", "v1/traces",
				"/opentelemetry.proto.collector.trace.v1.TraceService/Export"},
	[OTEL_SIGNAL_METRICS] = {"exporter.otlp.metrics", "v1/metrics",
				 "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export"},
	[OTEL_SIGNAL_LOGS] = {"exporter.otlp.logs", "v1/logs",
			      "/opentelemetry.proto.collector.logs.v1.LogsService/Export"},
};

struct source {
	const otel_host *host;
	otel_setup *setup;
	const char *own; /* section of the signal */
	const char *section; /* where the value was found */
	const char *key;
};

/* The signal's own value wins over the common one. */
static const char *find(struct source *from, const char *key)
{
	const char *value = from->host->config_str(from->setup, from->own, key);
	from->key = key;
	from->section = value ? from->own : COMMON;
	return value ? value : from->host->config_str(from->setup, COMMON, key);
}

static const char *origin(const struct source *from)
{
	return from->host->config_origin(from->setup, from->section, from->key);
}

static otel_status read_protocol(struct source *from, struct settings *settings)
{
	static const char *const names[] = {
		[PROTOCOL_HTTP_PROTOBUF] = "http/protobuf",
		[PROTOCOL_HTTP_JSON] = "http/json",
		[PROTOCOL_GRPC] = "grpc",
	};
	const char *name = find(from, "protocol");

	for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
		if (name && !str_equals_nocase(name, names[i]))
			continue;
		settings->protocol = (enum protocol)i;
		return OTEL_OK;
	}
	from->host->log(from->setup, OTEL_LOG_WARN,
			"%s: \"%.64s\" is no protocol: write grpc, http/protobuf or http/json; nothing is exported",
			origin(from), name);
	return OTEL_INVALID;
}

/* Only for an endpoint without a scheme; the signal's own word counts. */
static bool read_insecure(const struct source *from)
{
	const bool own = from->host->config_str(from->setup, from->own, "insecure") != NULL;
	return from->host->config_bool(from->setup, own ? from->own : COMMON, "insecure");
}

static bool make_endpoint(struct source *from, struct settings *settings, const struct place *place, const char *text,
			  const char **why)
{
	if (settings->protocol == PROTOCOL_GRPC)
		return endpoint_of_grpc(&settings->endpoint, text, place->method, read_insecure(from), why);
	if (!strcmp(from->section, from->own))
		return endpoint_of_signal(&settings->endpoint, text, why);
	return endpoint_of_base(&settings->endpoint, text, place->path, why);
}

static otel_status read_endpoint(struct source *from, struct settings *settings, const struct place *place)
{
	const bool is_grpc = settings->protocol == PROTOCOL_GRPC;
	const char *const usual = is_grpc ? "http://localhost:4317" : "http://localhost:4318";
	const char *text = find(from, "endpoint");
	const char *why;
	char shown[256];

	if (!text || !strcmp(origin(from), "default")) /* which knows one protocol only */
		text = usual;
	if (make_endpoint(from, settings, place, text, &why))
		return OTEL_OK;
	endpoint_show(shown, sizeof shown, text);
	from->host->log(from->setup, OTEL_LOG_WARN, "%s: \"%s\" is not a URL: %s, e.g. %s; nothing is exported",
			origin(from), shown, why, usual);
	return OTEL_INVALID;
}

static void complain_header(void *arg, size_t position, const char *name, const char *why)
{
	const struct source *from = arg;
	from->host->log(from->setup, OTEL_LOG_WARN, "%s: header %zu%s%s is left out: %s; write name=value,name2=value2",
			origin(from), position, *name ? " " : "", name, why);
}

static void read_headers(struct source *from, struct settings *settings)
{
	from->section = COMMON;
	from->key = "distro_headers";
	const char *text = from->host->config_str(from->setup, COMMON, from->key);
	if (text)
		header_list_read(&settings->headers, text, complain_header, from);
	text = find(from, "headers");
	if (text)
		header_list_read(&settings->headers, text, complain_header, from);
}

/* By its name: only who sends it knows for sure. */
static bool is_credential(const char *name)
{
	static const char *const signs[] = {"authorization", "token",  "api-key",  "apikey",    "api_key",
					    "secret",        "cookie", "password", "credential"};
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (strcasestr(name, signs[i]))
			return true;
	return false;
}

/* Who listens on the way could use them, so that has to be asked for. */
static void protect_credentials(const struct source *from, struct settings *settings)
{
	struct header_list *list = &settings->headers;

	if (settings->endpoint.keeps_secrets ||
	    from->host->config_bool(from->setup, "http", "allow_insecure_credentials"))
		return;
	for (size_t i = 0; i < list->count;) {
		if (!is_credential(list->items[i].name)) {
			i++;
			continue;
		}
		from->host->log(
			from->setup, OTEL_LOG_WARN,
			"header %s is left out, for credentials are not sent over plain http to another machine "
			"(%s): use https, or set OTEL_C_HTTP_ALLOW_INSECURE_CREDENTIALS=true",
			list->items[i].name, settings->endpoint.shown);
		header_list_remove(list, i);
	}
}

static void read_timeout(struct source *from, struct settings *settings)
{
	int64_t ms = from->host->config_int(from->setup, from->own, "timeout");
	if (ms < 0)
		ms = from->host->config_int(from->setup, COMMON, "timeout");
	settings->timeout_ms = ms < 0 ? 10000 : ms == 0 ? INT32_MAX : (uint32_t)ms; /* 0 = no limit */
}

static void read_compression(struct source *from, struct settings *settings)
{
	const char *name = find(from, "compression");
	if (!name || !str_equals_nocase(name, "gzip"))
		return;
	settings->gzip = gzip_open();
	if (settings->gzip && settings->protocol == PROTOCOL_GRPC)
		settings->unpacks = grpc_inflate_open();
	if (settings->gzip)
		from->host->log(from->setup, OTEL_LOG_DEBUG, "bodies are compressed by %s", gzip_library());
	else
		from->host->log(
			from->setup, OTEL_LOG_WARN,
			"%s: gzip needs ISA-L, libdeflate or zlib, and none can be used; bodies are sent as they are",
			origin(from));
}

/* A file that cannot be read must not be passed over: the connection would be made with other trust than asked for. */
static otel_status read_file(struct source *from, const char *key, const char **path)
{
	*path = find(from, key);
	if (!*path)
		return OTEL_OK;
	int saved = errno;
	int fd = open(*path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	int error = errno;
	errno = saved;
	if (fd >= 0) {
		close(fd);
		return OTEL_OK;
	}
	from->host->log(from->setup, OTEL_LOG_WARN, "%s: cannot read \"%s\": %s; nothing is exported", origin(from),
			*path, strerrordesc_np(error));
	return OTEL_NOT_FOUND;
}

static otel_status read_tls(struct source *from, struct settings *settings)
{
	otel_status status = OTEL_OK;

	if (!settings->endpoint.tls)
		return OTEL_OK;
	const char *version = find(from, "tls_min_version");
	settings->tls_min_version = version && !strcmp(version, "1.3") ? OTEL_TLS_1_3 : OTEL_TLS_1_2;
	if (!status)
		status = read_file(from, "certificate", &settings->ca_file);
	if (!status)
		status = read_file(from, "client_key", &settings->client_key);
	if (!status)
		status = read_file(from, "client_certificate", &settings->client_cert);
	if (status || !settings->client_key == !settings->client_cert)
		return status;
	find(from, settings->client_key ? "client_key" : "client_certificate");
	from->host->log(from->setup, OTEL_LOG_WARN,
			"%s: client_key and client_certificate go together: one is missing; nothing is exported",
			origin(from));
	return OTEL_INVALID;
}

otel_status settings_read(struct settings *settings, otel_signal signal, const otel_host *host, otel_setup *setup)
{
	const struct place *place = &places[signal];
	struct source from = {host, setup, place->section, COMMON, ""};
	memset(settings, 0, sizeof *settings);

	otel_status status = read_protocol(&from, settings);
	if (!status)
		status = read_endpoint(&from, settings, place);
	if (!status)
		status = read_tls(&from, settings);
	if (status) {
		settings_fini(settings);
		return status;
	}
	read_headers(&from, settings);
	protect_credentials(&from, settings);
	read_timeout(&from, settings);
	read_compression(&from, settings);
	settings->auth = find(&from, "auth");
	return OTEL_OK;
}

void settings_fini(struct settings *settings)
{
	endpoint_fini(&settings->endpoint);
	header_list_fini(&settings->headers);
}
