/* SPDX-License-Identifier: Apache-2.0
 *
 * distro_test.c - realm and token become endpoint and header: the module that was built, its profile, and made-up
 * environments.
 */
#include "core/plugin/support.h"

#define INGEST "https://ingest.us0.observability.splunkcloud.com/v2/trace/otlp"
#define SECRET "s3cr3t-T0ken_1"

static struct config *config;

static void setup(void)
{
	config = NULL;
	said();
}

static void teardown(void)
{
	round_end(config);
}

/* Profile and environment, as a start reads them. */
static void start(const struct otel_boot *boot)
{
	char *profile = path_of(build_dir(), "share/otel-c/splunk.ini");
	char *module = path_of(build_dir(), "lib/otel-c/distro_splunk.so");
	config = round_begin(boot);
	ck_assert_int_eq(config_read_file(config, CONFIG_DISTRO, profile), OTEL_OK);
	ck_assert_int_eq(registry_load(module, "test"), OTEL_OK);
	config_resolve(config);
	registry_configure();
	free(profile);
	free(module);
}

static const char *endpoint(void)
{
	return config_str(config, "exporter.otlp.traces", "endpoint");
}

static const char *header(void)
{
	return config_str(config, "exporter.otlp", "distro_headers");
}

START_TEST(a_realm_is_the_default_endpoint)
{
	start(BOOT("SPLUNK_REALM=us0", "SPLUNK_ACCESS_TOKEN=" SECRET));
	ck_assert_str_eq(endpoint(), INGEST);
	ck_assert_str_eq(config_origin(config, "exporter.otlp.traces", "endpoint"), "plugin splunk");
	ck_silent();
}
END_TEST

START_TEST(blanks_around_a_realm_do_not_matter)
{
	start(BOOT("SPLUNK_REALM= us0 ", "SPLUNK_ACCESS_TOKEN=" SECRET));
	ck_assert_str_eq(endpoint(), INGEST);
	ck_silent();
}
END_TEST

static const char *const no_realms[] = {"SPLUNK_REALM=", "SPLUNK_REALM=none", "SPLUNK_REALM=NONE", "SPLUNK_REALM= "};

START_TEST(none_or_empty_is_no_realm)
{
	start(BOOT(no_realms[_i]));
	ck_assert_ptr_null(endpoint());
	ck_silent();
}
END_TEST

static const char *const bad_realms[] = {"us 1",
					 "us0.evil.example",
					 "us0/",
					 "-us0",
					 "us0-",
					 "us0:443@x",
					 "us_0",
					 "caf\xc3\xa9",
					 "a234567890123456789012345678901234567890123456789012345678901234"};

START_TEST(a_realm_that_is_no_dns_label_is_one_line_and_ignored)
{
	char variable[128];
	snprintf(variable, sizeof variable, "SPLUNK_REALM=%s", bad_realms[_i]);
	start(BOOT(variable));
	ck_assert_ptr_null(endpoint());
	CK_SAID_LINE("otel-c: splunk: SPLUNK_REALM: \"", bad_realms[_i],
		     "\" is not a realm and is ignored; allowed: none,");
}
END_TEST

START_TEST(the_longest_label_is_a_realm)
{
	char label[64], variable[128];
	memset(label, 'a', 63);
	label[63] = '\0';
	snprintf(variable, sizeof variable, "SPLUNK_REALM=%s", label);
	start(BOOT(variable, "SPLUNK_ACCESS_TOKEN=" SECRET));
	ck_assert_ptr_nonnull(strstr(endpoint(), label));
	ck_silent();
}
END_TEST

static const char *const explicit_endpoints[] = {"OTEL_EXPORTER_OTLP_ENDPOINT=http://gateway:4318",
						 "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://gateway:4318/v1/traces"};

START_TEST(an_endpoint_of_the_user_beats_the_realm)
{
	start(BOOT("SPLUNK_REALM=us0", explicit_endpoints[_i]));
	const char *traces = endpoint();
	ck_assert(!traces || strstr(traces, "gateway"));
	ck_silent();
}
END_TEST

START_TEST(an_endpoint_in_a_file_of_the_user_beats_the_realm)
{
	static const char text[] = "[exporter.otlp]\nendpoint = http://gateway:4318\n";
	const struct otel_boot *boot = BOOT("SPLUNK_REALM=us0");
	char *module = path_of(build_dir(), "lib/otel-c/distro_splunk.so");
	config = round_begin(boot);
	ck_assert_int_eq(config_read_text(config, CONFIG_USER, "my.ini", text, strlen(text)), OTEL_OK);
	ck_assert_int_eq(registry_load(module, "test"), OTEL_OK);
	config_resolve(config);
	registry_configure();
	ck_assert_ptr_null(endpoint());
	free(module);
}
END_TEST

START_TEST(a_token_becomes_a_header_with_or_without_a_realm)
{
	start(BOOT("SPLUNK_ACCESS_TOKEN=" SECRET));
	ck_assert_str_eq(header(), "X-SF-Token=" SECRET);
	ck_assert_ptr_null(endpoint());
	ck_silent();
}
END_TEST

START_TEST(blanks_around_a_token_are_trimmed)
{
	start(BOOT("SPLUNK_ACCESS_TOKEN=  " SECRET " \t\r\n"));
	ck_assert_str_eq(header(), "X-SF-Token=" SECRET);
	ck_silent();
}
END_TEST

