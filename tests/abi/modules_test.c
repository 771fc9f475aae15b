/* SPDX-License-Identifier: Apache-2.0
 *
 * modules_test.c - what is loaded, what is refused, and the one line that says why.
 */
#include "core/plugin/support.h"

#include <elf.h>
#include <link.h>
#include <pwd.h>
#include <sys/wait.h>

#define ORIGIN  "/etc/otel-c/otel.ini:3"
#define TEXT(x) #x
#define STR(x)  TEXT(x)
#define MINOR   STR(OTEL_PLUGIN_ABI_MINOR)

/* Sanitizers have constructors and destructors in every module, and so nothing is said of them. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#define SANITIZED (__has_feature(address_sanitizer) || __has_feature(thread_sanitizer))
#else
#define SANITIZED 0
#endif

#define NOBODY   65534
#define SOMEBODY 12345

#ifdef __x86_64__
#define OWN_MACHINE "x86-64"
#else
#define OWN_MACHINE
#endif

static struct config *config;
static char *dir;

static void setup(void)
{
	dir = strdup(temp_dir());
	config = round_begin(NULL);
	said();
}

static void teardown(void)
{
	round_end(config);
	temp_remove(dir);
	free(dir);
}

/* ---- descriptors ---- */

static const struct {
	const char *module;
	otel_status status;
	const char *cause;
} refused[] = {
	{"no_symbol", OTEL_INVALID, "has no symbol otel_plugin_v1, so it is no plugin of otel-c"},
	{"wrong_major", OTEL_MISMATCH,
	 "was built for plugin ABI 2." MINOR ", this otel-c has 1." MINOR "; build it against this otel-c"},
	{"next_major", OTEL_MISMATCH, "is a plugin of ABI 2, this otel-c has 1." MINOR "; upgrade otel-c"},
	{"next_minor", OTEL_MISMATCH, "needs plugin ABI 1.99, this otel-c has 1." MINOR "; upgrade otel-c"},
	{"size_tiny", OTEL_MISMATCH, "has a descriptor of 8 bytes, allowed are"},
	{"size_short", OTEL_MISMATCH, "bytes, allowed are"},
	{"size_absurd", OTEL_MISMATCH, "has a descriptor of 1048576 bytes, allowed are"},
	{"null_name", OTEL_INVALID, "has no name in its descriptor"},
	{"null_version", OTEL_INVALID, "has no version in its descriptor"},
	{"null_setup", OTEL_INVALID, "has no setup() in its descriptor"},
	{"executable_stack", OTEL_INVALID,
	 "wants an executable stack, which the whole program would get; link it with"},
#if !SANITIZED
	{"destructor", OTEL_INVALID,
	 "has destructors, which would run at exit while its code is still in use; build it without them"},
#endif
};

START_TEST(a_bad_descriptor_is_one_line_with_plugin_file_and_cause)
{
	char *path = fixture(refused[_i].module);
	ck_assert_int_eq(registry_load(path, ORIGIN), refused[_i].status);
	CK_SAID_LINE("otel-c: " ORIGIN ": plugin ", path, refused[_i].cause);
	ck_assert_ptr_null(registry_open(OTEL_COMPONENT_PROPAGATOR, "fine", ORIGIN));
	free(path);
}
END_TEST

static otel_status load(const char *name)
{
	char *path = fixture(name);
	otel_status status = registry_load(path, ORIGIN);
	free(path);
	return status;
}

START_TEST(a_good_module_is_loaded_silently_and_the_second_time_is_already)
{
	ck_assert_int_eq(load("fine"), OTEL_OK);
	ck_assert_int_eq(load("fine"), OTEL_ALREADY);
	ck_assert_ptr_nonnull(registry_open(OTEL_COMPONENT_PROPAGATOR, "fine", ORIGIN));
	ck_silent();
}
END_TEST

START_TEST(a_good_module_is_loaded_again_in_the_next_round)
{
	ck_assert_int_eq(load("fine"), OTEL_OK);
	round_end(config);
	config = round_begin(NULL);
	ck_assert_int_eq(load("fine"), OTEL_OK);
	ck_assert_ptr_nonnull(registry_open(OTEL_COMPONENT_PROPAGATOR, "fine", ORIGIN));
	ck_silent();
}
END_TEST

#if !SANITIZED
START_TEST(constructors_are_spoken_of_and_the_plugin_is_loaded)
{
	ck_assert_int_eq(load("constructor"), OTEL_OK);
	CK_SAID_LINE("otel-c: " ORIGIN ": plugin ", "/constructor.so has constructors, which run in the host program "
						    "before setup(); build it without them");
	ck_assert_ptr_nonnull(registry_open(OTEL_COMPONENT_PROPAGATOR, "constructor", ORIGIN));
}
END_TEST
#endif

