/* SPDX-License-Identifier: Apache-2.0
 *
 * signals_test.c - requests of every signal on their way from a plugin, through processors, to exporters; in the whole
 * SDK, with a plugin of the program's own that has one component of each kind.
 */
#include <otel/otel.h>
#include <otel/plugin.h>
#include <otel/sdk.h>
#include <pthread.h>
#include <stdatomic.h>

#include "start_support.h"
#include "util/wire.h"

static const otel_host *host;
static otel_setup *setup;

/* ---- requests: {resource_x: {scope_x: {scope: {name}, item…}}} ---- */

struct bytes {
	uint8_t data[512];
	size_t len;
};

static void put(struct bytes *b, uint8_t field, const void *data, size_t len)
{
	b->len = (size_t)(wire_put_len(b->data + b->len, (uint8_t)WIRE_TAG(field, WIRE_LEN), data, len) - b->data);
}

/* Items are given as texts: each is a message with one field, number 15. */
static struct bytes request(const char *const *items)
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

#define REQUEST(...) request((const char *const[]){__VA_ARGS__, NULL})

/* A ScopeMetrics with one gauge of two data points. */
static struct bytes scope_metrics(void)
{
	struct bytes gauge = {.len = 0}, metric = {.len = 0}, scope = {.len = 0};

	put(&gauge, 1, "", 0);
	put(&gauge, 1, "", 0);
	put(&metric, 1, "a.metric", 8);
	put(&metric, 5, gauge.data, gauge.len);
	put(&scope, 2, metric.data, metric.len);
	return scope;
}

/* ---- what the exporter "own" got ---- */

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char got[4096]; /* "traces 1: s; logs 2: x y; " */
static pthread_t exporting;
static atomic_bool hold, held;

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

static otel_export_result own_export(void *self, const otel_batch *batch, otel_export_op *op)
{
	static const char *const names[] = {[1] = "traces", [2] = "metrics", [4] = "logs"};
	char text[64];

	(void)self;
	(void)op;
	atomic_store(&held, true);
	while (atomic_load(&hold))
		usleep(1000);
	pthread_mutex_lock(&lock);
	exporting = pthread_self();
	snprintf(text, sizeof text, "%s %u:", names[batch->signal], batch->items);
	note(text);
	if (batch->signal == OTEL_SIGNAL_LOGS)
		note_items(batch);
	note("; ");
	pthread_mutex_unlock(&lock);
	return OTEL_EXPORT_DONE;
}

static atomic_uint closed;

static void own_close(void *self)
{
	(void)self;
	closed++;
}

#define EVERY (OTEL_SIGNAL_TRACES | OTEL_SIGNAL_METRICS | OTEL_SIGNAL_LOGS)

static const otel_exporter exporter = {
	.component = {.size = sizeof exporter, .close = own_close}, .signals = EVERY, .export_batch = own_export};
static const otel_exporter blocker = {.component = {.size = sizeof blocker, .close = own_close},
				      .signals = EVERY,
				      .flags = OTEL_EXPORTER_BLOCKING,
				      .export_batch = own_export};
static const otel_exporter choosy = {
	.component = {.size = sizeof choosy}, .signals = OTEL_SIGNAL_TRACES, .export_batch = own_export};

/* Spans get lost in a black hole; the other signals do not. */
struct patient {
	unsigned exports; /* of this instance */
	otel_export_op *op;
};

static otel_export_result patient_export(void *self, const otel_batch *batch, otel_export_op *op)
{
	struct patient *patient = self;

	ck_assert_ptr_null(patient->op); /* one at a time */
	patient->exports++;
	if (batch->signal != OTEL_SIGNAL_TRACES)
		return own_export(self, batch, op);
	patient->op = op;
	atomic_store(&held, true);
	return OTEL_EXPORT_PENDING;
}

static void patient_cancel(void *self, otel_export_op *op)
{
	struct patient *patient = self;

	patient->op = NULL;
	host->export_finish(op, OTEL_EXPORT_UNKNOWN, 0, 0, NULL);
}

