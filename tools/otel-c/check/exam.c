/* SPDX-License-Identifier: Apache-2.0
 *
 * exam.c - a module's way from its file to open components, as the loader and the registry take it, but watched.
 */
#include "tools/otel-c/check/exam.h"

#include <dlfcn.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "config/store.h"
#include "plugin/component.h"
#include "sdk/detector_builtin.h"
#include "sdk/provider.h"
#include "tools/otel-c/check/descriptor.h"
#include "tools/otel-c/check/kinds.h"
#include "tools/otel-c/check/notes.h"
#include "tools/otel-c/check/watch.h"
#include "tools/otel-c/home.h"
#include "util/diag.h"

#define MAX_STATE  (16u << 20)
#define OWN_ORIGIN "otel-c plugin check"

/* ---- what otel-c itself says ---- */

void exam_said(long from, char *text, size_t cap)
{
	ssize_t len = pread(STDERR_FILENO, text, cap - 1, from);

	text[len > 0 ? len : 0] = '\0';
}

/* A complaint of the configuration that names the profile becomes a note. */
static void note_profile(const char *profile, long from, bool is_good)
{
	char text[2048];
	char *rest = text;

	exam_said(from, text, sizeof text);
	for (char *line; (line = strsep(&rest, "\n")) != NULL;)
		if (strstr(line, profile))
			is_good = note_odd(false, "the profile beside it has no mistakes", "mend that line", "%s",
					   line + (strncmp(line, "otel-c: ", 8) == 0 ? 8 : 0));
	if (is_good)
		note_odd(true, "the profile beside it has no mistakes", "", " ");
}

/* ---- configuration ---- */

/* acme.ini beside acme.so; "" if there is none. */
static const char *profile_path(void)
{
	static char path[PATH_MAX];
	size_t len = strlen(exam.path);

	if (len > 3 && strcmp(exam.path + len - 3, ".so") == 0)
		len -= 3;
	snprintf(path, sizeof path, "%.*s.ini", (int)len, exam.path);
	return access(path, F_OK) == 0 ? path : "";
}

static const char *made_up(const otel_config_row *row)
{
	static const char *const values[] = {
		[OTEL_CONFIG_STRING] = "made-up",
		[OTEL_CONFIG_BOOL] = "true",
		[OTEL_CONFIG_INT] = "1",
		[OTEL_CONFIG_DURATION] = "1000",
		[OTEL_CONFIG_TIMEOUT] = "1000",
		[OTEL_CONFIG_DOUBLE] = "0.5",
		[OTEL_CONFIG_ENUM] = "",
		[OTEL_CONFIG_LIST] = "made-up",
		[OTEL_CONFIG_URL] = "http://127.0.0.1:4318",
		[OTEL_CONFIG_PATH] = "/dev/null",
	};
	static char choice[64];

	if (row->type == OTEL_CONFIG_STRING && row->flags & OTEL_CONFIG_SECRET)
		return EXAM_SECRET;
	if (row->type != OTEL_CONFIG_ENUM)
		return row->type < sizeof values / sizeof *values ? values[row->type] : "";
	snprintf(choice, sizeof choice, "%.*s", row->choices ? (int)strcspn(row->choices, "|") : 0,
		 row->choices ? row->choices : "");
	return choice;
}

static bool is_set(const otel_config_row *row)
{
	const char *value = row->env ? otel_boot_env(exam.setup.boot, row->env) : NULL;

	return row->default_value || (value && *value) || config_raw(exam.setup.config, row->section, row->key);
}

static void furnish(void)
{
	for (size_t i = 0; i < exam.plugin->row_count; i++) {
		const otel_config_row *row = &exam.plugin->rows[i];

		if (row->section && row->key && !is_set(row))
			config_set(exam.setup.config, CONFIG_DISTRO, row->section, row->key, made_up(row), OWN_ORIGIN);
	}
}

static void read_configuration(void)
{
	const struct otel_boot *boot = otel_boot_take();
	struct config *config = config_create();
	const char *profile = profile_path();
	long before = lseek(STDERR_FILENO, 0, SEEK_END);

	home_find();
	diag_setup(boot, DIAG_WARN);
	registry_begin(config, boot);
	registry_add_builtin(&provider_builtin);
	registry_add_builtin(&detector_builtin);
	config_read_env(config, boot);
	exam.setup = (otel_setup){.path = (char *)(uintptr_t)exam.path, .config = config, .boot = boot};
	if (*profile)
		note_profile(profile, before, config_read_file(config, CONFIG_DISTRO, profile) == OTEL_OK);
}

/* ---- loading ---- */

