/* SPDX-License-Identifier: Apache-2.0
 *
 * process_context_test.c - what other processes find out about this one, and when they find nothing.
 */
#include "sdk/process_context.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "api/slot.h"
#include "core/sdk/resource_support.h"
#include "sdk/slots.h"
#include "util/wire.h"

/* As oteps/profiles/4719-process-ctx.md has it. */
struct seen {
	char signature[8];
	uint32_t version, payload_size;
	uint64_t published_ns;
	const uint8_t *payload;
};

static void name_service(const char *name)
{
	support_begin(NULL);
	support_set("service_name", name);
	config_resolve(support_config);
	ck_assert_int_eq(resource_setup(support_config, NULL, NULL, NULL), OTEL_OK);
}

static void set_up(void)
{
	process_context_setup(SHARE_NONE);
	name_service("one");
}

/* The mappings in /proc/self/maps; *count says how many. */
static const struct seen *look(int *count)
{
	FILE *maps = fopen("/proc/self/maps", "re");
	const struct seen *found = NULL;
	char line[1024];

	ck_assert_ptr_nonnull(maps);
	*count = 0;
	while (fgets(line, sizeof line, maps)) {
		unsigned long start;
		if (!strstr(line, "OTEL_CTX") || sscanf(line, "%lx", &start) != 1)
			continue;
		found = (const struct seen *)start;
		++*count;
	}
	fclose(maps);
	return found;
}

static const struct seen *the_one(void)
{
	int count;
	const struct seen *seen = look(&count);

	ck_assert_int_eq(count, 1);
	ck_assert_mem_eq(seen->signature, "OTEL_CTX", 8);
	ck_assert_uint_eq(seen->version, 2);
	ck_assert_uint_ne(seen->published_ns, 0);
	return seen;
}

static bool there_is_none(void)
{
	int count;

	return !look(&count) && !count;
}

static bool holds(const struct seen *seen, const char *text)
{
	return memmem(seen->payload, seen->payload_size, text, strlen(text)) != NULL;
}

/* The number of fields of that number in the message. */
static int fields(const struct seen *seen, uint32_t number)
{
	struct wire_reader r = {seen->payload, seen->payload + seen->payload_size};
	struct wire_field field;
	bool ok = true;
	int count = 0;

	while (wire_next(&r, &field, &ok))
		count += field.number == number;
	ck_assert(ok);
	return count;
}

START_TEST(unasked_nothing_is_published)
{
	ck_assert(there_is_none());
}
END_TEST

START_TEST(the_resource_is_published)
{
	errno = 4711;
	process_context_setup(SHARE_PROCESS);
	ck_assert_int_eq(errno, 4711);
	const struct seen *seen = the_one();
	size_t len;
	const uint8_t *resource = resource_message(&len);

	ck_assert_uint_eq(seen->payload_size, len);
	ck_assert_mem_eq(seen->payload, resource, len);
	ck_assert_int_eq(fields(seen, 1), 1);
	ck_assert_int_eq(fields(seen, 2), 0);
}
END_TEST

START_TEST(with_threads_their_schema_is_published_too)
{
	process_context_setup(SHARE_THREADS);
	const struct seen *seen = the_one();

	ck_assert_int_eq(fields(seen, 1), 1);
	ck_assert_int_eq(fields(seen, 2), 2);
	ck_assert(holds(seen, "\x12\x2e\x0a\x1athreadlocal.schema_version\x12\x10\x0a\x0etlsdesc_v1_dev"));
	ck_assert(holds(seen, "\x12\x23\x0a\x1dthreadlocal.attribute_key_map\x12\x02\x2a"));
}
END_TEST

START_TEST(an_update_keeps_the_place_and_changes_the_time)
{
	process_context_setup(SHARE_PROCESS);
	const struct seen *seen = the_one();
	const uint64_t before = seen->published_ns;

	ck_assert(holds(seen, "one"));
	name_service("another");
	process_context_setup(SHARE_PROCESS);
	ck_assert_ptr_eq(the_one(), seen);
	ck_assert_uint_gt(seen->published_ns, before);
	ck_assert(holds(seen, "another"));
}
END_TEST

