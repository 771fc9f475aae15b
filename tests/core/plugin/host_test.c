/* SPDX-License-Identifier: Apache-2.0
 *
 * host_test.c - the host table as a plugin uses it.
 */
#include "core/plugin/fake_pipeline.h"
#include "core/plugin/parts.h"
#include "core/plugin/support.h"

#include <errno.h>
#include <math.h>
#include <otel/version.h>

static const otel_host *const host = &registry_host;
static otel_setup *me;

static otel_status remember(const otel_host *h, otel_setup *setup)
{
	(void)h;
	me = setup;
	return OTEL_OK;
}

static const otel_config_row rows[] = {
	{.section = "acme", .key = "name", .env = "ACME_NAME", .type = OTEL_CONFIG_STRING, .help = "Name."},
	{.section = "acme", .key = "on", .env = "ACME_ON", .type = OTEL_CONFIG_BOOL, .help = "On."},
	{.section = "acme", .key = "size", .env = "ACME_SIZE", .type = OTEL_CONFIG_INT, .help = "Size."},
	{.section = "acme", .key = "ratio", .env = "ACME_RATIO", .type = OTEL_CONFIG_DOUBLE, .help = "Ratio."},
};

static const otel_plugin acme = PART_PLUGIN("acme", .rows = rows, .row_count = 4, .setup = remember);

static struct config *config;

static void setup(void)
{
	static const char *const env[] = {"ACME_NAME=shop", "ACME_ON=true", "ACME_SIZE=12",
					  "ACME_RATIO=0.5", "EMPTY=",       NULL};
	static const struct otel_boot boot = {.size = sizeof boot, .env = env};
	config = round_begin(&boot);
	ck_assert_int_eq(registry_add_builtin(&acme), OTEL_OK);
	config_resolve(config);
	said();
}

static void teardown(void)
{
	round_end(config);
}

START_TEST(every_service_of_this_abi_is_offered)
{
	/* From add() on the table is function pointers only. */
	ck_assert_uint_eq(host->size, sizeof *host);
	ck_assert_uint_eq(host->abi_major, OTEL_PLUGIN_ABI_MAJOR);
	ck_assert_uint_eq(host->abi_minor, OTEL_PLUGIN_ABI_MINOR);
	ck_assert_str_eq(host->version, OTEL_C_VERSION);
	for (size_t at = offsetof(otel_host, add); at < sizeof *host; at += sizeof(void *)) {
		void *function;
		memcpy(&function, (const char *)host + at, sizeof function);
		ck_assert_msg(function != NULL, "the service at offset %zu is NULL", at);
	}
}
END_TEST

START_TEST(a_log_line_carries_the_plugin_s_name_and_keeps_errno)
{
	errno = EAGAIN;
	host->log(me, OTEL_LOG_WARN, "no %s on port %d", "answer", 4318);
	ck_assert_int_eq(errno, EAGAIN);
	ck_assert_str_eq(said(), "otel-c: acme: no answer on port 4318\n");
	host->log(me, OTEL_LOG_INFO, "all is well");
	host->log(me, OTEL_LOG_DEBUG, "very well");
	host->log(me, (otel_log_level)42, "an unknown level is as debug");
	ck_silent();
}
END_TEST

START_TEST(settings_are_read_by_their_types)
{
	ck_assert_str_eq(host->config_str(me, "acme", "name"), "shop");
	ck_assert_str_eq(host->config_origin(me, "acme", "name"), "ACME_NAME");
	ck_assert(host->config_bool(me, "acme", "on"));
	ck_assert_int_eq(host->config_int(me, "acme", "size"), 12);
	ck_assert(fabs(host->config_double(me, "acme", "ratio") - 0.5) < 1e-9);
	ck_assert_ptr_null(host->config_str(me, "acme", "nothing"));
	ck_assert(!host->config_bool(me, "acme", "nothing"));
	ck_assert_int_eq(host->config_int(me, "acme", "nothing"), -1);
	ck_assert(isnan(host->config_double(me, "acme", "nothing")));
}
END_TEST

