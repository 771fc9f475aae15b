/* SPDX-License-Identifier: Apache-2.0
 *
 * otlp_file.c - the exporters "otlp_file" and "otlp/stdout" (specification/protocol/file-exporter.md): each batch is
 * one line of OTLP JSON. Disks and terminals stall, so they work on threads of their own, one for each signal.
 */
#include <otel/plugin.h>
#include <otel/version.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "otlp/text/json.h"
#include "plugins/otlp_file/append.h"
#include "plugins/otlp_file/place.h"
#include "plugins/otlp_file/standard_output.h"
#include "util/str.h"

#define SECTION  "exporter.otlp_file"
#define LINE_MAX ((size_t)64 << 20) /* what otel-c send reads, and any receiver of OTLP */
#define PATH_LEN ((size_t)4096)
#define SCHEME   "file://"

struct exporter {
	const otel_host *host;
	otel_setup *setup;
	char pattern[PATH_LEN]; /* absolute; the program may change its directory */
	struct append_limits limits;
	struct standard_output output;
	const char *(*write)(struct exporter *exporter, const otel_batch *batch, const struct buf *line);
};

/* ---- one batch ---- */

static const char *items_of(uint32_t signal)
{
	if (signal == OTEL_SIGNAL_TRACES)
		return "spans";
	return signal == OTEL_SIGNAL_METRICS ? "data points" : "log records";
}

static void tell(const struct exporter *exporter, const otel_batch *batch, const char *place, const char *why)
{
	exporter->host->log(exporter->setup, OTEL_LOG_WARN, "%s cannot be written to %s: %s", items_of(batch->signal),
			    place, why);
}

static const char *write_file(struct exporter *exporter, const otel_batch *batch, const struct buf *line)
{
	const char *why = "the path is too long";
	struct buf path;

	buf_init(&path, 2 * PATH_LEN);
	place_append(&path, exporter->pattern, (otel_signal)batch->signal, (long)getpid());
	if (!path.failed)
		why = append_line(buf_str(&path), &exporter->limits, line->data, line->len);
	if (why)
		tell(exporter, batch, buf_str(&path), why);
	buf_fini(&path);
	return why;
}

static const char *write_stdout(struct exporter *exporter, const otel_batch *batch, const struct buf *line)
{
	const char *why = standard_output_write(&exporter->output, line->data, line->len);

	if (why)
		tell(exporter, batch, "standard output", why);
	return why;
}

static otel_export_result refuse(const struct exporter *exporter, const otel_batch *batch, const struct buf *line)
{
	if (line->failed)
		return OTEL_EXPORT_TOO_LARGE;
	exporter->host->log(exporter->setup, OTEL_LOG_WARN,
			    "a batch of %s is no OTLP, or nested deeper than 100 levels; it was dropped",
			    items_of(batch->signal));
	return OTEL_EXPORT_DROP;
}

/* What cannot be written now may be later: when there is room again, or rights, or the directory. */
static otel_export_result export_batch(void *self, const otel_batch *batch, otel_export_op *op)
{
	struct exporter *exporter = self;
	otel_export_result result;
	struct buf line;

	(void)op;
	buf_init(&line, LINE_MAX);
	if (otlp_json_request(&line, (otel_signal)batch->signal, batch->data, batch->len) &&
	    buf_append_char(&line, '\n'))
		result = exporter->write(exporter, batch, &line) ? OTEL_EXPORT_RETRY : OTEL_EXPORT_DONE;
	else
		result = refuse(exporter, batch, &line);
	buf_fini(&line);
	return result;
}

/* ---- opening ---- */

/* How many signals are exported into files. */
static unsigned count_signals(const otel_host *host, otel_setup *setup)
{
	static const char *const sections[] = {"traces", "metrics", "logs"};
	unsigned count = 0;

	for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
		struct view rest = view_of(host->config_str(setup, sections[i], "exporter"));
		struct view name;

		while (view_split(&rest, ',', &name))
			if (view_equals(view_trim(name), "otlp_file")) {
				count++;
				break;
			}
	}
	return count;
}

