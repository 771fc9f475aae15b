/* SPDX-License-Identifier: Apache-2.0
 *
 * send.c - see send.h.
 */
#include "tools/otel-c/doctor/send.h"

#include <stdio.h>
#include <string.h>

#include <otel/otel.h>
#include <otel/sdk.h>

#include "http/proxy.h"
#include "plugin/registry.h"
#include "sdk/spooling.h"
#include "tools/otel-c/doctor/credentials.h"
#include "tools/otel-c/doctor/exchange.h"
#include "tools/otel-c/doctor/explain.h"
#include "tools/otel-c/doctor/heard.h"
#include "tools/otel-c/doctor/proxy.h"
#include "tools/otel-c/doctor/resource.h"
#include "util/clock.h"

enum { STOP_MS = 200, SPARE_MS = 2000 };

/* Code wins over what is configured: the sampler is not to decide whether there is an answer, and standard output is
 * ours. */
static otel_status start(const struct settings_found *found, const char *distro)
{
	const otel_setting settings[] = {
		{"traces.sampler", "always_on"},
		{"traces.exporter", found->exporters},
		{"otel.log_level", "warn"},
	};

	spooling_leave_alone();
	return otel_sdk_start(OTEL_SDK_OPTIONS(.distro = distro, .settings = settings,
					       .setting_count = sizeof settings / sizeof *settings));
}

/* Its trace, for finding it at the backend. */
static void make_span(char trace[33])
{
	otel_span span = otel_span_start(otel_tracer("otel-c doctor", NULL), "otel-c doctor");
	const otel_span_context context = otel_span_context_get(span);

	for (size_t i = 0; i < sizeof context.trace_id; i++)
		snprintf(trace + 2 * i, 3, "%02x", context.trace_id[i]);
	otel_span_end(span);
}

static uint32_t limit_of(const struct config *config)
{
	static const char *const keys[][2] = {
		{"exporter.otlp.traces", "timeout"}, {"exporter.otlp", "timeout"}, {"resource", "detectors_timeout"}};
	int64_t limit = SPARE_MS;

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		const int64_t value = config_int(config, keys[i][0], keys[i][1]);

		limit += value > 0 ? value : 0;
	}
	return limit < UINT32_MAX ? (uint32_t)limit : UINT32_MAX;
}

/* ---- the answers ---- */

static struct situation situation_of(const struct exchange *exchange, const char *endpoint)
{
	const struct proxy proxy = proxy_for(registry_boot(), exchange->shown);
	const bool is_proxied = *proxy.url && !proxy_is_excepted(exchange->host, proxy.except);
	struct situation situation = {.endpoint = endpoint, .proxy = is_proxied ? proxy.variable : NULL};

	if (!situation.proxy && explain_wants_peer(exchange))
		situation.peer = peer_find(exchange->host, exchange->port);
	if (!situation.proxy && exchange->error == OTEL_HTTP_NAME)
		situation.name_may_exist = !peer_name_is_wrong(exchange->host);
	return situation;
}

static void report_answers(struct report *report, const char *endpoint, const char *trace, int64_t ms)
{
	struct explanation words;

	for (const struct exchange *x = exchange_exports(); x; x = x->next) {
		const struct situation situation = situation_of(x, endpoint);

		explain_exchange(&words, x, &situation);
		if (words.ok)
			report_ok(report, "export", ms, "%s: trace %s", words.message, trace);
		else
			report_problem(report, "export", ms, words.cure, "%s", words.message);
	}
}

/* An exporter that makes no requests through us: only the outcome is known. */
static void report_outcome(struct report *report, const struct settings_found *found, const char *trace, int64_t ms)
{
	otel_sdk_stats stats = {.size = sizeof stats};

	otel_sdk_get_stats(&stats);
	if (!stats.export_attempts) /* it could not be opened, and said why */
		report_problem(report, "export", REPORT_UNTIMED, "see the other lines", "nothing was sent");
	else if (stats.spans_accepted)
		report_ok(report, "export", ms, "%s took the span: trace %s", found->exporters, trace);
	else
		report_problem(report, "export", ms, "see the other lines, and what it needs",
			       "%s did not take the span", found->exporters);
}

/* ---- all ---- */

void send_check(struct report *report, const struct settings_found *found, const char *distro)
{
	char trace[33] = "";

	exchange_watch();
	if (start(found, distro) != OTEL_OK) {
		if (!heard_report(report, "sdk", NULL))
			report_problem(report, "sdk", REPORT_UNTIMED, "", "%s", otel_last_error());
		return;
	}
	heard_report(report, "sdk", NULL);
	const uint64_t begin = clock_mono_ms();
	make_span(trace);
	const otel_status flushed = otel_sdk_flush(limit_of(found->config));
	const int64_t ms = (int64_t)(clock_mono_ms() - begin);
	heard_end();
	const otel_status stopped = otel_sdk_stop(STOP_MS);
	(void)flushed, (void)stopped; /* the answers tell more */

	resource_report(report);
	credentials_report(report, found->config);
	heard_report(report, "sdk", "otlp: ");
	if (exchange_exports())
		report_answers(report, found->endpoint, trace, ms);
	else
		report_outcome(report, found, trace, ms);
}
