/* SPDX-License-Identifier: Apache-2.0
 *
 * pipeline_support.c - what a pipeline needs around it to be tested.
 */
#include "core/sdk/pipeline_support.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "sdk/exit.h"
#include "sdk/resource.h"
#include "sdk/span_log.h"
#include "util/clock.h"
#include "util/wire.h"

/* ---- what the pipeline asks of the rest of the SDK ---- */

const char *support_modules = "";
_Atomic int support_exit_arms;

const char *place_modules(void)
{
	return support_modules;
}

void exit_arm(void)
{
	support_exit_arms++;
}

/* ResourceSpans.resource with one attribute: a = b. */
const uint8_t *resource_encoded(size_t *len)
{
	static const uint8_t bytes[] = {0x0a, 0x0a, 0x0a, 0x08, 0x0a, 0x01, 'a', 0x12, 0x03, 0x0a, 0x01, 'b'};
	*len = sizeof(bytes);
	return bytes;
}

_Atomic bool support_awaited;
_Atomic uint64_t support_hurry = UINT64_MAX;
_Atomic int support_resource_ends;
_Atomic int support_looks;

bool resource_is_awaited(uint64_t now_ms)
{
	support_looks++;
	return support_awaited && now_ms < support_hurry;
}

uint64_t resource_due(uint64_t otherwise)
{
	return support_awaited ? support_hurry : otherwise;
}

void resource_hurry(uint64_t by_ms)
{
	support_hurry = by_ms;
}

void resource_end(void)
{
	support_resource_ends++;
}

static struct otel_thread *slot_thread(void)
{
	static _Thread_local struct otel_thread block;
	return &block;
}

static pthread_mutex_t net = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

static bool slot_net_lock(int timeout_ms)
{
	uint64_t end = clock_mono_ms() + (uint64_t)(timeout_ms < 0 ? 0 : timeout_ms);
	if (timeout_ms < 0)
		return pthread_mutex_lock(&net) == 0;
	while (pthread_mutex_trylock(&net) != 0) {
		if (clock_mono_ms() >= end)
			return false;
		usleep(1000);
	}
	return true;
}

static void slot_net_unlock(void)
{
	pthread_mutex_unlock(&net);
}

void support_net_lock_renew(void)
{
	net = (pthread_mutex_t)PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
}

const struct otel_slot support_slot = {
	.size = sizeof(struct otel_slot),
	.api_version = "test",
	.thread = slot_thread,
	.net_lock = slot_net_lock,
	.net_unlock = slot_net_unlock,
};

/* ---- exporters ---- */

static otel_export_result fake_export(void *self, const otel_batch *batch, otel_export_op *op)
{
	struct fake_exporter *fake = self;
	buf_clear(&fake->last);
	buf_append(&fake->last, batch->data, batch->len);
	fake->op = op;
	fake->spans += batch->items;
	fake->calls++;
	return fake->answer(fake, batch, op);
}

static void fake_cancel(void *self, otel_export_op *op)
{
	struct fake_exporter *fake = self;
	fake->cancels++;
	if (fake->on_cancel)
		fake->on_cancel(fake, op);
}

static const otel_exporter fake_vtable = {
	.component = {.size = sizeof(otel_exporter)},
	.signals = OTEL_SIGNAL_TRACES,
	.export_batch = fake_export,
	.cancel = fake_cancel,
};

void fake_exporter_init(struct fake_exporter *fake, const char *name,
			otel_export_result (*answer)(struct fake_exporter *, const otel_batch *, otel_export_op *))
{
	memset(fake, 0, sizeof(*fake));
	fake->answer = answer;
	fake->component =
		(struct component){.kind = OTEL_COMPONENT_EXPORTER, .name = name, .vtable = &fake_vtable, .self = fake};
	buf_init(&fake->last, 64 << 20);
}

void fake_exporter_fini(struct fake_exporter *fake)
{
	buf_fini(&fake->last);
}

