/* SPDX-License-Identifier: Apache-2.0
 *
 * kept_layout_test.c - each version of otel/plugin.h that is kept under kept/ describes the same memory as today's, as
 * far as it goes; and the newest of them is today's, word by word but for comments.
 */
#include "core/plugin/support.h"

#include <ctype.h>
#include <dlfcn.h>

#include "abi/kept_layout.h"

static const char *const versions[] = {"1.0", "1.1", "1.2"};
#define NEWEST (sizeof versions / sizeof *versions - 1)

/* Of a kept header; "today" is that of the tree. */
static const struct kept_layout *layout_of(const char *version)
{
	char *path = NULL;
	ck_assert_int_ge(asprintf(&path, "%s/tests/abi/modules/%s/kept_layout.so", build_dir(), version), 0);
	void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
	ck_assert_msg(handle != NULL, "%s", dlerror());
	const struct kept_layout *layout = dlsym(handle, "kept_layout");
	ck_assert_ptr_nonnull(layout);
	free(path);
	return layout;
}

static const struct kept_row *find(const struct kept_layout *layout, const char *what)
{
	for (size_t i = 0; i < layout->count; i++) {
		if (!strcmp(layout->rows[i].what, what))
			return &layout->rows[i];
	}
	ck_abort_msg("%s is gone", what);
	return NULL;
}

START_TEST(everything_of_a_kept_version_is_where_it_was)
{
	const struct kept_layout *kept = layout_of(versions[_i]), *today = layout_of("today");
	ck_assert_uint_eq(kept->minor, (unsigned)_i);
	ck_assert_uint_gt(kept->count, 100);
	for (size_t i = 0; i < kept->count; i++) {
		const struct kept_row *was = &kept->rows[i], *is = find(today, was->what);
		ck_assert_msg(was->at == is->at && was->size == is->size, "%s is at %zu (%zu bytes), was at %zu (%zu)",
			      was->what, is->at, is->size, was->at, was->size);
	}
}
END_TEST

/* A header without comments and with single blanks. */
static char *read_bare(const char *path)
{
	size_t len, to = 0;
	unsigned char *text = read_whole(path, &len);
	for (size_t i = 0; i < len; i++) {
		if (text[i] == '/' && text[i + 1] == '*') {
			const char *end = strstr((char *)text + i + 2, "*/");
			ck_assert_ptr_nonnull(end);
			i = (size_t)(end - (char *)text) + 1;
			continue;
		}
		const unsigned char c = isspace(text[i]) ? ' ' : text[i];
		if (c != ' ' || !to || text[to - 1] != ' ')
			text[to++] = c;
	}
	text[to] = '\0';
	return (char *)text;
}

static void ck_same(const char *header)
{
	const char *source = getenv("OTEL_C_TEST_SOURCE");
	char *kept = NULL, *today = NULL;
	ck_assert_ptr_nonnull(source);
	ck_assert_int_ge(asprintf(&kept, "%s/tests/abi/kept/%s/otel/%s", source, versions[NEWEST], header), 0);
	ck_assert_int_ge(asprintf(&today, "%s/core/include/otel/%s", source, header), 0);
	char *a = read_bare(kept), *b = read_bare(today);
	size_t i = 0;
	while (a[i] && a[i] == b[i])
		i++;
	ck_assert_msg(a[i] == b[i],
		      "%s differs from what is kept of ABI %s, which has \"%.60s\" where it has \"%.60s\": "
		      "keep what was published as it was; what is new needs a new minor version and, in the "
		      "same commit, a copy under tests/abi/kept",
		      header, versions[NEWEST], a + i, b + i);
	free(a), free(b), free(kept), free(today);
}

START_TEST(the_newest_version_that_is_kept_is_todays)
{
	ck_assert_uint_eq(NEWEST, OTEL_PLUGIN_ABI_MINOR);
	ck_same("plugin.h");
	ck_same("types.h");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("abi kept layout");
	TCase *tc = tcase_create("layout");
	tcase_add_loop_test(tc, everything_of_a_kept_version_is_where_it_was, 0, NEWEST + 1);
	tcase_add_test(tc, the_newest_version_that_is_kept_is_todays);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
