/* SPDX-License-Identifier: Apache-2.0
 *
 * skew_sdk_test.c - today's SDK serves copies of the API that are older or newer than itself: their slot and their
 * threads' blocks are as large as they were then, end at a page that must not be touched, or have more behind them than
 * the SDK knows.
 */
#include <otel/otel.h>
#include <otel/sdk.h>

#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include "api/slot.h"
#include "core/sdk/start_support.h"

extern otel_sdk_attach_fn otel_sdk_attach_v1;

#define UP_TO(type, field) (offsetof(type, field) + sizeof(((type *)0)->field))

/* What copies of the API knew, and when. */
static const struct age {
	size_t slot, thread, tracer;
} ages[] = {
	/* the first there was */
	{UP_TO(struct otel_slot, arm_fork), UP_TO(struct otel_thread, held_more), UP_TO(struct otel_tracer, scope)},
	/* counters, executions, attributes of scopes */
	{UP_TO(struct otel_slot, dropped), UP_TO(struct otel_thread, own), sizeof(struct otel_tracer)},
	/* one that knows more than this SDK */
	{sizeof(struct otel_slot) + 64, sizeof(struct otel_thread) + 64, sizeof(struct otel_tracer) + 64},
};

/* Zeroed memory that ends where nothing more can be read. */
static void *at_wall(size_t size)
{
	const size_t page = (size_t)sysconf(_SC_PAGESIZE);
	char *pages = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	ck_assert_ptr_ne(pages, MAP_FAILED);
	ck_assert_int_eq(mprotect(pages + page, page, PROT_NONE), 0);
	return pages + page - (size + 7) / 8 * 8;
}

/* ---- a copy of the API of some age ---- */

static size_t thread_size;
static unsigned armed, locked;

static struct otel_thread *copy_thread(void)
{
	static __thread struct otel_thread *block;

	if (!block) {
		block = at_wall(thread_size);
		block->size = (uint32_t)thread_size;
	}
	return block;
}

static bool copy_lock(int timeout_ms)
{
	(void)timeout_ms;
	locked++;
	return true;
}

static void copy_unlock(void)
{
	locked--;
}

static void copy_arm(void)
{
	armed++;
}

static struct otel_slot *make_slot(const struct age *age)
{
	struct otel_slot *slot = at_wall(age->slot);

	slot->size = age->slot;
	slot->api_version = "0.0.1";
	slot->thread = copy_thread;
	slot->net_lock = copy_lock;
	slot->net_unlock = copy_unlock;
	slot->arm_fork = copy_arm;
	thread_size = age->thread;
	return slot;
}

static struct otel_tracer *make_tracer(const struct age *age)
{
	struct otel_tracer *tracer = at_wall(age->tracer);

	tracer->size = age->tracer;
	tracer->name = "old";
	tracer->version = "1";
	tracer->schema_url = "";
	return tracer;
}

/* What an API does with a provider, as it was from the first day on. */
static void use(struct otel_slot *slot, struct otel_tracer *tracer)
{
	const struct otel_provider *provider = atomic_load(&slot->provider);
	struct otel_thread *(*shared)(void) = atomic_load(&slot->shared_thread);
	struct otel_thread *th = shared ? shared() : copy_thread();
	const struct otel_parent none = {.span = {0}};
	const otel_attr attr = otel_attr_int("n", 1);
	const otel_link link = {.span_context = {.trace_id = {1}, .span_id = {1}}};
	otel_span_context found;

	ck_assert(provider->tracer_enabled(tracer));
	otel_span span = provider->span_start(th, tracer, "old", 3, &none, NULL);
	ck_assert_uint_ne(span.id, 0);
	ck_assert_uint_eq(span.id >> 56, provider->issuer);
	ck_assert(provider->is_recording(th, span));
	ck_assert(provider->span_context(th, span, &found, NULL));
	provider->set_str(th, span, "s", 1, "text", 4);
	provider->set_bool(th, span, "b", 1, true);
	provider->set_int(th, span, "i", 1, 42);
	provider->set_double(th, span, "d", 1, 0.5);
	provider->set_attrs(th, span, &attr, 1);
	provider->add_event(th, span, "event", 0, &attr, 1);
	provider->add_link(th, span, &link);
	provider->record_exception(th, span, "type", "message", NULL, NULL, 0);
	provider->set_status(th, span, OTEL_STATUS_ERROR, "status");
	provider->update_name(th, span, "older");
	const struct otel_parent parent = {.span = span};
	otel_span child = provider->span_start(th, tracer, "child", 5, &parent, NULL);
	provider->span_end(th, child, 0);
	provider->span_end(th, span, 0);
	provider->misuse();
}