static atomic_uint opened;

static otel_status patient_open(void *self, const otel_host *given, otel_setup *own)
{
	(void)self, (void)given, (void)own;
	opened++;
	return OTEL_OK;
}

static const otel_exporter patient = {
	.component = {.size = sizeof patient, .state_size = sizeof(struct patient), .open = patient_open},
	.signals = EVERY,
	.flags = OTEL_EXPORTER_PER_SIGNAL,
	.export_batch = patient_export,
	.cancel = patient_cancel};

/* Throttles spans, and nothing else. */
static otel_export_result throttling_export(void *self, const otel_batch *batch, otel_export_op *op)
{
	if (batch->signal != OTEL_SIGNAL_TRACES)
		return own_export(self, batch, op);
	atomic_store(&held, true);
	return OTEL_EXPORT_RETRY;
}

static const otel_exporter throttling = {
	.component = {.size = sizeof throttling}, .signals = EVERY, .export_batch = throttling_export};

/* ---- processors and a producer ---- */

/* Takes logs without an "x" away, and every batch that says "poison". */
static otel_verdict sieve(void *self, const otel_batch *batch, otel_batch_edit *edit)
{
	otel_item item = {.size = sizeof item};
	struct bytes scope = {.len = 0}, resource = {.len = 0}, whole = {.len = 0};

	(void)self;
	if (memmem(batch->data, batch->len, "poison", 6))
		return OTEL_BATCH_DROP;
	if (memmem(batch->data, batch->len, "garbage", 7)) {
		ck_assert_int_eq(host->batch_replace(edit, (const uint8_t *)"\x0a\x7f", 2), OTEL_INVALID);
		return OTEL_BATCH_REPLACE;
	}
	for (size_t cursor = 0; host->batch_next(batch, &cursor, &item);) {
		if (!scope.len)
			put(&scope, 1, item.scope, item.scope_len);
		if (memchr(item.data, 'x', item.len))
			put(&scope, 2, item.data, item.len);
	}
	put(&resource, 2, scope.data, scope.len);
	put(&whole, 1, resource.data, resource.len);
	ck_assert_int_eq(host->batch_replace(edit, whole.data, whole.len), OTEL_OK);
	return OTEL_BATCH_REPLACE;
}

static const otel_batch_processor sieve_processor = {
	.component = {.size = sizeof sieve_processor}, .signals = OTEL_SIGNAL_LOGS, .process = sieve};

/* "secret" goes, "old" becomes "new". */
static otel_edit censor(void *self, otel_log_data *log)
{
	static const uint8_t renewed[] = {15 << 3 | 2, 3, 'n', 'e', 'w'};

	(void)self;
	ck_assert_uint_gt(log->scope_len, 0);
	if (memmem(log->data, log->len, "secret", 6))
		return OTEL_EDIT_REMOVE;
	if (!memmem(log->data, log->len, "old", 3))
		return OTEL_EDIT_KEEP;
	log->data = renewed;
	log->len = sizeof renewed;
	return OTEL_EDIT_REPLACE;
}

static atomic_uint flushed;

static otel_status censor_flush(void *self, uint32_t timeout_ms)
{
	(void)self;
	(void)timeout_ms;
	flushed++;
	return OTEL_OK;
}

static const otel_log_processor censor_processor = {
	.component = {.size = sizeof censor_processor}, .on_emit = censor, .flush = censor_flush};

static otel_status produce(void *self, void (*give)(void *arg, const uint8_t *data, size_t len), void *arg)
{
	const struct bytes metrics = scope_metrics();

	(void)self;
	give(arg, metrics.data, metrics.len);
	return OTEL_OK;
}

static otel_status produce_half(void *self, void (*give)(void *arg, const uint8_t *data, size_t len), void *arg)
{
	produce(self, give, arg);
	return OTEL_FAILED;
}

static const otel_metric_producer producer = {.component = {.size = sizeof producer}, .produce = produce};
static const otel_metric_producer failing = {.component = {.size = sizeof failing}, .produce = produce_half};

