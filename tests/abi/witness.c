/* SPDX-License-Identifier: Apache-2.0
 *
 * witness.c - a vendor's span processor, written against otel/plugin.h alone: it writes down every call and all that it
 * is shown in the file that [witness] file names, a line a call.
 */
#include <otel/plugin.h>

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct witness {
	const otel_host *host;
	const char *file;
};

/* Appended in one piece: spans end on any thread. */
__attribute__((format(printf, 2, 3))) static void write_line(const struct witness *witness, const char *format, ...)
{
	char line[2048];
	va_list args;

	va_start(args, format);
	int len = vsnprintf(line, sizeof line - 1, format, args);
	va_end(args);
	if (len < 0 || len >= (int)sizeof line - 1)
		len = (int)sizeof line - 2;
	line[len++] = '\n';
	int fd = open(witness->file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
	if (fd < 0)
		return;
	const ssize_t written = write(fd, line, (size_t)len);
	(void)written; /* the test finds a line missing */
	close(fd);
}

static otel_status open_witness(void *self, const otel_host *host, otel_setup *setup)
{
	struct witness *witness = self;

	if (!OTEL_OFFERS(host, span_set_attrs) || !OTEL_OFFERS(host, span_edit) || !OTEL_OFFERS(host, span_read))
		return OTEL_UNSUPPORTED;
	witness->host = host;
	witness->file = host->config_str(setup, "witness", "file");
	if (!witness->file) {
		host->log(setup, OTEL_LOG_ERROR, "[witness] file is not set");
		return OTEL_FAILED;
	}
	write_line(witness, "open");
	return OTEL_OK;
}

static otel_attr text_attr(const char *key, const char *text)
{
	return (otel_attr){
		.key = key, .key_len = strlen(key), .value.str = text, .count = strlen(text), .type = OTEL_ATTR_STRING};
}

static void hex(char *out, const uint8_t *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		snprintf(out + 2 * i, 3, "%02x", bytes[i]);
}

static void on_start(void *self, otel_span span, const otel_context *parent)
{
	const struct witness *witness = self;
	const otel_host *host = witness->host;
	const otel_span_context of = host->context_span_context(parent);
	const otel_baggage *baggage = host->context_baggage(parent);
	const char *tenant = baggage ? host->baggage_value(baggage, "tenant") : NULL;
	char id[17];

	hex(id, of.span_id, 8);
	write_line(witness, "start parent=%s tenant=%s tracestate=%s recording=%d", parent ? id : "none",
		   tenant ? tenant : "none", host->context_tracestate(parent), host->span_is_recording(span));
	const otel_attr attrs[] = {text_attr("witness.tenant", tenant ? tenant : "none"),
				   text_attr("witness.secret", "s3cr3t")};
	host->span_set_attrs(span, attrs, 2);
}

static otel_edit cover(void *arg, otel_attr *attr)
{
	size_t *shown = arg;

	++*shown;
	if (attr->key_len == 14 && !memcmp(attr->key, "witness.secret", 14))
		return OTEL_EDIT_REMOVE;
	if (attr->key_len < 8 || memcmp(attr->key, "password", 8))
		return OTEL_EDIT_KEEP;
	*attr = text_attr("ignored: the key stays", "****");
	return OTEL_EDIT_REPLACE;
}

static void look(void *arg, const otel_span_data *data)
{
	*(size_t *)arg = data->name_len;
}

static void on_ending(void *self, otel_span span)
{
	const struct witness *witness = self;
	const otel_host *host = witness->host;
	size_t shown = 0, name_len = 0;

	host->span_edit(span, OTEL_EDIT_SPAN | OTEL_EDIT_EVENTS | OTEL_EDIT_LINKS, cover, &shown);
	host->span_update_name(span, "renamed");
	host->span_set_status(span, OTEL_STATUS_ERROR, "witnessed");
	host->span_add_event(span, "ending", 1, NULL, 0);
	const bool read = host->span_read(span, look, &name_len);
	write_line(witness, "ending shown=%zu recording=%d read=%d name=%zu", shown, host->span_is_recording(span),
		   read, name_len);
}

static void on_end(void *self, const otel_span_data *data)
{
	const struct witness *witness = self;
	char trace[33], span[17], parent[17], parent_trace[33];
	unsigned sum = 0;

	hex(trace, data->context.trace_id, 16);
	hex(span, data->context.span_id, 8);
	hex(parent_trace, data->parent.trace_id, 16);
	hex(parent, data->parent.span_id, 8);
	for (size_t i = 0; i < data->len; i++)
		sum = sum * 31 + data->data[i];
	write_line(witness,
		   "end size=%d trace=%s span=%s flags=%02x parent=%s/%s/%02x/%d tracestate=%s name=%.*s kind=%d "
		   "status=%d "
		   "description=%.*s took=%d dropped=%u,%u,%u reserved=%u scope=%zu schema=%.*s len=%zu sum=%u "
		   "recording=%d",
		   data->size >= sizeof *data, trace, span, data->context.trace_flags, parent_trace, parent,
		   data->parent.trace_flags, data->parent.is_remote, data->tracestate, (int)data->name_len, data->name,
		   (int)data->kind, (int)data->status, (int)data->status_description_len, data->status_description,
		   data->end_time_ns >= data->start_time_ns && data->start_time_ns, data->dropped_attrs,
		   data->dropped_events, data->dropped_links, data->reserved, data->scope_len,
		   (int)data->schema_url_len, data->schema_url, data->len, sum,
		   witness->host->span_is_recording(data->span));
}

static otel_status flush(void *self, uint32_t timeout_ms)
{
	const struct witness *witness = self;

	write_line(witness, "flush in_time=%d", timeout_ms <= 5000);
	return OTEL_OK;
}

static void close_witness(void *self)
{
	const struct witness *witness = self;

	write_line(witness, "close");
}

static const otel_span_processor processor = {
	.component = {.size = sizeof(otel_span_processor),
		      .state_size = sizeof(struct witness),
		      .open = open_witness,
		      .close = close_witness},
	.on_start = on_start,
	.on_ending = on_ending,
	.on_end = on_end,
	.flush = flush,
};

static otel_status set_up(const otel_host *host, otel_setup *setup)
{
	return host->add(setup, OTEL_COMPONENT_SPAN_PROCESSOR, "witness", &processor, NULL);
}

static const otel_config_row rows[] = {{.section = "witness",
					.key = "file",
					.env = "WITNESS_FILE",
					.type = OTEL_CONFIG_PATH,
					.help = "Where calls are written down."}};

const otel_plugin otel_plugin_v1 = {
	.size = sizeof(otel_plugin),
	.abi_major = OTEL_PLUGIN_ABI_MAJOR,
	.abi_minor = OTEL_PLUGIN_ABI_MINOR,
	.name = "witness",
	.version = "1.2.3",
	.license = "Apache-2.0",
	.rows = rows,
	.row_count = 1,
	.setup = set_up,
};
