/* SPDX-License-Identifier: Apache-2.0
 *
 * old_host_test.c - plugins of today in hosts of yesterday: the host table ends where it ended then, and behind it
 * there is nothing that could be read. A plugin that asks OTEL_OFFERS before it reaches for what is new survives.
 */
#include "core/plugin/support.h"

#include <dlfcn.h>
#include <stdarg.h>

#define MAX_PARTS 16

/* ---- a table that ends at a wall ---- */

struct wall {
	char *pages;
	size_t page;
};

static struct wall wall;

/* The first `size` bytes of what a host offers, followed by a page that must not be touched. */
static otel_host *cut(const otel_host *whole, size_t size)
{
	wall.page = (size_t)sysconf(_SC_PAGESIZE);
	wall.pages = mmap(NULL, 2 * wall.page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	ck_assert_ptr_ne(wall.pages, MAP_FAILED);
	ck_assert_int_eq(mprotect(wall.pages + wall.page, wall.page, PROT_NONE), 0);
	char *table = wall.pages + wall.page - size;
	memcpy(table, whole, size);
	memcpy(table, &size, sizeof size);
	return (otel_host *)(void *)table;
}

static void uncut(void)
{
	munmap(wall.pages, 2 * wall.page);
}

/* ---- the host of yesterday ---- */

static unsigned minor;
static char lines[1024];
static struct part {
	otel_kind kind;
	const otel_component *vtable;
} parts[MAX_PARTS];
static size_t part_count;

/* The minor version in which a kind was first offered. */
static unsigned since(otel_kind kind)
{
	switch (kind) {
	case OTEL_COMPONENT_ID_GENERATOR:
	case OTEL_COMPONENT_PROPAGATOR:
	case OTEL_COMPONENT_SAMPLER:
	case OTEL_COMPONENT_EXPORTER:
	case OTEL_COMPONENT_INSTRUMENTATION:
		return 0;
	case OTEL_COMPONENT_SPAN_PROCESSOR:
		return 1;
	default:
		return 2;
	}
}

static otel_status add(otel_setup *setup, otel_kind kind, const char *name, const void *vtable, void *self)
{
	(void)setup, (void)name, (void)self;
	if (since(kind) > minor)
		return OTEL_UNSUPPORTED;
	ck_assert_uint_lt(part_count, MAX_PARTS);
	parts[part_count++] = (struct part){kind, vtable};
	return OTEL_OK;
}

__attribute__((format(printf, 3, 4))) static void log_line(otel_setup *setup, otel_log_level level, const char *format,
							   ...)
{
	va_list args;
	(void)setup, (void)level;
	va_start(args, format);
	vsnprintf(lines, sizeof lines, format, args);
	va_end(args);
}

static const char *setting(otel_setup *setup, const char *section, const char *key)
{
	(void)setup, (void)section, (void)key;
	return "/dev/null";
}

/* What judge.c asks for. */
static void sampling_attr(const otel_sampling *sampling, const otel_attr *attr)
{
	(void)sampling, (void)attr;
}

static void sampling_tracestate(const otel_sampling *sampling, const char *tracestate)
{
	(void)sampling, (void)tracestate;
}

static const otel_context *sampling_context(const otel_sampling *sampling)
{
	(void)sampling;
	return NULL;
}

static const struct {
	unsigned minor;
	size_t size;
} hosts[] = {
	{0, offsetof(otel_host, context_value)},
	{1, offsetof(otel_host, detect_finish)},
};

/* What a plugin does with a host of that minor version: its parts are opened and closed as a start and a stop would. */
static otel_status use(const char *name, size_t which)
{
	const otel_host whole = {.abi_major = 1,
				 .abi_minor = (uint16_t)hosts[which].minor,
				 .version = "0.1.0",
				 .add = add,
				 .log = log_line,
				 .config_str = setting,
				 .sampling_attr = sampling_attr,
				 .sampling_tracestate = sampling_tracestate,
				 .sampling_context = sampling_context};
	otel_host *host = cut(&whole, hosts[which].size);
	char *path = fixture(name);
	void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
	ck_assert_msg(handle != NULL, "%s", dlerror());
	const otel_plugin *plugin = dlsym(handle, OTEL_PLUGIN_SYMBOL);
	free(path);

	minor = hosts[which].minor;
	part_count = 0;
	*lines = '\0';
	otel_status status = plugin->setup(host, NULL);
	for (size_t i = 0; i < part_count && status == OTEL_OK; i++) {
		const otel_component *head = parts[i].vtable;
		void *self = head->state_size ? calloc(1, head->state_size) : NULL;
		status = head->open ? head->open(self, host, NULL) : OTEL_OK;
		if (status == OTEL_OK && head->close)
			head->close(self);
		free(self);
	}
	uncut();
	return status;
}

/* ---- the tests ---- */

START_TEST(a_sampler_that_needs_more_than_its_host_has_says_so_and_is_left_out)
{
	ck_assert_int_eq(use("judge", 0), OTEL_FAILED);
	ck_assert_str_eq(lines, "this otel-c has no sampler services of ABI 1.1");
	ck_assert_int_eq(use("judge", 1), OTEL_OK);
}
END_TEST

START_TEST(a_plugin_of_one_kind_that_its_host_does_not_know_is_told_so)
{
	ck_assert_int_eq(use("witness", 0), OTEL_UNSUPPORTED);
	ck_assert_uint_eq(part_count, 0);
	ck_assert_int_eq(use("witness", 1), OTEL_UNSUPPORTED); /* this one offers the kind but no service */
	ck_assert_uint_eq(part_count, 1);
}
END_TEST

START_TEST(a_plugin_of_many_kinds_keeps_those_that_its_host_knows)
{
	ck_assert_int_eq(use("newcomer", (size_t)_i), OTEL_OK);
	ck_assert_uint_eq(part_count, 1);
	ck_assert_int_eq(parts[0].kind, OTEL_COMPONENT_EXPORTER);
}
END_TEST

START_TEST(a_table_of_the_right_size_with_empty_slots_offers_nothing)
{
	const otel_host empty = {.size = sizeof empty, .abi_major = 1, .abi_minor = OTEL_PLUGIN_ABI_MINOR};
	ck_assert(!OTEL_OFFERS(&empty, add));
	ck_assert(!OTEL_OFFERS(&empty, state_replace));
	ck_assert(OTEL_OFFERS(&registry_host, add));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("abi old host");
	TCase *tc = tcase_create("old host");
	tcase_add_test(tc, a_sampler_that_needs_more_than_its_host_has_says_so_and_is_left_out);
	tcase_add_test(tc, a_plugin_of_one_kind_that_its_host_does_not_know_is_told_so);
	tcase_add_loop_test(tc, a_plugin_of_many_kinds_keeps_those_that_its_host_knows, 0,
			    (int)(sizeof hosts / sizeof *hosts));
	tcase_add_test(tc, a_table_of_the_right_size_with_empty_slots_offers_nothing);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