START_TEST(a_failing_setup_leaves_the_plugin_out)
{
	ck_assert_int_eq(load("failing_setup"), OTEL_FAILED);
	CK_SAID_LINE("plugin \"failing_setup\" (",
		     "/failing_setup.so) is left out: its setup failed: permission denied; see what otel-c plugin "
		     "check says");
	ck_assert_ptr_null(registry_open(OTEL_COMPONENT_PROPAGATOR, "failing", ORIGIN));
}
END_TEST

START_TEST(two_plugins_with_one_component_name_are_both_named)
{
	ck_assert_int_eq(load("fine"), OTEL_OK);
	ck_assert_int_eq(load("name_clash"), OTEL_FAILED);
	const char *text = said();
	ck_assert_ptr_nonnull(strstr(text, "plugin \"name_clash\" ("));
	ck_assert_ptr_nonnull(strstr(text, "a propagator \"fine\" is already registered by plugin \"fine\" ("));
	ck_assert_ptr_nonnull(strstr(text, "/fine.so); load only one of them"));
}
END_TEST

START_TEST(a_kind_unknown_to_this_host_is_no_error_of_the_plugin)
{
	ck_assert_int_eq(load("unknown_kind"), OTEL_OK);
	ck_assert_ptr_nonnull(registry_open(OTEL_COMPONENT_PROPAGATOR, "unknown_kind", ORIGIN));
	ck_silent();
}
END_TEST

START_TEST(a_plugin_that_knows_a_newer_host_runs_on_this_one)
{
	ck_assert_int_eq(load("future"), OTEL_OK);
	ck_assert_ptr_nonnull(registry_open(OTEL_COMPONENT_SAMPLER, "without_telepathy", ORIGIN));
	ck_silent();
}
END_TEST

START_TEST(a_plugin_of_a_later_header_that_needs_only_what_there_is_is_loaded)
{
	ck_assert_int_eq(load("next_minor_modest"), OTEL_OK);
	ck_assert_ptr_nonnull(registry_open(OTEL_COMPONENT_SAMPLER, "next_minor", ORIGIN));
	ck_silent();
}
END_TEST

START_TEST(a_descriptor_that_grew_is_accepted)
{
	ck_assert_int_eq(load("size_larger"), OTEL_OK);
	ck_silent();
}
END_TEST

START_TEST(a_plugin_written_in_cxx_is_loaded)
{
	ck_assert_int_eq(load("cxx"), OTEL_OK);
	ck_assert_ptr_nonnull(registry_open(OTEL_COMPONENT_ID_GENERATOR, "cxx", ORIGIN));
	ck_silent();
}
END_TEST

/* ---- files ---- */

static char *put(const char *name, const void *data, size_t len, mode_t mode)
{
	char *path = path_of(dir, name);
	write_file(path, data, len, mode);
	return path;
}

static char *put_fine(const char *name, mode_t mode)
{
	char *from = fixture("fine");
	char *to = path_of(dir, name);
	copy_file(from, to, mode);
	free(from);
	return to;
}

static void ck_refused(char *path, otel_status status, const char *cause)
{
	ck_assert_int_eq(registry_load(path, ORIGIN), status);
	CK_SAID_LINE(ORIGIN ": plugin ", path, cause);
	free(path);
}

START_TEST(a_file_that_is_no_module_is_refused_before_the_dynamic_linker_sees_it)
{
	ck_refused(put("text.so", "hello", 5, 0644), OTEL_INVALID, "is not an ELF shared object");
	ck_refused(put("empty.so", "", 0, 0644), OTEL_INVALID, "is not an ELF shared object");
}
END_TEST

START_TEST(a_module_for_another_machine_is_called_so)
{
	size_t len;
	char *from = fixture("fine");
	unsigned char *data = read_whole(from, &len);
	data[EI_CLASS] ^= ELFCLASS32 ^ ELFCLASS64;
	ck_refused(put("class.so", data, len, 0644), OTEL_INVALID, " bits, not ");
	data[EI_CLASS] ^= ELFCLASS32 ^ ELFCLASS64;
	((ElfW(Ehdr) *)data)->e_machine = EM_S390;
	ck_refused(put("machine.so", data, len, 0644), OTEL_INVALID,
		   "is for another machine: s390, not " OWN_MACHINE "; install the build for this one");
	free(data);
	free(from);
}
END_TEST

START_TEST(a_module_cut_short_is_called_so)
{
	size_t len;
	char *from = fixture("fine");
	unsigned char *data = read_whole(from, &len);
	ck_refused(put("half.so", data, len / 4, 0644), OTEL_INVALID, "is cut short");
	free(data);
	free(from);
}
END_TEST

START_TEST(a_program_is_no_module)
{
	char *path = path_of(dir, "program.so");
	copy_file("/proc/self/exe", path, 0644);
	ck_refused(path, OTEL_INVALID, "is a program, not a shared object; link it with -shared");
}
END_TEST

START_TEST(a_directory_is_no_module)
{
	char *path = path_of(dir, "directory.so");
	ck_assert_int_eq(mkdir(path, 0755), 0);
	ck_refused(path, OTEL_DENIED, "regular file");
}
END_TEST

/* ---- trust ---- */