START_TEST(the_environment_is_that_of_the_load)
{
	ck_assert_str_eq(host->env(me, "ACME_NAME"), "shop");
	ck_assert_str_eq(host->env(me, "EMPTY"), "");
	ck_assert_ptr_null(host->env(me, "PATH"));
}
END_TEST

START_TEST(random_numbers_differ_and_clocks_run)
{
	uint64_t a = host->random(), b = host->random(), c = host->random();
	ck_assert(a != b && b != c);
	ck_assert_uint_gt(host->unix_ns(), 1600000000000000000u);
	uint64_t before = host->mono_ms();
	ck_assert_uint_ge(host->mono_ms(), before);
}
END_TEST

START_TEST(contexts_and_baggage_are_those_of_the_api)
{
	otel_span_context sc = {.trace_id = {1}, .span_id = {2}, .trace_flags = 1, .is_remote = 1};
	otel_context *context = host->context_with_span_context(NULL, &sc, "k=v");
	ck_assert_str_eq(host->context_tracestate(context), "k=v");
	otel_span_context back = host->context_span_context(context);
	ck_assert_mem_eq(&back, &sc, sizeof sc);
	otel_baggage *baggage = host->baggage_with(NULL, "colour", "red", NULL);
	otel_context *both = host->context_with_baggage(context, baggage);
	host->baggage_unref(baggage);
	ck_assert_str_eq(host->baggage_value(host->context_baggage(both), "colour"), "red");
	ck_assert_ptr_eq(host->context_ref(both), both);
	host->context_unref(both);
	host->context_unref(both);
	host->context_unref(context);
}
END_TEST

static int status_seen;

static void on_reply(void *arg, const otel_http_reply *reply)
{
	*(int *)arg = reply->status;
}

START_TEST(http_goes_to_the_pipeline_under_the_plugin_s_name)
{
	const otel_http_request request = {.size = sizeof request, .method = "GET", .url = "http://127.0.0.1/"};
	otel_http_call *call = NULL;
	ck_assert_int_eq(host->http(me, &request, on_reply, &status_seen, &call), OTEL_OK);
	ck_assert_ptr_eq(fake_pipeline.setup, me);
	ck_assert_ptr_eq(fake_pipeline.request, &request);
	ck_assert_int_eq(status_seen, 204);
	host->http_cancel(call);
	ck_assert_ptr_eq(fake_pipeline.cancelled, call);
}
END_TEST

START_TEST(the_end_of_an_export_goes_to_the_pipeline)
{
	otel_export_op *op = (otel_export_op *)&status_seen;
	host->export_finish(op, OTEL_EXPORT_RETRY, 1500, 3, "busy");
	ck_assert_ptr_eq(fake_pipeline.finished, op);
	ck_assert_int_eq(fake_pipeline.result, OTEL_EXPORT_RETRY);
	ck_assert_uint_eq(fake_pipeline.retry_after_ms, 1500);
	ck_assert_uint_eq(fake_pipeline.rejected, 3);
	ck_assert_str_eq(fake_pipeline.message, "busy");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("host");
	TCase *tc = tcase_create("host");
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, every_service_of_this_abi_is_offered);
	tcase_add_test(tc, a_log_line_carries_the_plugin_s_name_and_keeps_errno);
	tcase_add_test(tc, settings_are_read_by_their_types);
	tcase_add_test(tc, the_environment_is_that_of_the_load);
	tcase_add_test(tc, random_numbers_differ_and_clocks_run);
	tcase_add_test(tc, contexts_and_baggage_are_those_of_the_api);
	tcase_add_test(tc, http_goes_to_the_pipeline_under_the_plugin_s_name);
	tcase_add_test(tc, the_end_of_an_export_goes_to_the_pipeline);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
