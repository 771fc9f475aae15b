/* SPDX-License-Identifier: Apache-2.0
 *
 * newcomer.c - a vendor's plugin of ABI 1.2, built against the header as it was then: one of each kind that came with
 * it, all called "newcomer". It needs nothing newer than 1.0 to be loaded, and does without what its host lacks.
 */
#include <otel/plugin.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct newcomer {
	const otel_host *host;
	otel_setup *setup;
	const char *file; /* [newcomer] file: a line for each request that it exports */
	otel_detect_op *detection;
	unsigned preparations;
};

/* Says nothing of a host that is too old: whatever needs the services looks for itself. */
static otel_status open_part(void *self, const otel_host *host, otel_setup *setup)
{
	struct newcomer *newcomer = self;

	newcomer->host = host;
	newcomer->setup = setup;
	newcomer->file = host->config_str(setup, "newcomer", "file");
	return OTEL_OK;
}

#define HEAD(type)                                                                                                     \
	{                                                                                                              \
		.size = sizeof(type), .state_size = sizeof(struct newcomer), .open = open_part                         \
	}

/* ---- the detector: answers after a while, and counts its runs in a file of its own ---- */

static otel_attr text_attr(const char *key, const char *text)
{
	return (otel_attr){
		.key = key, .key_len = strlen(key), .value.str = text, .count = strlen(text), .type = OTEL_ATTR_STRING};
}

/* The number that the file has, plus one; 0 where there is no place for files. */
static int count_runs(const struct newcomer *newcomer)
{
	char text[16] = {0};
	size_t len = 0;

	if (!OTEL_OFFERS(newcomer->host, state_read) || !OTEL_OFFERS(newcomer->host, state_replace))
		return 0;
	const otel_status status = newcomer->host->state_read(newcomer->setup, "runs", text, sizeof text - 1, &len);
	if (status != OTEL_OK && status != OTEL_NOT_FOUND)
		return 0;
	const int runs = (status == OTEL_OK ? atoi(text) : 0) + 1;
	snprintf(text, sizeof text, "%d", runs);
	return newcomer->host->state_replace(newcomer->setup, "runs", text, strlen(text)) == OTEL_OK ? runs : 0;
}

/* A log record of its own: "hi". */
static void submit_log(const struct newcomer *newcomer)
{
	static const uint8_t request[] = "\x0a\x0a\x12\x08\x12\x06\x2a\x04\x0a\x02hi";

	if (OTEL_OFFERS(newcomer->host, submit))
		newcomer->host->submit(newcomer->setup, OTEL_SIGNAL_LOGS, request, sizeof request - 1);
}

static void answer(void *arg)
{
	struct newcomer *newcomer = arg;
	const otel_attr attrs[] = {
		text_attr("newcomer.zone", "north"),
		{.key = "newcomer.runs", .key_len = 13, .value.i = count_runs(newcomer), .type = OTEL_ATTR_INT}};
	otel_detect_op *op = newcomer->detection;

	newcomer->detection = NULL;
	submit_log(newcomer);
	if (op)
		newcomer->host->detect_finish(op, OTEL_OK, attrs, 2, NULL, NULL);
}

static otel_status detect(void *self, otel_detect_op *op)
{
	struct newcomer *newcomer = self;

	newcomer->detection = op;
	if (!OTEL_OFFERS(newcomer->host, timer) || !OTEL_OFFERS(newcomer->host, detect_finish))
		return OTEL_UNSUPPORTED;
	return newcomer->host->timer(newcomer->setup, 5, answer, newcomer);
}

static void give_up(void *self, otel_detect_op *op)
{
	struct newcomer *newcomer = self;

	newcomer->detection = NULL;
	newcomer->host->detect_finish(op, OTEL_TIMEOUT, NULL, 0, NULL, "it took too long");
}

static const otel_detector detector = {.component = HEAD(otel_detector), .detect = detect, .cancel = give_up};

/* ---- the authenticator: a header that tells how often it prepared, and what it signed ---- */

static otel_status prepare(void *self, otel_auth_op *op, bool rejected)
{
	struct newcomer *newcomer = self;

	(void)rejected;
	if (!OTEL_OFFERS(newcomer->host, auth_finish))
		return OTEL_UNSUPPORTED;
	newcomer->preparations++;
	newcomer->host->auth_finish(op, OTEL_OK, 60000, NULL);
	return OTEL_OK;
}

static otel_status sign(void *self, const otel_http_request *request,
			void (*add_header)(void *arg, const char *name, const char *value), void *arg)
{
	const struct newcomer *newcomer = self;
	char text[64];

	snprintf(text, sizeof text, "%s-%u-%s", request->method, newcomer->preparations,
		 request->body_len ? "body" : "empty");
	add_header(arg, "x-newcomer", text);
	return OTEL_OK;
}

static bool wants(void *self, const char *url)
{
	(void)self;
	return strstr(url, "/v1/traces") != NULL;
}

static const otel_authenticator authenticator = {
	.component = HEAD(otel_authenticator), .prepare = prepare, .sign = sign, .wants = wants};

/* ---- the response propagator ---- */

static const char *const fields[] = {"x-served-by", NULL};

static void inject(void *self, const otel_span_context *span, const otel_carrier *carrier)
{
	char text[17];

	(void)self;
	for (size_t i = 0; i < 8; i++)
		snprintf(text + 2 * i, 3, "%02x", span->span_id[i]);
	carrier->set(carrier->self, fields[0], text);
}

static const otel_response_propagator response_propagator = {
	.component = HEAD(otel_response_propagator), .fields = fields, .inject = inject};

/* ---- the log processor: severity_text, a field that comes last and so wins ---- */

