/* SPDX-License-Identifier: Apache-2.0
 *
 * detector_host.c - host.* and os.*: the machine and what runs on it. host.id is what systemd gave the machine; in a
 * container that file is the image's, and many hosts would share it. What only root may read is not looked at.
 */
#include "sdk/detector_builtin.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netpacket/packet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#include "sdk/detector_finding.h"
#include "sdk/resource_file.h"
#include "sdk/resource_platform.h"
#include "sdk/resource_proc.h"

#define ADDRESSES_MAX 64u
#define ADDRESS_SIZE  INET6_ADDRSTRLEN

/* ---- host ---- */

static bool is_in_container(const struct detector_own *own)
{
	char id[CONTAINER_ID_SIZE];
	const char *service = own->host->env(own->setup, "KUBERNETES_SERVICE_HOST");

	return detector_container_id(id) || (service && *service) || resource_file_exists("/.dockerenv") ||
	       resource_file_exists("/run/.containerenv");
}

static void find_id(struct finding *f)
{
	static const char *const files[] = {"/etc/machine-id", "/var/lib/dbus/machine-id"};
	char id[64];

	if (is_in_container(f->own))
		return;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		if (!resource_file_line(files[i], id, sizeof id) || !is_machine_id(id))
			continue;
		finding_text(f, "host.id", id);
		return;
	}
}

static void find_processor(struct finding *f)
{
	static const char *const keys[][2] = {
		{"host.cpu.vendor.id", "vendor_id"}, {"host.cpu.family", "cpu family"},
		{"host.cpu.model.id", "model"},      {"host.cpu.model.name", "model name"},
		{"host.cpu.stepping", "stepping"},
	};
	char text[8192];
	char value[256];
	uint64_t kib;
	const ssize_t n = resource_file_read("/proc/cpuinfo", text, sizeof text);

	for (size_t i = 0; n > 0 && i < sizeof keys / sizeof *keys; i++)
		if (finding_wants(f, keys[i][0]) &&
		    proc_cpuinfo_value(text, (size_t)n, keys[i][1], value, sizeof value))
			finding_text(f, keys[i][0], value);
	if (n > 0 && finding_wants(f, "host.cpu.cache.l2.size") && proc_cache_kib(text, (size_t)n, &kib))
		finding_int(f, "host.cpu.cache.l2.size", (int64_t)kib * 1024);
}

/* RFC 5952 for IPv6, AC-DE-48-23-45-67 for hardware; "" for what is neither, or is of no use to others. */
static void address_text(const struct ifaddrs *at, bool hardware, char out[ADDRESS_SIZE])
{
	const struct sockaddr *a = at->ifa_addr;

	*out = '\0';
	if (!a || at->ifa_flags & IFF_LOOPBACK)
		return;
	if (hardware && a->sa_family == AF_PACKET) {
		const struct sockaddr_ll *ll = (const void *)a;
		const unsigned char *b = ll->sll_addr;
		if (ll->sll_halen == 6)
			snprintf(out, ADDRESS_SIZE, "%02X-%02X-%02X-%02X-%02X-%02X", b[0], b[1], b[2], b[3], b[4],
				 b[5]);
	} else if (!hardware && a->sa_family == AF_INET) {
		inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)a)->sin_addr, out, ADDRESS_SIZE);
	} else if (!hardware && a->sa_family == AF_INET6) {
		inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)a)->sin6_addr, out, ADDRESS_SIZE);
	}
}

static void find_addresses(struct finding *f, const char *key, bool hardware)
{
	char text[ADDRESSES_MAX][ADDRESS_SIZE];
	const char *values[ADDRESSES_MAX];
	struct ifaddrs *all;
	size_t count = 0;

	if (!finding_wants(f, key) || getifaddrs(&all))
		return;
	for (const struct ifaddrs *at = all; at && count < ADDRESSES_MAX; at = at->ifa_next) {
		address_text(at, hardware, text[count]);
		values[count] = text[count];
		count += *text[count] != '\0';
	}
	freeifaddrs(all);
	finding_texts(f, key, values, count);
}

static otel_status detect_host(void *self, otel_detect_op *op)
{
	struct finding f = finding_begin(self);
	struct utsname machine;

	if (!uname(&machine)) {
		finding_text(&f, "host.name", machine.nodename);
		finding_text(&f, "host.arch", host_arch_of(machine.machine));
	}
	find_id(&f);
	find_processor(&f);
	find_addresses(&f, "host.ip", false);
	find_addresses(&f, "host.mac", true);
	finding_end(&f, op);
	return OTEL_OK;
}

const otel_detector detector_host = DETECTOR_OWN(detect_host);

/* ---- os ---- */

static bool find_release(struct finding *f, const char *path, const char *const (*keys)[2], size_t count)
{
	char text[4096];
	char value[256];
	const ssize_t n = resource_file_read(path, text, sizeof text);

	for (size_t i = 0; n > 0 && i < count; i++)
		if (os_release_value(text, (size_t)n, keys[i][0], value, sizeof value))
			finding_text(f, keys[i][1], value);
	return n > 0;
}

static bool find_build(struct finding *f, const char *path)
{
	static const char *const key[][2] = {{"BUILD_ID", "os.build_id"}};
	const size_t before = f->count;

	find_release(f, path, key, 1);
	return f->count > before;
}

static otel_status detect_os(void *self, otel_detect_op *op)
{
	static const char *const keys[][2] = {
		{"NAME", "os.name"}, {"VERSION_ID", "os.version"}, {"PRETTY_NAME", "os.description"}};
	static const char *const files[] = {"/etc/os-release", "/usr/lib/os-release"};
	struct finding f = finding_begin(self);
	char kernel[256];

	finding_text(&f, "os.type", "linux");
	if (!find_release(&f, files[0], keys, 3))
		find_release(&f, files[1], keys, 3);
	if (!find_build(&f, files[0]) && !find_build(&f, files[1]) &&
	    resource_file_line("/proc/sys/kernel/osrelease", kernel, sizeof kernel))
		finding_text(&f, "os.build_id", kernel);
	finding_end(&f, op);
	return OTEL_OK;
}

const otel_detector detector_os = DETECTOR_OWN(detect_os);
