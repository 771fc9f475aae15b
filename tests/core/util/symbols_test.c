/* SPDX-License-Identifier: Apache-2.0
 *
 * symbols_test.c - addresses get the names of their functions, exported or not.
 */
#include "util/symbols.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "support/suite.h"

static void setup(void)
{
}

static __attribute__((noinline)) int a_static_function(int n)
{
	__asm__ volatile("" ::: "memory");
	return n + 1;
}

static struct symbol find(const void *address)
{
	struct symbols symbols = {NULL, NULL, 0};
	struct symbol symbol;

	errno = 5;
	symbols_find(&symbols, address, &symbol);
	ck_assert_int_eq(errno, 5);
	symbols_fini(&symbols);
	return symbol;
}

static const void *address_of(int (*function)(int))
{
	const void *address;
	memcpy(&address, &function, sizeof address);
	return address;
}

START_TEST(a_function_that_is_not_exported_has_its_name)
{
	const void *address = address_of(a_static_function);
	const struct symbol symbol = find((const char *)address + 1);

	ck_assert_int_eq(a_static_function(1), 2);
	ck_assert_str_eq(symbol.name, "a_static_function");
	ck_assert_ptr_eq(symbol.start, address);
	ck_assert_ptr_nonnull(symbol.module);
}
END_TEST

START_TEST(a_function_of_a_library_has_its_name)
{
	const struct symbol symbol = find((const char *)(uintptr_t)abs + 1);

	ck_assert_str_eq(symbol.name, "abs");
}
END_TEST

START_TEST(an_address_of_nothing_has_none)
{
	const struct symbol symbol = find((const void *)16);

	ck_assert_str_eq(symbol.name, "");
	ck_assert_ptr_null(symbol.module);
}
END_TEST

START_TEST(what_is_no_elf_file_has_no_symbols)
{
	uint8_t file[256] = {0x7f, 'E', 'L', 'F', 2};
	char name[8];
	uint64_t value;

	for (size_t len = 0; len <= sizeof file; len++)
		ck_assert(!symbols_in_file(file, len, 16, name, sizeof name, &value));
	memset(file + 5, 0xff, sizeof file - 5);
	ck_assert(!symbols_in_file(file, sizeof file, 16, name, sizeof name, &value));
}
END_TEST

SUITE_MAIN("symbols", setup, {a_function_that_is_not_exported_has_its_name, 0},
	   {a_function_of_a_library_has_its_name, 0}, {an_address_of_nothing_has_none, 0},
	   {what_is_no_elf_file_has_no_symbols, 0})
