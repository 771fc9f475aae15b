/* SPDX-License-Identifier: Apache-2.0
 *
 * detector_host_test.c - machines and systems, recorded and the one this runs on.
 */
#include "core/sdk/resource_support.h"

#include <sys/utsname.h>
#include <unistd.h>

static const char *const in_a_pod[] = {"KUBERNETES_SERVICE_HOST=10.0.0.1", NULL};

static void set_up(void)
{
	support_begin(NULL);
	support_set("detectors", "host,os");
}

START_TEST(the_machine_this_runs_on_is_described)
{
	struct utsname machine;

	ck_assert_int_eq(uname(&machine), 0);
	support_build(NULL);
	ck_assert_str_eq(support_text("host.name"), machine.nodename);
	if (!strcmp(machine.machine, "x86_64"))
		ck_assert_str_eq(support_text("host.arch"), "amd64");
	ck_assert_str_eq(support_text("os.type"), "linux");
}
END_TEST

static const struct {
	const char *machine;
	const char *const *env;
	const char *id, *name, *version, *description, *build;
} machines[] = {
	{"systemd", NULL, "00112233445566778899aabbccddeeff", "Fedora Linux", "40", "Fedora \"40\"", "20240501.0"},
	{"lxc", NULL, "ffeeddccbbaa99887766554433221100", "Gentoo", "absent", "Gentoo", "rolling"},
	{"docker-v1", NULL, "absent", "Alpine Linux", "3.20.3", "Alpine Linux v3.20", "absent"},
	{"docker-v2", NULL, "absent", "Debian GNU/Linux", "12", "Debian GNU/Linux 12 (bookworm)", "absent"},
	{"podman", NULL, "absent", "absent", "absent", "absent", "absent"},
	{"k8s-containerd", in_a_pod, "absent", "absent", "absent", "absent", "absent"},
	{"odd", NULL, "absent", "absent", "absent", "absent", "absent"},
	{"there-is-no-such", NULL, "absent", "absent", "absent", "absent", "absent"},
};

START_TEST(a_recorded_machine_is_described_and_containers_have_no_host_id)
{
	support_begin(machines[_i].env);
	support_set("detectors", "host,os");
	support_machine(machines[_i].machine);
	support_build(NULL);
	ck_assert_str_eq(support_text("host.id"), machines[_i].id);
	ck_assert_str_eq(support_text("os.type"), "linux");
	ck_assert_str_eq(support_text("os.name"), machines[_i].name);
	ck_assert_str_eq(support_text("os.version"), machines[_i].version);
	ck_assert_str_eq(support_text("os.description"), machines[_i].description);
	ck_assert_str_eq(support_text("os.build_id"), machines[_i].build);
	ck_assert_ptr_nonnull(support_value("host.name"));
}
END_TEST

START_TEST(processor_and_addresses_are_looked_at_on_request_only)
{
	support_machine("systemd");
	support_build(NULL);
	ck_assert_ptr_null(support_value("host.cpu.vendor.id"));
	ck_assert_ptr_null(support_value("host.ip"));
	ck_assert_ptr_null(support_value("host.mac"));

	set_up();
	support_set("opt_in", "host.cpu.*");
	support_machine("systemd");
	support_build(NULL);
	ck_assert_str_eq(support_text("host.cpu.vendor.id"), "AuthenticAMD");
	ck_assert_str_eq(support_text("host.cpu.family"), "25");
	ck_assert_str_eq(support_text("host.cpu.model.id"), "17");
	ck_assert_str_eq(support_text("host.cpu.model.name"), "AMD EPYC 9R14");
	ck_assert_str_eq(support_text("host.cpu.stepping"), "1");
	ck_assert_int_eq(support_int("host.cpu.cache.l2.size"), 1048576);
	ck_assert_ptr_null(support_value("host.ip"));
}
END_TEST

/* What addresses there are is the machine's business; that the loopback's are none of them, ours. */
START_TEST(addresses_are_texts_without_those_of_the_loopback)
{
	support_set("opt_in", "host.ip, host.mac");
	support_build(NULL);
	const Otlp__AnyValue *ip = support_value("host.ip");
	for (size_t i = 0; ip && i < ip->array_value->n_values; i++) {
		ck_assert(!otlp_text_is(ip->array_value->values[i]->string_value, "127.0.0.1"));
		ck_assert(!otlp_text_is(ip->array_value->values[i]->string_value, "::1"));
		ck_assert_uint_gt(ip->array_value->values[i]->string_value.len, 1);
	}
	const Otlp__AnyValue *mac = support_value("host.mac");
	for (size_t i = 0; mac && i < mac->array_value->n_values; i++) {
		ck_assert_uint_eq(mac->array_value->values[i]->string_value.len, 17);
		ck_assert_int_eq(mac->array_value->values[i]->string_value.data[2], '-');
	}
}
END_TEST

SUITE_MAIN("detector_host", set_up, {the_machine_this_runs_on_is_described, 0},
	   {a_recorded_machine_is_described_and_containers_have_no_host_id, sizeof machines / sizeof *machines},
	   {processor_and_addresses_are_looked_at_on_request_only, 0},
	   {addresses_are_texts_without_those_of_the_loopback, 0})