bool exam_load(void)
{
	struct watch call;
	void *handle;

	read_configuration();
	watch_init(&call, "loading it");
	watch_begin(&call);
	handle = dlopen(exam.path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
	watch_end(&call);
	if (!note(handle != NULL, "the dynamic linker takes it",
		  "link it with -Wl,-z,defs to see at once what it lacks", "it cannot be loaded: %s",
		  handle ? "" : dlerror()))
		return false;
	guest_compare(&call.before, call.step);
	exam.plugin = dlsym(handle, OTEL_PLUGIN_SYMBOL);
	exam.setup.plugin = exam.plugin;
	return exam.plugin && descriptor_check(exam.plugin, exam.path);
}

/* ---- set-up ---- */

static const char *reason(otel_status status)
{
	return component_reason(status);
}

static bool run_setup(void)
{
	struct watch call;
	otel_status status;

	watch_init(&call, "setup()");
	exam.phase = PHASE_SETUP;
	exam.setup.in_setup = true;
	watch_begin(&call);
	status = exam.plugin->setup(exam_host(), &exam.setup);
	watch_end(&call);
	exam.setup.in_setup = false;
	exam.phase = PHASE_NONE;
	watch_judge(&call);
	return note(status == OTEL_OK, "setup() succeeds",
		    "return OTEL_OK: settings are looked at in configure() and open()", "setup() failed: %s%s%s",
		    reason(status), *exam_log ? "; it logged: " : "", exam_log);
}

static void run_configure(void)
{
	struct watch call;
	otel_status status;

	if (!exam.plugin->configure)
		return;
	watch_init(&call, "configure()");
	exam.phase = PHASE_CONFIGURE;
	exam.setup.in_configure = true;
	watch_begin(&call);
	status = exam.plugin->configure(exam_host(), &exam.setup);
	watch_end(&call);
	exam.setup.in_configure = false;
	exam.phase = PHASE_NONE;
	watch_judge(&call);
	note(status == OTEL_OK, "configure() succeeds",
	     "return OTEL_OK, and leave out what cannot be: components say in open() what they lack",
	     "configure() failed with %s: %s%s%s", exam.is_furnished ? "made-up settings" : "nothing set",
	     reason(status), *exam_log ? "; it logged: " : "", exam_log);
}

bool exam_set_up(void)
{
	const char *profile = profile_path();
	long before;

	if (!run_setup())
		return false;
	if (exam.plugin->row_count &&
	    config_add_rows(exam.setup.config, exam.plugin->name, exam.plugin->rows, exam.plugin->row_count) != OTEL_OK)
		return false; /* descriptor_check() has told */
	if (exam.is_furnished)
		furnish();
	before = lseek(STDERR_FILENO, 0, SEEK_END);
	config_resolve(exam.setup.config);
	if (*profile)
		note_profile(profile, before, true);
	run_configure();
	config_resolve(exam.setup.config);
	return true;
}

/* ---- components ---- */

const char *exam_name(const struct component *component)
{
	static char name[128];

	snprintf(name, sizeof name, "%s \"%s\"", kind_name(component->kind), component->name);
	return name;
}

/* Zeroed, and followed by memory that nobody may touch. */
static void *state_make(size_t size)
{
	const size_t page = (size_t)sysconf(_SC_PAGESIZE);
	const size_t room = (size + page - 1) / page * page;
	char *memory = mmap(NULL, room + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED)
		return NULL;
	mprotect(memory + room, page, PROT_NONE);
	return memory + room - (size + 15) / 16 * 16;
}

bool exam_open(struct component *component, otel_status *status)
{
	const otel_component *head = component->vtable;
	struct watch call;
	char rule[RULE_SIZE];

	*status = OTEL_OK;
	exam_log[0] = '\0';
	if (!component->self && head->state_size && head->state_size <= MAX_STATE)
		component->self = state_make(head->state_size);
	watch_init(&call, "open() of %s", exam_name(component));
	exam.phase = PHASE_OPEN;
	watch_begin(&call);
	if (head->open)
		*status = head->open(component->self, exam_host(), &exam.setup);
	watch_end(&call);
	exam.phase = PHASE_RUN;
	if (head->open)
		watch_judge(&call);
	snprintf(rule, sizeof rule, "%s answers an otel_status", call.step);
	note((unsigned)*status <= OTEL_MISMATCH, rule, "return one of otel_status", "%s answered %d", call.step,
	     (int)*status);
	snprintf(rule, sizeof rule, "%s says why it fails", call.step);
	if (*status == OTEL_FAILED)
		note(*exam_log, rule, "call host->log() before, or return another status",
		     "%s answered OTEL_FAILED, which means that it told the reason, but it logged nothing", call.step);
	return *status == OTEL_OK;
}

void exam_close(struct component *component)
{
	const otel_component *head = component->vtable;
	struct watch call;

	if (!head->close)
		return;
	watch_init(&call, "close() of %s", exam_name(component));
	watch_begin(&call);
	head->close(component->self);
	watch_end(&call);
	exam.phase = PHASE_NONE;
	watch_judge(&call);
}
