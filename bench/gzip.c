/* SPDX-License-Identifier: Apache-2.0
 *
 * gzip.c - what compressing costs and saves: each library that is installed, at several levels, over the batches that
 * the SDK makes of spans of a server. An exporter of our own takes them instead of sending them.
 */
#include <otel/otel.h>
#include <otel/plugin.h>
#include <otel/sdk.h>
#include <string.h>

#include "measure.h"
#include "otlp/gzip.h"

#define BATCHES_MAX 16
#define ROUNDS      7

static struct {
	uint8_t *data;
	size_t len;
} batches[BATCHES_MAX];
static size_t batch_count, bytes, spans;

/* ---- the batches ---- */

static otel_export_result keep(void *self, const otel_batch *batch, otel_export_op *op)
{
	(void)self, (void)op;
	uint8_t *copy = batch_count < BATCHES_MAX ? malloc(batch->len) : NULL;
	if (!copy)
		return OTEL_EXPORT_DROP;
	memcpy(copy, batch->data, batch->len);
	batches[batch_count].data = copy;
	batches[batch_count++].len = batch->len;
	bytes += batch->len;
	spans += batch->items;
	return OTEL_EXPORT_DONE;
}

static const otel_exporter keeper = {
	.component = {.size = sizeof keeper}, .signals = OTEL_SIGNAL_TRACES, .export_batch = keep};

static otel_status set_up(const otel_host *host, otel_setup *setup)
{
	return host->add(setup, OTEL_COMPONENT_EXPORTER, "keeper", &keeper, NULL);
}

static const otel_plugin plugin = {.size = sizeof plugin,
				   .abi_major = OTEL_PLUGIN_ABI_MAJOR,
				   .abi_minor = OTEL_PLUGIN_ABI_MINOR,
				   .name = "keeper",
				   .version = "1",
				   .license = "Apache-2.0",
				   .setup = set_up};

static unsigned draw(unsigned below)
{
	static uint64_t x = 88172645463325252u;

	x ^= x << 13, x ^= x >> 7, x ^= x << 17;
	return (unsigned)((x >> 33) % below);
}

/* A request as servers see them, with a query inside: few names, many ids, some errors. */
static void query(struct otel_tracer *tracer)
{
	char text[96];

	snprintf(text, sizeof text, "SELECT name, price FROM product WHERE id = %u", draw(100000));
	OTEL_SPAN_WITH(span, tracer, "SELECT product", .kind = OTEL_KIND_CLIENT);
	otel_span_set_str(span, "db.system.name", "postgresql");
	otel_span_set_str(span, "db.query.text", text);
	otel_span_set_int(span, "db.response.returned_rows", draw(20));
}

static void serve(struct otel_tracer *tracer)
{
	static const char *const routes[] = {"/cart", "/cart/{item}", "/checkout", "/product/{id}"};
	static const char *const agents[] = {"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
					     "curl/7.88.1", "kube-probe/1.30"};
	const char *route = routes[draw(4)];
	char path[64];

	snprintf(path, sizeof path, "%.8s/%u", route, draw(100000));
	OTEL_SPAN_WITH(span, tracer, route, .kind = OTEL_KIND_SERVER);
	otel_span_set_str(span, "http.request.method", draw(4) ? "GET" : "POST");
	otel_span_set_str(span, "http.route", route);
	otel_span_set_str(span, "url.path", path);
	otel_span_set_str(span, "url.scheme", "https");
	otel_span_set_str(span, "user_agent.original", agents[draw(3)]);
	otel_span_set_int(span, "http.response.status_code", draw(50) ? 200 : 500);
	query(tracer);
}

static bool make_batches(uint32_t spans_each)
{
	static const otel_plugin *const plugins[] = {&plugin};
	char most[16];
	const otel_setting settings[] = {
		{"traces.exporter", "keeper"}, {"bsp.max_queue_size", "65536"}, {"bsp.max_export_batch_size", most}};

	snprintf(most, sizeof most, "%u", spans_each);
	if (otel_sdk_start(OTEL_SDK_OPTIONS(.service_name = "shop", .plugins = plugins, .plugin_count = 1,
					    .settings = settings, .setting_count = 3)) != OTEL_OK)
		return false;
	while (batch_count < BATCHES_MAX) {
		const size_t before = batch_count;
		for (uint32_t i = 0; i < spans_each / 2; i++)
			serve(otel_tracer("gzip", NULL));
		if (otel_sdk_flush(20000) != OTEL_OK || batch_count == before)
			return false;
	}
	return otel_sdk_stop(20000) == OTEL_OK;
}

/* ---- the libraries ---- */

static bool measure(const struct gzip_codec *codec, int level)
{
	double cpu[ROUNDS];
	size_t packed = 0, len;

	for (int round = -1; round < ROUNDS; round++) { /* the first only warms up */
		const uint64_t begin = now_ns(CLOCK_THREAD_CPUTIME_ID);
		packed = 0;
		for (size_t i = 0; i < batch_count; i++) {
			uint8_t *out = gzip_pack(batches[i].data, batches[i].len, &len);
			if (!out)
				return false;
			free(out);
			packed += len;
		}
		if (round >= 0)
			cpu[round] = (double)(now_ns(CLOCK_THREAD_CPUTIME_ID) - begin);
	}
	const double ns = median(cpu, ROUNDS);
	printf("  %-11s level %d %9.0f MB/s   ratio %5.2f   %7.0f ms CPU per million spans%s\n", codec->name, level,
	       (double)bytes / ns * 1e3, (double)bytes / (double)packed, ns / (double)spans,
	       level == codec->level ? "   the level in use" : "");
	return true;
}

int main(int argc, char **argv)
{
	const uint32_t each = argc > 1 ? (uint32_t)atoi(argv[1]) : 512;

	if (!make_batches(each))
		return fprintf(stderr, "gzip: %s\n", otel_last_error()), 1;
	printf("  %zu batches, %zu spans, %zu bytes each\n", batch_count, spans / batch_count, bytes / batch_count);
	for (size_t i = 0; gzip_codecs[i]; i++) {
		const struct gzip_codec *codec = gzip_codecs[i];
		for (int k = 0; k < 4 && codec->levels[k] >= 0; k++) {
			if (!gzip_use(codec, codec->levels[k]))
				printf("  %-11s is not installed (%s)\n", codec->name, codec->library);
			else if (!measure(codec, codec->levels[k]))
				return fprintf(stderr, "gzip: %s failed\n", codec->name), 1;
		}
	}
	return 0;
}
