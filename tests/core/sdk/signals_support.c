/* SPDX-License-Identifier: Apache-2.0
 *
 * signals_support.c - see the header.
 */
#include "core/sdk/signals_support.h"

#include "util/wire.h"

/* ---- requests ---- */

void put(struct bytes *b, uint8_t field, const void *data, size_t len)
{
	b->len = (size_t)(wire_put_len(b->data + b->len, (uint8_t)WIRE_TAG(field, WIRE_LEN), data, len) - b->data);
}

struct bytes request(const char *const *items)
{
	struct bytes scope = {.len = 0}, resource = {.len = 0}, whole = {.len = 0}, name = {.len = 0};

	put(&name, 1, "a scope", 7);
	put(&scope, 1, name.data, name.len);
	for (; *items; items++) {
		struct bytes item = {.len = 0};
		put(&item, 15, *items, strlen(*items));
		put(&scope, 2, item.data, item.len);
	}
	put(&resource, 2, scope.data, scope.len);
	put(&whole, 1, resource.data, resource.len);
	return whole;
}

/* ---- the exporter ---- */

pthread_mutex_t got_lock = PTHREAD_MUTEX_INITIALIZER;
char got[4096];
atomic_bool hold, held;
atomic_uint closed;

static void note(const char *text)
{
	strncat(got, text, sizeof got - strlen(got) - 1);
}

/* The texts of the items, in their order. */
static void note_items(const otel_batch *batch)
{
	otel_item item = {.size = sizeof item};
	char text[64];

	for (size_t cursor = 0; host->batch_next(batch, &cursor, &item);) {
		struct wire_reader reader = {item.data, item.data + item.len};
		struct wire_field field;
		bool ok;
		ck_assert_uint_gt(item.scope_len, 0);
		while (wire_next(&reader, &field, &ok))
			if (field.number == 15 && field.type == WIRE_LEN) {
				snprintf(text, sizeof text, " %.*s", (int)field.len, (const char *)field.data);
				note(text);
			}
	}
}

otel_export_result own_export(void *self, const otel_batch *batch, otel_export_op *op)
{
	static const char *const names[] = {[1] = "traces", [2] = "metrics", [4] = "logs"};
	char text[64];

	(void)self;
	(void)op;
	atomic_store(&held, true);
	while (atomic_load(&hold))
		usleep(1000);
	pthread_mutex_lock(&got_lock);
	snprintf(text, sizeof text, "%s %u:", names[batch->signal], batch->items);
	note(text);
	if (batch->signal == OTEL_SIGNAL_LOGS)
		note_items(batch);
	note("; ");
	pthread_mutex_unlock(&got_lock);
	return OTEL_EXPORT_DONE;
}

void own_close(void *self)
{
	(void)self;
	closed++;
}

void wait_until_held(void)
{
	while (!atomic_load(&held))
		usleep(1000);
}

void wait_until_got(const char *text)
{
	for (bool has_got = false; !has_got; usleep(1000)) {
		pthread_mutex_lock(&got_lock);
		has_got = !strcmp(got, text);
		pthread_mutex_unlock(&got_lock);
	}
}

static const otel_exporter exporter = {
	.component = {.size = sizeof exporter, .close = own_close}, .signals = EVERY, .export_batch = own_export};

/* ---- the plugin ---- */

const otel_host *host;
otel_setup *own_handle;
static const struct own_component *own_components;

static otel_status own_setup(const otel_host *given, otel_setup *own)
{
	otel_status status = given->add(own, OTEL_COMPONENT_EXPORTER, "own", &exporter, NULL);

	host = given;
	own_handle = own;
	for (const struct own_component *c = own_components; status == OTEL_OK && c && c->name; c++)
		status = given->add(own, c->kind, c->name, c->vtable, NULL);
	return status;
}

static const otel_plugin own = {.size = sizeof own,
				.abi_major = OTEL_PLUGIN_ABI_MAJOR,
				.abi_minor = OTEL_PLUGIN_ABI_MINOR,
				.name = "own",
				.version = "1.0.0",
				.license = "Apache-2.0",
				.setup = own_setup};

static void set_up(void)
{
	start_stop(2000);
	start_set_up();
	unsetenv("OTEL_TRACES_EXPORTER");
	*got = '\0';
	closed = 0;
	hold = held = false;
}

void start_signals(const char *exporters, const otel_setting *more, size_t count)
{
	static const otel_plugin *const plugins[] = {&own};
	otel_setting settings[8] = {
		{"traces.exporter", exporters}, {"metrics.exporter", exporters}, {"logs.exporter", exporters}};

	for (size_t i = 0; i < count; i++)
		settings[3 + i] = more[i];
	ck_assert_int_eq(otel_sdk_start(OTEL_SDK_OPTIONS(.settings = settings, .setting_count = 3 + count,
							 .plugins = plugins, .plugin_count = 1)),
			 OTEL_OK);
}

otel_status submit(otel_signal signal, struct bytes bytes)
{
	return host->submit(own_handle, signal, bytes.data, bytes.len);
}

int signals_main(const char *name, const struct suite_entry *entries, size_t count,
		 const struct own_component *components)
{
	own_components = components;
	const int status = suite_main(name, entries, count, set_up);

	start_stop(2000);
	start_clean_up();
	return status;
}