static otel_status own_setup(const otel_host *given, otel_setup *own)
{
	host = given;
	setup = own;
	given->add(own, OTEL_COMPONENT_EXPORTER, "own", &exporter, NULL);
	given->add(own, OTEL_COMPONENT_EXPORTER, "blocker", &blocker, NULL);
	given->add(own, OTEL_COMPONENT_EXPORTER, "choosy", &choosy, NULL);
	given->add(own, OTEL_COMPONENT_EXPORTER, "patient", &patient, NULL);
	given->add(own, OTEL_COMPONENT_EXPORTER, "throttling", &throttling, NULL);
	given->add(own, OTEL_COMPONENT_BATCH_PROCESSOR, "sieve", &sieve_processor, NULL);
	given->add(own, OTEL_COMPONENT_LOG_PROCESSOR, "censor", &censor_processor, NULL);
	given->add(own, OTEL_COMPONENT_METRIC_PRODUCER, "own", &producer, NULL);
	return given->add(own, OTEL_COMPONENT_METRIC_PRODUCER, "failing", &failing, NULL);
}

static const otel_plugin own = {.size = sizeof own,
				.abi_major = OTEL_PLUGIN_ABI_MAJOR,
				.abi_minor = OTEL_PLUGIN_ABI_MINOR,
				.name = "own",
				.version = "1.0.0",
				.license = "Apache-2.0",
				.setup = own_setup};

/* ---- the tests ---- */

static void stop(uint32_t timeout_ms)
{
	otel_status ignored = otel_sdk_stop(timeout_ms);
	(void)ignored;
}

static void set_up(void)
{
	stop(2000);
	start_set_up();
	unsetenv("OTEL_TRACES_EXPORTER");
	*got = '\0';
	closed = flushed = opened = 0;
	hold = held = false;
}

static void start(const char *exporters, const otel_setting *more, size_t count)
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

static otel_status send(otel_signal signal, struct bytes bytes)
{
	return host->submit(setup, signal, bytes.data, bytes.len);
}

static otel_sdk_stats counts(void)
{
	otel_sdk_stats stats = {.size = sizeof stats};

	otel_sdk_get_stats(&stats);
	return stats;
}

START_TEST(what_a_plugin_submits_is_exported_and_counted)
{
	start("own", NULL, 0);
	ck_assert_int_eq(send(OTEL_SIGNAL_LOGS, REQUEST("one", "two")), OTEL_OK);
	ck_assert_int_eq(send(OTEL_SIGNAL_TRACES, REQUEST("foreign span")), OTEL_OK);
	ck_assert_int_eq(otel_sdk_flush(5000), OTEL_OK);
	ck_assert_str_eq(got, "logs 2: one two; traces 1:; ");
	ck_assert_uint_eq(counts().items_submitted, 3);
	ck_assert_uint_eq(counts().items_accepted, 3);
	ck_assert_uint_eq(counts().items_dropped, 0);
	ck_assert_uint_eq(counts().spans_created, 0);
}
END_TEST

START_TEST(what_is_no_request_is_refused)
{
	static const uint8_t broken[] = {0x0a, 0x7f, 0};

	start("own", NULL, 0);
	ck_assert_int_eq(host->submit(setup, OTEL_SIGNAL_LOGS, broken, sizeof broken), OTEL_INVALID);
	ck_assert_int_eq(host->submit(setup, OTEL_SIGNAL_LOGS, NULL, 0), OTEL_OK); /* nothing in it */
	ck_assert_uint_eq(counts().items_submitted, 0);
}
END_TEST

START_TEST(a_signal_that_nobody_exports_is_unsupported)
{
	start("choosy", NULL, 0);
	ck_assert_int_eq(send(OTEL_SIGNAL_LOGS, REQUEST("one")), OTEL_UNSUPPORTED);
	ck_assert_int_eq(send(OTEL_SIGNAL_TRACES, REQUEST("one")), OTEL_OK);
	stop(5000);
	ck_assert_int_ne(send(OTEL_SIGNAL_TRACES, REQUEST("one")), OTEL_OK);
}
END_TEST

