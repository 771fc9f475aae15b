/* SPDX-License-Identifier: Apache-2.0
 *
 * proxy_test.c - which hosts no_proxy names.
 */
#include "tools/otel-c/doctor/proxy.h"

#include "support/suite.h"

START_TEST(a_name_stands_for_what_ends_in_it)
{
	ck_assert(proxy_is_excepted("example.org", "a,example.org"));
	ck_assert(proxy_is_excepted("gateway.Example.org", "a, .example.org"));
	ck_assert(proxy_is_excepted("example.org", ".example.org"));
	ck_assert(!proxy_is_excepted("counterexample.org", "example.org"));
	ck_assert(!proxy_is_excepted("example.org", "gateway.example.org"));
}
END_TEST

START_TEST(addresses_and_networks_are_compared_as_such)
{
	ck_assert(proxy_is_excepted("127.0.0.1", "localhost 127.0.0.1"));
	ck_assert(proxy_is_excepted("10.3.2.1", "10.0.0.0/8"));
	ck_assert(proxy_is_excepted("172.31.0.1", "172.16.0.0/12"));
	ck_assert(!proxy_is_excepted("172.32.0.1", "172.16.0.0/12"));
	ck_assert(proxy_is_excepted("2001:db8::1", "2001:0DB8::/32"));
	ck_assert(proxy_is_excepted("::1", "0:0:0:0:0:0:0:1"));
	ck_assert(!proxy_is_excepted("10.3.2.1", "::/0"));
	ck_assert(!proxy_is_excepted("10.3.2.1", "10.0.0.0/33"));
	ck_assert(!proxy_is_excepted("10.3.2.1", "10.0.0.0/"));
}
END_TEST

START_TEST(a_star_is_every_host_and_nothing_is_none)
{
	ck_assert(proxy_is_excepted("example.org", "*"));
	ck_assert(!proxy_is_excepted("example.org", ""));
	ck_assert(!proxy_is_excepted("example.org", " ,, ."));
}
END_TEST

SUITE_MAIN("tools/otel-c/doctor/proxy", NULL, {a_name_stands_for_what_ends_in_it, 0},
	   {addresses_and_networks_are_compared_as_such, 0}, {a_star_is_every_host_and_nothing_is_none, 0})