static otel_edit on_emit(void *self, otel_log_data *log)
{
	static const uint8_t severity[] = "\x1a\x08NEWCOMER";
	static __attribute__((aligned(16))) uint8_t text[4096];

	(void)self;
	if (log->len + sizeof severity - 1 > sizeof text)
		return OTEL_EDIT_KEEP;
	memcpy(text, log->data, log->len);
	memcpy(text + log->len, severity, sizeof severity - 1);
	log->data = text;
	log->len += sizeof severity - 1;
	return OTEL_EDIT_REPLACE;
}

static const otel_log_processor log_processor = {.component = HEAD(otel_log_processor), .on_emit = on_emit};

/* ---- the metric producer: one gauge, "newcomer.up" = 1 ---- */

static otel_status produce(void *self, void (*put)(void *arg, const uint8_t *scope_metrics, size_t len), void *arg)
{
	static const uint8_t up[] = "\x0a\x0a\x0a\x08newcomer"
				    "\x12\x1a\x0a\x0bnewcomer.up\x2a\x0b\x0a\x09\x31\x01\x00\x00\x00\x00\x00\x00\x00";

	(void)self;
	put(arg, up, sizeof up - 1);
	return OTEL_OK;
}

static const otel_metric_producer metric_producer = {.component = HEAD(otel_metric_producer), .produce = produce};

/* ---- the batch processor: drops batches that mention "drop me", passes on copies of all others ---- */

static otel_verdict process(void *self, const otel_batch *batch, otel_batch_edit *edit)
{
	const struct newcomer *newcomer = self;
	otel_item item = {.size = sizeof item};
	size_t cursor = 0;
	uint32_t items = 0;

	if (!OTEL_OFFERS(newcomer->host, batch_next) || !OTEL_OFFERS(newcomer->host, batch_replace))
		return OTEL_BATCH_KEEP;
	while (newcomer->host->batch_next(batch, &cursor, &item)) {
		items++;
		if (memmem(item.data, item.len, "drop me", 7))
			return OTEL_BATCH_DROP;
	}
	if (items != batch->items || newcomer->host->batch_replace(edit, batch->data, batch->len) != OTEL_OK)
		return OTEL_BATCH_KEEP;
	return OTEL_BATCH_REPLACE;
}

static const otel_batch_processor batch_processor = {
	.component = HEAD(otel_batch_processor), .signals = OTEL_SIGNAL_TRACES, .process = process};

/* ---- the exporter that blocks: a line for each request ---- */

static otel_export_result export_batch(void *self, const otel_batch *batch, otel_export_op *op)
{
	const struct newcomer *newcomer = self;
	char line[64];
	const int len = snprintf(line, sizeof line, "signal=%u items=%u%s\n", batch->signal, batch->items,
				 memmem(batch->data, batch->len, "NEWCOMER", 8) ? " processed" : "");
	const int fd = newcomer->file ? open(newcomer->file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644) : -1;

	(void)op;
	if (fd < 0)
		return OTEL_EXPORT_DROP;
	usleep(1000);
	const ssize_t written = write(fd, line, (size_t)len);
	close(fd);
	return written == len ? OTEL_EXPORT_DONE : OTEL_EXPORT_DROP;
}

static const otel_exporter exporter = {
	.component = HEAD(otel_exporter),
	.signals = OTEL_SIGNAL_TRACES | OTEL_SIGNAL_METRICS | OTEL_SIGNAL_LOGS,
	.flags = OTEL_EXPORTER_BLOCKING,
	.export_batch = export_batch,
};

/* ---- the command ---- */

static int run(void *self, const otel_host *host, otel_setup *setup, int argc, char **argv)
{
	(void)self;
	printf("%s of %s: %d more, file %s\n", argv[0], host->version, argc - 1,
	       host->config_str(setup, "newcomer", "file") ? "set" : "unset");
	return argc;
}

static const otel_command command = {.component = HEAD(otel_command), .summary = "Says that it is there.", .run = run};

/* ---- the descriptor ---- */

static const struct {
	otel_kind kind;
	const void *vtable;
} parts[] = {{OTEL_COMPONENT_DETECTOR, &detector},
	     {OTEL_COMPONENT_AUTHENTICATOR, &authenticator},
	     {OTEL_COMPONENT_RESPONSE_PROPAGATOR, &response_propagator},
	     {OTEL_COMPONENT_LOG_PROCESSOR, &log_processor},
	     {OTEL_COMPONENT_METRIC_PRODUCER, &metric_producer},
	     {OTEL_COMPONENT_BATCH_PROCESSOR, &batch_processor},
	     {OTEL_COMPONENT_EXPORTER, &exporter},
	     {OTEL_COMPONENT_COMMAND, &command}};

static otel_status set_up(const otel_host *host, otel_setup *setup)
{
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		const otel_status status = host->add(setup, parts[i].kind, "newcomer", parts[i].vtable, NULL);
		if (status != OTEL_OK && status != OTEL_UNSUPPORTED)
			return status;
	}
	return OTEL_OK;
}

static const otel_config_row rows[] = {{.section = "newcomer",
					.key = "file",
					.env = "NEWCOMER_FILE",
					.type = OTEL_CONFIG_PATH,
					.help = "Where its exporter writes a line for each request."}};

const otel_plugin otel_plugin_v1 = {
	.size = sizeof(otel_plugin),
	.abi_major = OTEL_PLUGIN_ABI_MAJOR,
	.abi_minor = 0, /* all that is newer is asked for */
	.name = "newcomer",
	.version = "1.0.0",
	.license = "Apache-2.0",
	.rows = rows,
	.row_count = 1,
	.setup = set_up,
};