START_TEST(what_detectors_find_later_is_published_then)
{
	process_context_setup(SHARE_PROCESS);
	const struct seen *seen = the_one();
	const uint64_t before = seen->published_ns;

	ck_assert(!holds(seen, "os.type"));
	ck_assert(!resource_is_awaited(1));
	ck_assert_ptr_eq(the_one(), seen);
	ck_assert_uint_gt(seen->published_ns, before);
	ck_assert(holds(seen, "os.type"));
	ck_assert(holds(seen, "one"));
	process_context_setup(SHARE_NONE);
	process_context_update();
	ck_assert(there_is_none());
}
END_TEST

START_TEST(what_is_withdrawn_is_gone)
{
	process_context_setup(SHARE_THREADS);
	process_context_setup(SHARE_NONE);
	ck_assert(there_is_none());
	process_context_setup(SHARE_PROCESS);
	the_one();
}
END_TEST

START_TEST(no_descriptor_is_left_open)
{
	const int before = dup(0);

	close(before);
	process_context_setup(SHARE_PROCESS);
	ck_assert_int_eq(dup(0), before);
	close(before);
}
END_TEST

/* Without memfd a mapping is found by the name that the kernel gives it, or not at all. */
START_TEST(without_descriptors_it_is_published_by_name_or_not_at_all)
{
	struct rlimit all, none;
	int count;

	getrlimit(RLIMIT_NOFILE, &all);
	none = (struct rlimit){0, all.rlim_max};
	setrlimit(RLIMIT_NOFILE, &none);
	process_context_setup(SHARE_PROCESS);
	setrlimit(RLIMIT_NOFILE, &all);
	look(&count);
	ck_assert_int_le(count, 1);
	process_context_setup(SHARE_PROCESS);
	the_one();
}
END_TEST

/* ---- children; they must not go on in this program ---- */

static void expect_from(pid_t child)
{
	int status;

	ck_assert_int_gt(child, 0);
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
}

START_TEST(a_child_has_none_before_it_has_its_own)
{
	process_context_setup(SHARE_PROCESS);
	const pid_t child = fork();

	if (child == 0) {
		int count;
		const bool inherited = !there_is_none();
		resource_renew();
		process_context_fork_child();
		_exit(inherited || !look(&count) || count != 1);
	}
	expect_from(child);
	the_one();
}
END_TEST

START_TEST(a_child_that_nobody_told_of_the_fork_may_start_anew)
{
	process_context_setup(SHARE_PROCESS);
	const pid_t child = (pid_t)syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL);

	if (child == 0) {
		int count;
		process_context_setup(SHARE_PROCESS);
		_exit(!look(&count) || count != 1);
	}
	expect_from(child);
}
END_TEST

/* ---- the copies of the API ---- */

static struct otel_thread *some_thread(void)
{
	return NULL;
}

static void arm(void)
{
}

START_TEST(every_copy_of_the_api_shares_its_threads_where_the_library_does)
{
	static struct otel_slot late = {.size = sizeof late, .thread = some_thread, .arm_fork = arm},
				old = {.size = offsetof(struct otel_slot, record_place),
				       .thread = some_thread,
				       .arm_fork = arm};

	ck_assert(slots_add(otel_api_slot_v1()));
	process_context_setup(SHARE_THREADS);
	ck_assert(slots_add(&late));
	ck_assert(slots_add(&old));
	ck_assert(otel_api_slot_v1()->shared_place == otel_api_slot_v1()->record_place);
	ck_assert(late.shared_place == otel_api_slot_v1()->record_place);
	ck_assert(!old.shared_place);
}
END_TEST

SUITE_MAIN("process_context", set_up, {unasked_nothing_is_published, 0}, {the_resource_is_published, 0},
	   {with_threads_their_schema_is_published_too, 0}, {an_update_keeps_the_place_and_changes_the_time, 0},
	   {what_detectors_find_later_is_published_then, 0}, {what_is_withdrawn_is_gone, 0}, {no_descriptor_is_left_open, 0},
	   {without_descriptors_it_is_published_by_name_or_not_at_all, 0}, {a_child_has_none_before_it_has_its_own, 0},
	   {a_child_that_nobody_told_of_the_fork_may_start_anew, 0},
	   {every_copy_of_the_api_shares_its_threads_where_the_library_does, 0})