START_TEST(a_module_that_others_can_write_is_refused)
{
	ck_refused(put_fine("others.so", 0646), OTEL_DENIED, "is refused: everybody may write to it");
}
END_TEST

START_TEST(a_module_that_the_owner_s_primary_group_can_write_is_loaded)
{
	char *path = put_fine("own_group.so", 0664);
	if (!getpwuid(geteuid())) { /* a user whom nobody knows has no primary group */
		free(path);
		return;
	}
	ck_assert_int_eq(registry_load(path, ORIGIN), OTEL_OK);
	ck_silent();
	free(path);
}
END_TEST

START_TEST(a_module_that_another_group_can_write_is_refused)
{
	char *path = put_fine("group.so", 0664);
	if (geteuid() != 0) { /* only root may give files away; the rule itself is tested with config/trust.c */
		free(path);
		return;
	}
	ck_assert_int_eq(chown(path, 0, NOBODY), 0);
	ck_assert_int_eq(chmod(path, 0664), 0);
	ck_refused(path, OTEL_DENIED, "group");
}
END_TEST

/* Loads a module in a child that is nobody; what it says arrives here. */
static otel_status load_as_nobody(const char *path)
{
	int status;
	pid_t child = fork();
	ck_assert_int_ge(child, 0);
	if (child == 0) {
		if (setresgid(NOBODY, NOBODY, NOBODY) != 0 || setresuid(NOBODY, NOBODY, NOBODY) != 0)
			_exit(100);
		_exit((int)registry_load(path, ORIGIN));
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert(WIFEXITED(status));
	return (otel_status)WEXITSTATUS(status);
}

START_TEST(a_module_owned_by_a_stranger_is_refused)
{
	if (geteuid() != 0)
		return;
	char *path = put_fine("strange.so", 0644);
	ck_assert_int_eq(chown(path, SOMEBODY, SOMEBODY), 0);
	ck_assert_int_eq(load_as_nobody(path), OTEL_DENIED);
	CK_SAID_LINE(ORIGIN ": plugin ", path, "is refused: its owner is neither root");
	free(path);
}
END_TEST

START_TEST(a_module_of_one_s_own_or_of_root_is_loaded)
{
	if (geteuid() != 0)
		return;
	char *own = put_fine("own.so", 0644);
	ck_assert_int_eq(chown(own, NOBODY, NOBODY), 0);
	ck_assert_int_eq(load_as_nobody(own), OTEL_OK);
	char *roots = put_fine("roots.so", 0644);
	ck_assert_int_eq(load_as_nobody(roots), OTEL_OK);
	ck_silent();
	free(own);
	free(roots);
}
END_TEST

START_TEST(a_module_that_cannot_be_read_is_refused)
{
	if (geteuid() != 0)
		return;
	char *path = put_fine("secret.so", 0600);
	ck_assert_int_eq(load_as_nobody(path), OTEL_DENIED);
	CK_SAID_LINE(ORIGIN ": plugin ", path);
	free(path);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("abi modules");
	TCase *tc = tcase_create("modules");
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_loop_test(tc, a_bad_descriptor_is_one_line_with_plugin_file_and_cause, 0,
			    (int)(sizeof refused / sizeof *refused));
	tcase_add_test(tc, a_good_module_is_loaded_silently_and_the_second_time_is_already);
	tcase_add_test(tc, a_good_module_is_loaded_again_in_the_next_round);
#if !SANITIZED
	tcase_add_test(tc, constructors_are_spoken_of_and_the_plugin_is_loaded);
#endif
	tcase_add_test(tc, a_failing_setup_leaves_the_plugin_out);
	tcase_add_test(tc, two_plugins_with_one_component_name_are_both_named);
	tcase_add_test(tc, a_kind_unknown_to_this_host_is_no_error_of_the_plugin);
	tcase_add_test(tc, a_plugin_that_knows_a_newer_host_runs_on_this_one);
	tcase_add_test(tc, a_plugin_of_a_later_header_that_needs_only_what_there_is_is_loaded);
	tcase_add_test(tc, a_descriptor_that_grew_is_accepted);
	tcase_add_test(tc, a_plugin_written_in_cxx_is_loaded);
	tcase_add_test(tc, a_file_that_is_no_module_is_refused_before_the_dynamic_linker_sees_it);
	tcase_add_test(tc, a_module_for_another_machine_is_called_so);
	tcase_add_test(tc, a_module_cut_short_is_called_so);
	tcase_add_test(tc, a_program_is_no_module);
	tcase_add_test(tc, a_directory_is_no_module);
	tcase_add_test(tc, a_module_that_others_can_write_is_refused);
	tcase_add_test(tc, a_module_that_the_owner_s_primary_group_can_write_is_loaded);
	tcase_add_test(tc, a_module_that_another_group_can_write_is_refused);
	tcase_add_test(tc, a_module_owned_by_a_stranger_is_refused);
	tcase_add_test(tc, a_module_of_one_s_own_or_of_root_is_loaded);
	tcase_add_test(tc, a_module_that_cannot_be_read_is_refused);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