START_TEST(a_token_is_percent_encoded_as_header_lists_are)
{
	start(BOOT("SPLUNK_ACCESS_TOKEN=a+b/c=,d%~"));
	ck_assert_str_eq(header(), "X-SF-Token=a%2Bb%2Fc%3D%2Cd%25~");
}
END_TEST

START_TEST(a_blank_token_is_none)
{
	start(BOOT("SPLUNK_ACCESS_TOKEN=  "));
	ck_assert_ptr_null(header());
	ck_silent();
}
END_TEST

static const char *const bad_tokens[] = {"SPLUNK_ACCESS_TOKEN=" SECRET "\r\nX-Evil: 1",
					 "SPLUNK_ACCESS_TOKEN=" SECRET " x", "SPLUNK_ACCESS_TOKEN=" SECRET "\xc3\xa9"};

START_TEST(a_token_that_cannot_be_a_header_is_ignored_and_never_shown)
{
	start(BOOT(bad_tokens[_i], "OTEL_LOG_LEVEL=debug"));
	ck_assert_ptr_null(header());
	const char *text = said();
	if (_i == 0) /* the line is the same for all of them, so it is said once */
		ck_assert_ptr_nonnull(strstr(text, "splunk: SPLUNK_ACCESS_TOKEN: holds "));
	ck_assert_ptr_null(strstr(text, SECRET));
}
END_TEST

START_TEST(a_realm_without_a_token_is_warned_about)
{
	start(BOOT("SPLUNK_REALM=us0"));
	ck_assert_str_eq(endpoint(), INGEST);
	CK_SAID_LINE("otel-c: splunk: SPLUNK_REALM: a realm needs an access token", "SPLUNK_ACCESS_TOKEN");
}
END_TEST

START_TEST(a_token_header_of_the_user_is_enough)
{
	start(BOOT("SPLUNK_REALM=us1", "OTEL_EXPORTER_OTLP_HEADERS=x-sf-token=" SECRET));
	ck_assert_ptr_nonnull(endpoint());
	ck_silent();
}
END_TEST

START_TEST(the_profile_has_the_limits_and_the_sampler_of_gdi)
{
	static const struct {
		const char *section, *key;
		int64_t value;
	} limits[] = {
		{"limits", "attribute_value_length", 12000},   {"limits", "attribute_count", INT32_MAX},
		{"limits.span", "attribute_count", INT32_MAX}, {"limits.span", "event_count", INT32_MAX},
		{"limits.span", "link_count", 1000},           {"limits.event", "attribute_count", INT32_MAX},
		{"limits.link", "attribute_count", INT32_MAX},
	};
	start(NULL);
	for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
		ck_assert_int_eq(config_int(config, limits[i].section, limits[i].key), limits[i].value);
	ck_assert_str_eq(config_str(config, "traces", "sampler"), "always_on");
	ck_assert_str_eq(config_str(config, "otel", "propagators"), "tracecontext,baggage");
	ck_assert_str_eq(config_str(config, "exporter.otlp", "protocol"), "http/protobuf");
	ck_assert_str_eq(config_raw(config, "distro", "module"), "distro_splunk");
	ck_silent();
}
END_TEST

START_TEST(a_limit_of_the_user_beats_the_profile)
{
	start(BOOT("OTEL_SPAN_LINK_COUNT_LIMIT=7"));
	ck_assert_int_eq(config_int(config, "limits.span", "link_count"), 7);
}
END_TEST

#define COUNT(rows) ((int)(sizeof(rows) / sizeof *(rows)))

int main(void)
{
	Suite *suite = suite_create("splunk distro");
	TCase *tc = tcase_create("distro");
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, a_realm_is_the_default_endpoint);
	tcase_add_test(tc, blanks_around_a_realm_do_not_matter);
	tcase_add_loop_test(tc, none_or_empty_is_no_realm, 0, COUNT(no_realms));
	tcase_add_loop_test(tc, a_realm_that_is_no_dns_label_is_one_line_and_ignored, 0, COUNT(bad_realms));
	tcase_add_test(tc, the_longest_label_is_a_realm);
	tcase_add_loop_test(tc, an_endpoint_of_the_user_beats_the_realm, 0, COUNT(explicit_endpoints));
	tcase_add_test(tc, an_endpoint_in_a_file_of_the_user_beats_the_realm);
	tcase_add_test(tc, a_token_becomes_a_header_with_or_without_a_realm);
	tcase_add_test(tc, blanks_around_a_token_are_trimmed);
	tcase_add_test(tc, a_token_is_percent_encoded_as_header_lists_are);
	tcase_add_test(tc, a_blank_token_is_none);
	tcase_add_loop_test(tc, a_token_that_cannot_be_a_header_is_ignored_and_never_shown, 0, COUNT(bad_tokens));
	tcase_add_test(tc, a_realm_without_a_token_is_warned_about);
	tcase_add_test(tc, a_token_header_of_the_user_is_enough);
	tcase_add_test(tc, the_profile_has_the_limits_and_the_sampler_of_gdi);
	tcase_add_test(tc, a_limit_of_the_user_beats_the_profile);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