START_TEST(what_does_not_fit_is_dropped_and_counted)
{
	static uint8_t large[20 << 20];
	const size_t text = sizeof large - 32, record = wire_len_size(text), scope = wire_len_size(record);
	uint8_t *p = large;

	/* A request of 20 MiB, well-formed. */
	start("own", NULL, 0);
	p = wire_put_len_head(p, WIRE_TAG(1, WIRE_LEN), wire_len_size(scope));
	p = wire_put_len_head(p, WIRE_TAG(2, WIRE_LEN), scope);
	p = wire_put_len_head(p, WIRE_TAG(2, WIRE_LEN), record);
	p = wire_put_len_head(p, WIRE_TAG(15, WIRE_LEN), text);
	ck_assert_int_eq(host->submit(setup, OTEL_SIGNAL_LOGS, large, (size_t)(p - large) + text), OTEL_NO_MEMORY);
	ck_assert_uint_eq(counts().items_submitted, 1);
	ck_assert_uint_eq(counts().items_dropped, 1);
}
END_TEST

START_TEST(log_processors_take_records_out_and_change_them)
{
	static const otel_setting settings[] = {{"logs.processors", "censor"}};

	start("own", settings, 1);
	ck_assert_int_eq(send(OTEL_SIGNAL_LOGS, REQUEST("plain", "secret", "old")), OTEL_OK);
	ck_assert_int_eq(send(OTEL_SIGNAL_LOGS, REQUEST("secret")), OTEL_OK);
	ck_assert_int_eq(otel_sdk_flush(5000), OTEL_OK);
	ck_assert_str_eq(got, "logs 2: plain new; ");
	stop(5000);
	ck_assert_uint_ge(flushed, 1);
}
END_TEST

START_TEST(batch_processors_replace_and_drop_batches)
{
	static const otel_setting settings[] = {{"otel.batch_processors", "sieve"}};

	start("own", settings, 1);
	ck_assert_int_eq(send(OTEL_SIGNAL_LOGS, REQUEST("x1", "other", "x2")), OTEL_OK);
	ck_assert_int_eq(send(OTEL_SIGNAL_LOGS, REQUEST("poison", "x")), OTEL_OK);
	ck_assert_int_eq(send(OTEL_SIGNAL_LOGS, REQUEST("other")), OTEL_OK); /* nothing is left of it */
	ck_assert_int_eq(send(OTEL_SIGNAL_LOGS, REQUEST("garbage")), OTEL_OK); /* what it is made is none: it stays */
	otel_span_end(otel_span_start(otel_tracer("test", NULL), "untouched"));
	ck_assert_int_eq(otel_sdk_flush(5000), OTEL_OK);
	ck_assert_str_eq(got, "logs 2: x1 x2; logs 1: garbage; traces 1:; ");
	ck_assert_uint_eq(counts().items_submitted, 7);
	ck_assert_uint_eq(counts().items_accepted, 3);
	ck_assert_uint_eq(counts().items_dropped, 4);
	ck_assert_uint_eq(counts().spans_accepted, 1);
}
END_TEST

START_TEST(metric_producers_are_asked_at_each_flush)
{
	static const otel_setting settings[] = {{"metrics.producers", "own,failing"}};

	start("own", settings, 1);
	ck_assert_int_eq(otel_sdk_flush(5000), OTEL_OK);
	ck_assert_str_eq(got, "metrics 2:; ");
}
END_TEST

START_TEST(metric_producers_are_asked_by_the_interval)
{
	static const otel_setting settings[] = {{"metrics.producers", "own"}, {"metrics.export_interval", "20"}};

	start("own", settings, 2);
	for (int i = 0; i < 5000 && counts().items_accepted < 6; i++)
		usleep(1000);
	ck_assert_uint_ge(counts().items_accepted, 6);
}
END_TEST

