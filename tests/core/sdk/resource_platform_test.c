/* SPDX-License-Identifier: Apache-2.0
 *
 * resource_platform_test.c - os-release, container ids, architectures.
 */
#include "sdk/resource_platform.h"

#include <string.h>

#include "support/suite.h"

#define ID "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static const struct {
	const char *text;
	bool found;
} v1[] = {
	{"12:pids:/docker/" ID "\n", true},
	{"1:name=systemd:/system.slice/docker-" ID ".scope\n", true},
	{"1:name=systemd:/kubepods.slice/kubepods-pod1.slice/crio-" ID ".scope", true},
	{"5:cpu:/kubepods/besteffort/pod1/" ID "\n", true},
	{"1:cpu:/system.slice/containerd.service/kubepods-pod1.slice:cri-containerd:" ID "\n", true},
	{"3:cpu:/user.slice\n2:pids:/docker/" ID "\n", true},
	{"0::/\n", false},
	{"0::/user.slice/user-1000.slice/session-2.scope\n", false},
	{"1:x:/docker/" ID "0\n", false},
	{"1:x:/docker/0123\n", false},
	{"1:x:/docker/g123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n", false},
	{"", false},
};

START_TEST(cgroup_v1_names_the_container)
{
	char id[CONTAINER_ID_SIZE] = "";
	ck_assert_int_eq(container_id_v1(v1[_i].text, strlen(v1[_i].text), id), v1[_i].found);
	ck_assert_str_eq(id, v1[_i].found ? ID : "");
}
END_TEST

static const struct {
	const char *text;
	bool found;
} v2[] = {
	{"473 456 254:1 /docker/containers/" ID "/hostname /etc/hostname rw - ext4 /dev/vda1 rw\n", true},
	{"1 2 0:3 /var/lib/containers/storage/overlay-containers/" ID "/userdata/hostname /etc/hostname rw\n", true},
	{"1 2 0:3 / /run/containerd/io/cri-containerd:" ID " rw - x\n", true},
	{"1 2 0:3 /a /b rw\n2 1 0:1 /../crio-" ID " /sys/fs/cgroup ro\n", true},
	{"1 2 0:3 / /var/lib/docker/containers/" ID "/mounts rw - ext4\n",
	 false}, /* on the host: a mount point, no root */
	{"1 2 0:3\n", false},
	{"", false},
};

START_TEST(mount_points_name_the_container)
{
	char id[CONTAINER_ID_SIZE] = "";
	ck_assert_int_eq(container_id_v2(v2[_i].text, strlen(v2[_i].text), id), v2[_i].found);
	ck_assert_str_eq(id, v2[_i].found ? ID : "");
}
END_TEST

START_TEST(os_release_values_lose_quotes_and_escapes)
{
	static const char text[] =
		"PRETTY_NAME=\"Debian \\\"12\\\"\"\nNAME=Debian\nVERSION_ID='12 \\x'\nEMPTY=\nBROKEN=\"a";
	char out[16];
	ck_assert(os_release_value(text, sizeof text - 1, "NAME", out, sizeof out));
	ck_assert_str_eq(out, "Debian");
	ck_assert(os_release_value(text, sizeof text - 1, "PRETTY_NAME", out, sizeof out));
	ck_assert_str_eq(out, "Debian \"12\"");
	ck_assert(os_release_value(text, sizeof text - 1, "VERSION_ID", out, sizeof out));
	ck_assert_str_eq(out, "12 \\x");
	ck_assert(os_release_value(text, sizeof text - 1, "BROKEN", out, sizeof out));
	ck_assert_str_eq(out, "\"a");
	ck_assert(!os_release_value(text, sizeof text - 1, "EMPTY", out, sizeof out));
	ck_assert(!os_release_value(text, sizeof text - 1, "AME", out, sizeof out));
	ck_assert(os_release_value(text, sizeof text - 1, "NAME", out, 4));
	ck_assert_str_eq(out, "Deb");
}
END_TEST

START_TEST(architectures_have_the_names_of_the_conventions)
{
	ck_assert_str_eq(host_arch_of("x86_64"), "amd64");
	ck_assert_str_eq(host_arch_of("aarch64"), "arm64");
	ck_assert_str_eq(host_arch_of("armv7l"), "arm32");
	ck_assert_str_eq(host_arch_of("i686"), "x86");
	ck_assert_str_eq(host_arch_of("ppc64le"), "ppc64");
	ck_assert_str_eq(host_arch_of("riscv64"), "riscv64");
}
END_TEST

SUITE_MAIN("resource_platform", NULL, {cgroup_v1_names_the_container, sizeof v1 / sizeof *v1},
	   {mount_points_name_the_container, sizeof v2 / sizeof *v2}, {os_release_values_lose_quotes_and_escapes, 0},
	   {architectures_have_the_names_of_the_conventions, 0})