static void look(void *arg, const Otlp__Resource *resource, const Otlp__Span *span)
{
	unsigned *names = arg;

	(void)resource;
	if (otlp_text_is(span->name, "older")) {
		*names |= 1;
		ck_assert_str_eq(start_text(span->attributes, span->n_attributes, "s"), "text");
		ck_assert_str_eq(start_text(span->attributes, span->n_attributes, "i"), "42");
		ck_assert_uint_eq(span->n_events, 2);
		ck_assert_uint_eq(span->n_links, 1);
	}
	if (otlp_text_is(span->name, "child"))
		*names |= 2;
	if (otlp_text_is(span->name, "today"))
		*names |= 4;
}

/* Today's copy of the API, which may have to live on the other's thread block. */
static void use_today(void)
{
	static const otel_context_key key = {"k"};
	otel_context *context = otel_context_with_value(NULL, &key, &armed, NULL);
	otel_token outer = otel_context_attach(context);
	otel_span span = otel_span_start(otel_tracer("today", "1"), "today");
	otel_token current = otel_span_attach(span);
	otel_token inner[8]; /* more than a thread's block has room for */

	for (size_t i = 0; i < 8; i++)
		inner[i] = otel_context_attach(context);
	for (size_t i = 8; i-- > 0;)
		otel_detach(inner[i]);
	ck_assert_uint_eq(otel_span_current().id, span.id);
	otel_detach(current);
	otel_span_end(span);
	otel_detach(outer);
	otel_context_unref(context);
}

/* ---- one process for each: an SDK remembers its copies for ever ---- */

static const struct age *age; /* of the odd copy; NULL: this process starts the others */
static bool odd_first;

START_TEST(both_copies_are_served)
{
	const struct otel_boot boot = {.size = sizeof boot, .env = (const char *const *)environ};
	struct otel_slot *slot = make_slot(age);
	otel_sdk_stats stats = {.size = sizeof stats};
	unsigned names = 0;

	if (!odd_first)
		ck_assert_int_eq(otel_sdk_start(NULL), OTEL_OK);
	const otel_status status = otel_sdk_attach_v1(slot, &boot);
	ck_assert_msg(status == (odd_first ? OTEL_OK : OTEL_ALREADY), "%s", otel_last_error());
	ck_assert_uint_eq(armed, odd_first ? 1 : 0);
	ck_assert_ptr_nonnull(atomic_load(&slot->provider));
	use(slot, make_tracer(age));
	if (odd_first)
		ck_assert_int_eq(otel_sdk_attach_v1(otel_api_slot_v1(), &boot), OTEL_ALREADY);
	use_today();
	otel_sdk_get_stats(&stats);
	ck_assert_uint_eq(stats.misuse, 1); /* the one it reported */
	ck_assert_int_eq(otel_sdk_flush(5000), OTEL_OK);
	ck_assert_uint_eq(start_received(look, &names), 3);
	ck_assert_uint_eq(names, 7);
	ck_assert_int_eq(otel_sdk_stop(5000), OTEL_OK);
}
END_TEST

static void run_apart(int which, const char *order)
{
	char number[12];
	char *const argv[] = {"skew", number, (char *)(uintptr_t)order, NULL};
	pid_t child;
	char path[4096] = "";
	int status = -1;

	snprintf(number, sizeof number, "%d", which);
	/* By its path: under memcheck /proc/self/exe is another program. */
	ck_assert_int_gt(readlink("/proc/self/exe", path, sizeof path - 1), 0);
	ck_assert_int_eq(posix_spawn(&child, path, NULL, NULL, argv, environ), 0);
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0, "status %#x", (unsigned)status);
}

START_TEST(a_copy_of_another_age_that_comes_first_is_served)
{
	run_apart(_i, "first");
}
END_TEST

START_TEST(a_copy_of_another_age_that_comes_later_is_served)
{
	run_apart(_i, "later");
}
END_TEST

int main(int argc, char **argv)
{
	const int count = (int)(sizeof ages / sizeof *ages);
	const struct suite_entry all[] = {{a_copy_of_another_age_that_comes_first_is_served, count},
					  {a_copy_of_another_age_that_comes_later_is_served, count}};
	const struct suite_entry one[] = {{both_copies_are_served, 0}};

	if (argc < 3)
		return suite_main("skew of the API", all, 2, NULL);
	age = &ages[atoi(argv[1])];
	odd_first = !strcmp(argv[2], "first");
	const int failed = suite_main("skew of one API", one, 1, start_set_up);
	start_clean_up();
	return failed;
}