START_TEST(a_blocking_exporter_holds_up_nobody)
{
	start("blocker,own", NULL, 0);
	atomic_store(&hold, false);
	ck_assert_int_eq(send(OTEL_SIGNAL_LOGS, REQUEST("one")), OTEL_OK);
	ck_assert_int_eq(otel_sdk_flush(5000), OTEL_OK);
	ck_assert_str_eq(got, "logs 1: one; logs 1: one; ");
}
END_TEST

START_TEST(a_blocking_exporter_that_hangs_is_left_behind_at_stop)
{
	start("blocker", NULL, 0);
	atomic_store(&hold, true);
	ck_assert_int_eq(send(OTEL_SIGNAL_LOGS, REQUEST("one")), OTEL_OK);
	while (!atomic_load(&held))
		usleep(1000);
	stop(100);
	ck_assert_uint_eq(closed, 0); /* its thread is inside */
	ck_assert_uint_eq(counts().items_dropped, 1);
	atomic_store(&hold, false);
	usleep(20000);
}
END_TEST

static void wait_until_held(void)
{
	while (!atomic_load(&held))
		usleep(1000);
}

/* Spans are under way and get nowhere: what is sent next has to arrive all the same. */
static void others_get_through(const char *exporters, const char *expected)
{
	static const otel_setting settings[] = {{"bsp.schedule_delay", "1"}, {"export.retry_initial", "3600000"}};

	start(exporters, settings, 2);
	otel_span_end(otel_span_start(otel_tracer("test", NULL), "lost"));
	wait_until_held();
	ck_assert_int_eq(send(OTEL_SIGNAL_LOGS, REQUEST("one")), OTEL_OK);
	while (counts().items_accepted < 1)
		usleep(1000);
	ck_assert_int_eq(send(OTEL_SIGNAL_LOGS, REQUEST("two")), OTEL_OK);
	while (counts().items_accepted < 2)
		usleep(1000);
	pthread_mutex_lock(&lock);
	ck_assert_str_eq(got, expected);
	pthread_mutex_unlock(&lock);
	ck_assert_uint_eq(counts().spans_queued, 1);
	stop(100);
	ck_assert_uint_eq(counts().dropped_shutdown, 1);
}

START_TEST(a_black_hole_for_one_signal_delays_no_other)
{
	others_get_through("patient", "logs 1: one; logs 1: two; ");
	ck_assert_uint_eq(opened, 3); /* one for each signal */
}
END_TEST

START_TEST(a_black_hole_delays_no_other_exporter)
{
	others_get_through("patient,own", "traces 1:; logs 1: one; logs 1: one; logs 1: two; logs 1: two; ");
}
END_TEST

START_TEST(a_signal_that_is_throttled_delays_no_other_of_the_same_exporter)
{
	others_get_through("throttling", "logs 1: one; logs 1: two; ");
}
END_TEST

START_TEST(exporters_are_closed_when_the_sdk_stops)
{
	start("own", NULL, 0);
	stop(5000);
	ck_assert_uint_eq(closed, 1);
}
END_TEST

int main(void)
{
	const struct suite_entry entries[] = {
		{what_a_plugin_submits_is_exported_and_counted, 0},
		{what_is_no_request_is_refused, 0},
		{a_signal_that_nobody_exports_is_unsupported, 0},
		{what_does_not_fit_is_dropped_and_counted, 0},
		{log_processors_take_records_out_and_change_them, 0},
		{batch_processors_replace_and_drop_batches, 0},
		{metric_producers_are_asked_at_each_flush, 0},
		{metric_producers_are_asked_by_the_interval, 0},
		{a_blocking_exporter_holds_up_nobody, 0},
		{a_black_hole_for_one_signal_delays_no_other, 0},
		{a_black_hole_delays_no_other_exporter, 0},
		{a_signal_that_is_throttled_delays_no_other_of_the_same_exporter, 0},
		{exporters_are_closed_when_the_sdk_stops, 0},
		{a_blocking_exporter_that_hangs_is_left_behind_at_stop, 0},
	};
	int status = suite_main("signals", entries, sizeof entries / sizeof *entries, set_up);

	stop(2000);
	start_clean_up();
	return status;
}
