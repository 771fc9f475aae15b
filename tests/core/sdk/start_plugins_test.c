/* SPDX-License-Identifier: Apache-2.0
 *
 * start_plugins_test.c - plugins that are part of the program, given to otel_sdk_start().
 */
#include <otel/otel.h>
#include <otel/plugin.h>
#include <otel/sdk.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/wait.h>

#include "start_support.h"

static const otel_host *host;
static unsigned opened, ended, closed;
static atomic_bool hold, held; /* on_end() stays while `hold` */
static char key[64]; /* of the plugin's own row */

static otel_status own_open(void *self, const otel_host *given, otel_setup *setup)
{
	const char *value = given->config_str(setup, "own", "key");

	(void)self;
	host = given;
	opened++;
	snprintf(key, sizeof key, "%s", value ? value : "");
	return OTEL_OK;
}

static void own_start(void *self, otel_span span, const otel_context *parent)
{
	const otel_attr attr = otel_attr_str("own", "yes");

	(void)self;
	(void)parent;
	host->span_set_attrs(span, &attr, 1);
}

static void own_end(void *self, const otel_span_data *data)
{
	(void)self;
	ck_assert_uint_gt(data->len, 0);
	ended++;
	atomic_store(&held, true);
	while (atomic_load(&hold))
		usleep(1000);
}

static void own_close(void *self)
{
	(void)self;
	closed++;
}

static int told = -1; /* a pipe that flush() writes into */

static otel_status own_flush(void *self, uint32_t timeout_ms)
{
	(void)self;
	return told < 0 || (timeout_ms > 0 && write(told, "f", 1) == 1) ? OTEL_OK : OTEL_FAILED;
}

static const otel_span_processor processor = {
	.component = {.size = sizeof processor, .open = own_open, .close = own_close},
	.on_start = own_start,
	.on_end = own_end,
	.flush = own_flush};

static otel_status own_setup(const otel_host *given, otel_setup *setup)
{
	return given->add(setup, OTEL_COMPONENT_SPAN_PROCESSOR, "own", &processor, NULL);
}

static const otel_config_row row = {.section = "own",
				    .key = "key",
				    .env = "OWN_KEY",
				    .type = OTEL_CONFIG_STRING,
				    .default_value = "default",
				    .help = "A key."};

#define DESCRIPTOR                                                                                                     \
	.size = sizeof(otel_plugin), .abi_major = OTEL_PLUGIN_ABI_MAJOR, .abi_minor = OTEL_PLUGIN_ABI_MINOR,           \
	.version = "1.0.0", .license = "Apache-2.0", .rows = &row, .row_count = 1

static const otel_plugin own = {DESCRIPTOR, .name = "own", .setup = own_setup};
static const otel_plugin nameless = {DESCRIPTOR, .setup = own_setup};
static const otel_plugin *const plugins[] = {&own};

static void set_up(void)
{
	start_stop(2000);
	start_set_up();
	opened = ended = closed = 0;
}

static otel_status start(const otel_plugin *const *list, size_t count)
{
	static const otel_setting settings[] = {{"traces.processors", "own"}, {"own.key", "from code"}};

	return otel_sdk_start(
		OTEL_SDK_OPTIONS(.settings = settings, .setting_count = 2, .plugins = list, .plugin_count = count));
}

static void look(void *arg, const Otlp__Resource *resource, const Otlp__Span *span)
{
	(void)resource;
	*(size_t *)arg += span->n_attributes;
}

START_TEST(a_processor_of_the_program_is_chosen_by_name_and_has_settings)
{
	size_t attributes = 0;

	ck_assert_int_eq(start(plugins, 1), OTEL_OK);
	otel_span_end(otel_span_start(otel_tracer("test", NULL), "span"));
	ck_assert_int_eq(otel_sdk_flush(5000), OTEL_OK);
	ck_assert_uint_eq(start_received(look, &attributes), 1);
	ck_assert_uint_eq(attributes, 1);
	ck_assert_uint_eq(opened, 1);
	ck_assert_uint_eq(ended, 1);
	ck_assert_str_eq(key, "from code");
}
END_TEST

