/* SPDX-License-Identifier: Apache-2.0
 *
 * auth_open_test.c - which authenticators are opened: those that the configuration names, and all that there are.
 */
#include "sdk/auth_open.h"

#include "core/plugin/support.h"

struct state {
	int opened;
};

static otel_status open_well(void *self, const otel_host *host, otel_setup *setup)
{
	struct state *state = self;
	(void)host, (void)setup;
	state->opened++;
	return OTEL_OK;
}

static otel_status open_badly(void *self, const otel_host *host, otel_setup *setup)
{
	(void)self, (void)host, (void)setup;
	return OTEL_NOT_FOUND;
}

static otel_status sign(void *self, const otel_http_request *request,
			void (*add_header)(void *arg, const char *name, const char *value), void *arg)
{
	(void)self, (void)request, (void)add_header, (void)arg;
	return OTEL_OK;
}

#define AUTHENTICATOR(opener)                                                                                          \
	{                                                                                                              \
		.component = {.size = sizeof(otel_authenticator), .state_size = sizeof(struct state), .open = opener}, \
		.sign = sign                                                                                           \
	}
static const otel_authenticator good = AUTHENTICATOR(open_well), bad = AUTHENTICATOR(open_badly);

static otel_status set_up_plugin(const otel_host *host, otel_setup *setup)
{
	host->add(setup, OTEL_COMPONENT_AUTHENTICATOR, "one", &good, NULL);
	host->add(setup, OTEL_COMPONENT_AUTHENTICATOR, "two", &good, NULL);
	return host->add(setup, OTEL_COMPONENT_AUTHENTICATOR, "broken", &bad, NULL);
}

static const otel_plugin plugin = {.size = sizeof(otel_plugin),
				   .abi_major = OTEL_PLUGIN_ABI_MAJOR,
				   .abi_minor = OTEL_PLUGIN_ABI_MINOR,
				   .name = "test",
				   .version = "1",
				   .license = "Apache-2.0",
				   .setup = set_up_plugin};

static struct config *config;
static struct component *opened[8];

static void begin(const char *const *env)
{
	static struct otel_boot boot = {.size = sizeof boot};

	boot.env = env;
	config = round_begin(&boot);
	ck_assert_int_eq(registry_add_builtin(&plugin), OTEL_OK);
	config_read_env(config, &boot);
	config_resolve(config);
	said();
}

static void end(void)
{
	round_end(config);
}

START_TEST(what_is_named_comes_first_and_the_rest_follows)
{
	static const char *const env[] = {"OTEL_C_EXPORTER_OTLP_AUTH=none", "OTEL_C_EXPORTER_OTLP_TRACES_AUTH=TWO",
					  "OTEL_C_EXPORTER_OTLP_LOGS_AUTH=auto", NULL};
	begin(env);
	ck_assert_uint_eq(auth_open(config, opened, 8), 2);
	ck_assert_str_eq(opened[0]->name, "two");
	ck_assert_str_eq(opened[1]->name, "one");
	ck_assert_int_eq(((struct state *)opened[0]->self)->opened, 1);
	ck_assert_str_eq(said(), "otel-c: authenticator: \"broken\" of plugin \"test\" (built in) cannot be used: "
				 "something was not found\n");
	end();
}
END_TEST

START_TEST(one_that_is_named_and_does_not_open_is_said_once)
{
	static const char *const env[] = {"OTEL_C_EXPORTER_OTLP_AUTH=broken", NULL};
	begin(env);
	ck_assert_uint_eq(auth_open(config, opened, 8), 2);
	ck_assert_str_eq(said(),
			 "otel-c: OTEL_C_EXPORTER_OTLP_AUTH: \"broken\" of plugin \"test\" (built in) cannot be "
			 "used: something was not found\n");
	end();
}
END_TEST

START_TEST(one_that_is_not_there_is_said_and_the_others_named)
{
	static const char *const env[] = {"OTEL_C_EXPORTER_OTLP_METRICS_AUTH=sigv5", NULL};
	begin(env);
	ck_assert_uint_eq(auth_open(config, opened, 8), 2);
	const char *text = said();
	ck_assert_ptr_nonnull(strstr(text,
				     "otel-c: OTEL_C_EXPORTER_OTLP_METRICS_AUTH: \"sigv5\" is not an authenticator; "
				     "available: broken, none, one, two\n"));
	end();
}
END_TEST

START_TEST(there_is_room_for_so_many_and_the_rest_is_said)
{
	static const char *const env[] = {NULL};
	begin(env);
	ck_assert_uint_eq(auth_open(config, opened, 1), 1);
	ck_assert_ptr_nonnull(strstr(said(), "otel-c: authenticator \"two\" is not used: there are more than 1\n"));
	end();
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("auth_open");
	TCase *tc = tcase_create("all");
	tcase_add_test(tc, what_is_named_comes_first_and_the_rest_follows);
	tcase_add_test(tc, one_that_is_named_and_does_not_open_is_said_once);
	tcase_add_test(tc, one_that_is_not_there_is_said_and_the_others_named);
	tcase_add_test(tc, there_is_room_for_so_many_and_the_rest_is_said);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