static bool make_absolute(struct exporter *exporter, const char *path)
{
	struct buf pattern;
	char directory[PATH_LEN];
	bool ok = false;

	buf_init(&pattern, PATH_LEN - 1);
	if (*path != '/') {
		if (!getcwd(directory, sizeof directory))
			goto out;
		for (const char *at = directory; *at; at++) /* it is no pattern */
			buf_append_str(&pattern, *at == '%' ? "%%" : (const char[]){*at, '\0'});
		buf_append_char(&pattern, '/');
	}
	buf_append_str(&pattern, path);
	ok = !pattern.failed;
	if (ok)
		memcpy(exporter->pattern, buf_str(&pattern), pattern.len + 1);
out:
	buf_fini(&pattern);
	return ok;
}

static const char *read_path(struct exporter *exporter, const char *path)
{
	const char *wrong;

	if (strncmp(path, SCHEME, sizeof SCHEME - 1) == 0) /* as the specification's output_stream has it */
		path += sizeof SCHEME - 1;
	wrong = place_check(path);
	if (wrong)
		return wrong;
	if (!place_tells_signal(path) && count_signals(exporter->host, exporter->setup) > 1)
		return "several signals go into files, one into each: it needs %s, which becomes traces, metrics or "
		       "logs";
	return make_absolute(exporter, path) ? NULL : "it is too long, or the current directory is gone";
}

static otel_status open_file(void *self, const otel_host *host, otel_setup *setup)
{
	struct exporter *exporter = self;
	const char *path = host->config_str(setup, SECTION, "path");
	const int64_t max_bytes = host->config_int(setup, SECTION, "max_bytes");
	const int64_t max_age = host->config_int(setup, SECTION, "max_age");
	const int64_t max_files = host->config_int(setup, SECTION, "max_files");
	const char *wrong;

	exporter->host = host;
	exporter->setup = setup;
	exporter->write = write_file;
	exporter->limits.max_bytes = max_bytes > 0 ? (uint64_t)max_bytes : 0;
	exporter->limits.max_age_ms = max_age > 0 ? (uint64_t)max_age : 0;
	exporter->limits.max_files = max_files > 0 ? (uint32_t)max_files : 1;
	wrong = read_path(exporter, path ? path : "");
	if (!wrong)
		return OTEL_OK;
	host->log(setup, OTEL_LOG_ERROR, "%s: \"%s\": %s", host->config_origin(setup, SECTION, "path"),
		  path ? path : "", wrong);
	return OTEL_FAILED;
}

static otel_status open_stdout(void *self, const otel_host *host, otel_setup *setup)
{
	struct exporter *exporter = self;

	exporter->host = host;
	exporter->setup = setup;
	exporter->write = write_stdout;
	standard_output_note(&exporter->output);
	return OTEL_OK;
}

#define EXPORTER(opener)                                                                                               \
	{                                                                                                              \
		.component = {.size = sizeof(otel_exporter), .state_size = sizeof(struct exporter), .open = opener},   \
		.signals = OTEL_SIGNAL_TRACES | OTEL_SIGNAL_METRICS | OTEL_SIGNAL_LOGS,                                \
		.flags = OTEL_EXPORTER_BLOCKING | OTEL_EXPORTER_PER_SIGNAL, .export_batch = export_batch,              \
	}

static const otel_exporter file_exporter = EXPORTER(open_file);
static const otel_exporter stdout_exporter = EXPORTER(open_stdout);

static otel_status set_up(const otel_host *host, otel_setup *setup)
{
	const otel_status status = host->add(setup, OTEL_COMPONENT_EXPORTER, "otlp_file", &file_exporter, NULL);

	return status ? status : host->add(setup, OTEL_COMPONENT_EXPORTER, "otlp/stdout", &stdout_exporter, NULL);
}

OTEL_EXPORT extern const otel_plugin otel_plugin_v1;
const otel_plugin otel_plugin_v1 = {
	.size = sizeof(otel_plugin),
	.abi_major = OTEL_PLUGIN_ABI_MAJOR,
	.abi_minor = OTEL_PLUGIN_ABI_MINOR,
	.name = "otlp_file",
	.version = OTEL_C_VERSION,
	.license = "Apache-2.0",
	.setup = set_up,
};
