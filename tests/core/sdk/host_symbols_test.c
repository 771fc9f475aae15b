/* SPDX-License-Identifier: Apache-2.0
 *
 * host_symbols_test.c - programs that bring their own OpenSSL, libcurl or zlib.
 */
#include "sdk/host_symbols.h"

#include <dlfcn.h>
#include <string.h>

#include "support/suite.h"

START_TEST(the_expected_libraries_may_define_their_symbols)
{
	ck_assert(host_symbols_allowed("/usr/lib/x86_64-linux-gnu/libssl.so.3", "libssl.so"));
	ck_assert(host_symbols_allowed("libz.so.1", "libz.so"));
	ck_assert(host_symbols_allowed("/lib/libcurl-gnutls.so.4", "libcurl"));
}
END_TEST

START_TEST(our_own_preload_interposes_on_purpose)
{
	ck_assert(host_symbols_allowed("/opt/otel-c/lib/libotel_preload.so", "libcurl"));
}
END_TEST

START_TEST(nobody_else_may)
{
	ck_assert(!host_symbols_allowed("/usr/bin/node", "libssl.so"));
	ck_assert(!host_symbols_allowed("/opt/libssl.so.3/app", "libssl.so"));
	ck_assert(!host_symbols_allowed("/opt/libmyssl.so", "libssl.so"));
	ck_assert(!host_symbols_allowed("", "libssl.so"));
}
END_TEST

START_TEST(a_program_without_them_is_fine)
{
	const char *symbol, *object;
	ck_assert(!host_symbols_clash(&symbol, &object));
}
END_TEST

START_TEST(libraries_that_the_program_uses_are_fine)
{
	const char *symbol, *object;
	ck_assert_ptr_nonnull(dlopen("libz.so.1", RTLD_NOW | RTLD_GLOBAL));
	ck_assert_ptr_nonnull(dlsym(RTLD_DEFAULT, "inflate"));
	ck_assert(!host_symbols_clash(&symbol, &object));
}
END_TEST

START_TEST(an_object_with_a_definition_of_its_own_is_named)
{
	const char *symbol = "", *object = "";
	ck_assert_ptr_nonnull(dlopen(OWN_SSL, RTLD_NOW | RTLD_GLOBAL));
	ck_assert(host_symbols_clash(&symbol, &object));
	ck_assert_str_eq(symbol, "SSL_CTX_new");
	ck_assert_ptr_nonnull(strstr(object, "own_ssl"));
}
END_TEST

SUITE_MAIN("host_symbols", NULL, {the_expected_libraries_may_define_their_symbols, 0},
	   {our_own_preload_interposes_on_purpose, 0}, {nobody_else_may, 0}, {a_program_without_them_is_fine, 0},
	   {libraries_that_the_program_uses_are_fine, 0},
	   /* last: it stays loaded */ {an_object_with_a_definition_of_its_own_is_named, 0})
