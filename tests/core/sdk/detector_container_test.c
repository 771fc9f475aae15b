/* SPDX-License-Identifier: Apache-2.0
 *
 * detector_container_test.c - which container a process is in, on recorded machines.
 */
#include "core/sdk/resource_support.h"

#define ID "3f1c9a0b5d7e48c2a6b90e4d1f2c3b5a79886e5d4c3b2a190817263544556677"

static const struct {
	const char *machine;
	const char *id;
} machines[] = {
	{"docker-v1", ID},
	{"docker-v2", ID},
	{"podman", ID},
	{"containerd-v1", ID},
	{"k8s-v1", ID},
	{"k8s-crio", ID},
	{"systemd", "absent"},
	{"lxc", "absent"},
	{"odd", "absent"},
	{"k8s-containerd", "absent"},
	{"there-is-no-such", "absent"},
};

static void set_up(void)
{
	support_begin(NULL);
}

START_TEST(a_container_is_known_by_its_id_and_a_host_is_none)
{
	support_set("detectors", "container");
	support_machine(machines[_i].machine);
	support_build(NULL);
	ck_assert_str_eq(support_text("container.id"), machines[_i].id);
}
END_TEST

START_TEST(it_can_be_left_out)
{
	support_set("detectors", "host,os,process");
	support_machine("docker-v1");
	support_build(NULL);
	ck_assert_str_eq(support_text("container.id"), "absent");
}
END_TEST

SUITE_MAIN("detector_container", set_up,
	   {a_container_is_known_by_its_id_and_a_host_is_none, sizeof machines / sizeof *machines},
	   {it_can_be_left_out, 0})
