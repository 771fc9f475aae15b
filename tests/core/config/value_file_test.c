/* SPDX-License-Identifier: Apache-2.0
 *
 * value_file_test.c - values that lie in files of their own.
 */
#include "scratch.h"

#include <errno.h>

#include "capture.h"
#include "config/store.h"
#include "support/suite.h"

static void write_bytes(const char *name, const char *text, size_t len)
{
	FILE *file = fopen(scratch_path(name), "we");

	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fwrite(text, 1, len, file), len);
	ck_assert_int_eq(fclose(file), 0);
	ck_assert_int_eq(chmod(scratch_path(name), 0640), 0);
}

/* What [resource] service_name is with this value in x.ini. */
static const char *settled(const char *value, const char *variable, const char **said)
{
	static char out[CONFIG_MAX_VALUE + 2];
	const char *const env[] = {variable, NULL};
	struct otel_boot boot = boot_of(env);
	struct config *config = config_create();
	char text[512];
	const char *name;

	snprintf(text, sizeof(text), "[resource]\nservice_name = %s\n", value);
	ck_assert_int_eq(read_text(config, CONFIG_USER, "x.ini", text), OTEL_OK);
	capture_begin();
	config_read_env(config, &boot);
	config_resolve(config);
	*said = capture_end();
	name = config_str(config, "resource", "service_name");
	snprintf(out, sizeof(out), "%s", name ? name : "");
	ck_assert_uint_eq(config_problems(config), **said ? 1 : 0);
	config_destroy(config);
	return name ? out : NULL;
}

START_TEST(the_content_counts_without_its_line_end)
{
	static const char *const rows[][2] = {
		{"shop", "shop"},       {"shop\n", "shop"},         {"shop\r\n", "shop"},
		{" a b\t\n", " a b\t"}, {"${NAME}$$", "${NAME}$$"},
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		char value[160];
		const char *said;
		write_bytes("value", rows[i][0], strlen(rows[i][0]));
		snprintf(value, sizeof(value), "@%s", scratch_path("value"));
		errno = ENOTTY;
		ck_assert_str_eq(settled(value, NULL, &said), rows[i][1]);
		ck_assert_int_eq(errno, ENOTTY);
		ck_assert_str_eq(said, "");
	}
}
END_TEST

START_TEST(the_path_may_hold_variables)
{
	char variable[160];
	const char *said;

	write_bytes("token", "abc\n", 4);
	snprintf(variable, sizeof(variable), "DIR=%s", scratch_dir);
	ck_assert_str_eq(settled("@${DIR}/token", variable, &said), "abc");
	ck_assert_str_eq(said, "");
	ck_assert_ptr_null(settled("@${OTHER}token", variable, &said));
	ck_assert_str_eq(said, "otel-c: x.ini:2: [resource] service_name: token: the path is relative; allowed: "
			       "@/path/to/file; the key is ignored\n");
}
END_TEST

START_TEST(other_values_with_an_at_sign_are_text)
{
	const char *said;

	ck_assert_str_eq(settled("@home", NULL, &said), "@home");
	ck_assert_str_eq(settled("a@/x", NULL, &said), "a@/x");
	ck_assert_str_eq(settled("@@/etc/hostname", NULL, &said), "@/etc/hostname");
	ck_assert_str_eq(settled("@", NULL, &said), "@");
	ck_assert_str_eq(settled("${AT}", "AT=@/etc/hostname", &said), "@/etc/hostname");
	ck_assert_str_eq(said, "");
}
END_TEST

START_TEST(an_empty_file_lets_the_layer_below_show_through)
{
	char value[160];
	const char *said;

	write_bytes("empty", "\n", 1);
	snprintf(value, sizeof(value), "@%s", scratch_path("empty"));
	ck_assert_ptr_null(settled(value, NULL, &said));
	ck_assert_str_eq(said, "");
}
END_TEST

static const char *refusal(const char *name)
{
	static char line[512];
	char value[160];
	const char *said;
	const char *why;

	snprintf(value, sizeof(value), "@%s", scratch_path(name));
	ck_assert_ptr_null(settled(value, NULL, &said));
	snprintf(line, sizeof(line), "otel-c: x.ini:2: [resource] service_name: %s: ", scratch_path(name));
	ck_assert_msg(!strncmp(said, line, strlen(line)), "%s", said);
	why = said + strlen(line);
	ck_assert_ptr_eq(strchr(said, '\n'), said + strlen(said) - 1);
	return why;
}

START_TEST(a_file_that_will_not_do_is_one_line)
{
	static char large[CONFIG_MAX_VALUE + 1];

	ck_assert_str_eq(refusal("missing"), "it does not exist; the key is ignored\n");
	write_bytes("lines", "a\nb\n", 4);
	ck_assert_str_eq(refusal("lines"), "it has more than one line; the key is ignored\n");
	write_bytes("nul", "a\0b", 3);
	ck_assert_str_eq(refusal("nul"), "it has control characters in it; the key is ignored\n");
	write_bytes("latin", "caf\xe9\n", 5);
	ck_assert_str_eq(refusal("latin"), "it is not UTF-8; the key is ignored\n");
	memset(large, 'x', sizeof(large));
	write_bytes("large", large, sizeof(large));
	ck_assert_str_eq(refusal("large"), "it is longer than 65536 bytes; the key is ignored\n");
	write_bytes("open", "x", 1);
	ck_assert_int_eq(chmod(scratch_path("open"), 0666), 0);
	ck_assert_ptr_nonnull(strstr(refusal("open"), "everybody may write to it"));
	ck_assert_ptr_nonnull(strstr(refusal(""), "it is not a regular file"));
}
END_TEST

START_TEST(the_largest_value_fits)
{
	static char large[CONFIG_MAX_VALUE];
	char value[160];
	const char *said;
	const char *name;

	memset(large, 'x', sizeof(large));
	write_bytes("large", large, sizeof(large));
	snprintf(value, sizeof(value), "@%s", scratch_path("large"));
	name = settled(value, NULL, &said);
	ck_assert_str_eq(said, "");
	ck_assert_uint_eq(strlen(name), sizeof(large));
}
END_TEST

static int read_hidden(void)
{
	const char *why = NULL;
	struct buf out;
	bool ok;

	buf_init(&out, 100);
	ok = config_read_value_file(scratch_path("hidden"), &out, &why);
	return !ok && !strcmp(why, "this user may not read it") ? 0 : 1;
}

START_TEST(a_file_this_user_may_not_read_says_so)
{
	write_bytes("hidden", "x", 1);
	ck_assert_int_eq(chmod(scratch_path("hidden"), geteuid() ? 0 : 0600), 0);
	ck_assert_int_eq(as_nobody(read_hidden), 0);
}
END_TEST

SUITE_MAIN_WITH("value_file", scratch_begin, scratch_end, {the_content_counts_without_its_line_end, 0},
		{the_path_may_hold_variables, 0}, {other_values_with_an_at_sign_are_text, 0},
		{an_empty_file_lets_the_layer_below_show_through, 0}, {a_file_that_will_not_do_is_one_line, 0},
		{the_largest_value_fits, 0}, {a_file_this_user_may_not_read_says_so, 0})