START_TEST(it_may_be_given_again_at_the_next_start)
{
	ck_assert_int_eq(start(plugins, 1), OTEL_OK);
	ck_assert_int_eq(otel_sdk_stop(5000), OTEL_OK);
	ck_assert_int_eq(start(plugins, 1), OTEL_OK);
	ck_assert_uint_eq(opened, 2);
}
END_TEST

START_TEST(a_processor_is_closed_when_the_sdk_stops)
{
	ck_assert_int_eq(start(plugins, 1), OTEL_OK);
	const otel_span late = otel_span_start(otel_tracer("test", NULL), "span");
	ck_assert_uint_eq(closed, 0);
	ck_assert_int_eq(otel_sdk_stop(5000), OTEL_OK);
	ck_assert_uint_eq(closed, 1);
	otel_span_end(late);
	ck_assert_uint_eq(ended, 0);
}
END_TEST

static void *end_one(void *unused)
{
	otel_span_end(otel_span_start(otel_tracer("test", NULL), "span"));
	return unused;
}

START_TEST(a_processor_that_a_thread_is_in_is_closed_at_the_next_start)
{
	pthread_t thread;

	ck_assert_int_eq(start(plugins, 1), OTEL_OK);
	atomic_store(&held, false);
	atomic_store(&hold, true);
	ck_assert_int_eq(pthread_create(&thread, NULL, end_one, NULL), 0);
	while (!atomic_load(&held))
		usleep(1000);
	start_stop(100);
	ck_assert_uint_eq(closed, 0);
	atomic_store(&hold, false);
	pthread_join(thread, NULL);
	ck_assert_int_eq(start(plugins, 1), OTEL_OK);
	ck_assert_uint_eq(closed, 1);
}
END_TEST

START_TEST(the_same_plugin_twice_is_one)
{
	static const otel_plugin *const twice[] = {&own, &own};

	ck_assert_int_eq(start(twice, 2), OTEL_OK);
	ck_assert_uint_eq(opened, 1);
}
END_TEST

START_TEST(a_processor_is_flushed_by_flush_stop_and_exit)
{
	int ends[2];
	char heard[8];
	int status;

	ck_assert_int_eq(pipe(ends), 0);
	told = ends[1];
	const pid_t child = fork();
	if (child == 0) {
		bool fine = start(plugins, 1) == OTEL_OK && otel_sdk_flush(5000) == OTEL_OK &&
			    otel_sdk_stop(5000) == OTEL_OK && start(plugins, 1) == OTEL_OK;
		otel_span_end(otel_span_start(otel_tracer("test", NULL), "span"));
		exit(fine ? 0 : 1);
	}
	told = -1;
	close(ends[1]);
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
	ck_assert_int_eq(read(ends[0], heard, sizeof heard), 3);
	close(ends[0]);
	ck_assert_uint_eq(start_received(NULL, NULL), 1);
}
END_TEST

START_TEST(one_that_cannot_be_used_is_named_and_nothing_starts)
{
	static const otel_plugin *const bad[] = {&own, &nameless};

	ck_assert_int_eq(start(bad, 2), OTEL_INVALID);
	ck_assert_str_eq(otel_last_error(), "otel_sdk_start: plugins[1] cannot be used");
	ck_assert_int_eq(start((const otel_plugin *const[]){NULL}, 1), OTEL_INVALID);
	ck_assert_str_eq(otel_last_error(), "otel_sdk_start: plugins[0] cannot be used");
	ck_assert_int_eq(start(NULL, 3), OTEL_OK); /* no list is no plugins; "own" is said to be unknown */
	ck_assert_uint_eq(opened, 0);
}
END_TEST

int main(void)
{
	const struct suite_entry entries[] = {
		{a_processor_is_flushed_by_flush_stop_and_exit, 0}, /* forks, so before there is anything to drop */
		{a_processor_of_the_program_is_chosen_by_name_and_has_settings, 0},
		{it_may_be_given_again_at_the_next_start, 0},
		{a_processor_is_closed_when_the_sdk_stops, 0},
		{a_processor_that_a_thread_is_in_is_closed_at_the_next_start, 0},
		{the_same_plugin_twice_is_one, 0},
		{one_that_cannot_be_used_is_named_and_nothing_starts, 0},
	};
	int status = suite_main("start_plugins", entries, sizeof entries / sizeof *entries, set_up);

	start_stop(2000);
	start_clean_up();
	return status;
}