otel_export_result answer_done(struct fake_exporter *fake, const otel_batch *batch, otel_export_op *op)
{
	(void)fake, (void)batch, (void)op;
	return OTEL_EXPORT_DONE;
}

otel_export_result answer_retry(struct fake_exporter *fake, const otel_batch *batch, otel_export_op *op)
{
	(void)fake, (void)batch, (void)op;
	return OTEL_EXPORT_RETRY;
}

otel_export_result answer_drop(struct fake_exporter *fake, const otel_batch *batch, otel_export_op *op)
{
	(void)fake, (void)batch, (void)op;
	return OTEL_EXPORT_DROP;
}

otel_export_result answer_pending(struct fake_exporter *fake, const otel_batch *batch, otel_export_op *op)
{
	(void)fake, (void)batch, (void)op;
	return OTEL_EXPORT_PENDING;
}

/* ---- running it ---- */

static void nap(void)
{
	nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
}

struct pipeline_options support_options(void)
{
	return (struct pipeline_options){.schedule_delay_ms = 3600000,
					 .export_timeout_ms = 3600000,
					 .backoff = {.initial_ms = 3600000, .max_ms = 3600000},
					 .max_queue_size = 2048,
					 .max_batch_size = 512,
					 .slot = &support_slot,
					 .user_agent = "test/1"};
}

void support_start(const struct pipeline_options *options, struct fake_exporter *first, struct fake_exporter *second)
{
	struct component *components[2];
	size_t count = 0;

	if (first)
		components[count++] = &first->component;
	if (second)
		components[count++] = &second->component;
	pipeline_stop(1000); /* a test that failed leaves one behind */
	stats_reset();
	span_log_setup(options->max_queue_size, 64 << 20);
	/* A thread that was not waited for may still be on its way out. */
	for (uint64_t end = clock_mono_ms() + 20000; pipeline_setup(options, components, count) != OTEL_OK; nap())
		if (clock_mono_ms() >= end)
			abort();
}

void support_start_with(struct fake_exporter *fake, struct pipeline_options options,
			otel_export_result (*answer)(struct fake_exporter *, const otel_batch *, otel_export_op *))
{
	fake_exporter_init(fake, "fake", answer);
	support_start(&options, fake, NULL);
}

void support_end(struct fake_exporter *fake)
{
	ck_assert_int_ne(pipeline_stop(10000), OTEL_TIMEOUT);
	ck_assert(support_balanced());
	ck_assert_uint_eq(span_log_queued(), 0);
	fake_exporter_fini(fake);
}

void support_spans(uint32_t count, uint32_t scope, size_t len)
{
	uint8_t *span = calloc(1, len + 16);
	uint8_t *end = wire_put_varint(wire_put_varint(span, WIRE_TAG(2, WIRE_LEN)), len);
	for (size_t i = 0; i + 1 < len; i += 2)
		end[i] = WIRE_TAG(6, WIRE_VARINT);
	for (uint32_t i = 0; i < count; i++) {
		uint32_t queued;
		if (span_log_append(0, scope, span, (size_t)(end - span) + len, &queued))
			pipeline_notify(queued);
	}
	free(span);
}

bool support_reaches(_Atomic uint64_t *counter, uint64_t value)
{
	for (uint64_t end = clock_mono_ms() + 20000; clock_mono_ms() < end; nap())
		if (*counter >= value)
			return true;
	return false;
}

bool support_reaches_int(_Atomic int *counter, int value)
{
	for (uint64_t end = clock_mono_ms() + 20000; clock_mono_ms() < end; nap())
		if (*counter >= value)
			return true;
	return false;
}

bool support_balanced(void)
{
	otel_sdk_stats s = {.size = sizeof(s)};
	stats_read(&s);
	return s.spans_created == s.spans_accepted + s.dropped_queue_full + s.dropped_rejected + s.dropped_no_memory +
					  s.dropped_shutdown + s.dropped_retry + s.spans_queued + s.spooled;
}
