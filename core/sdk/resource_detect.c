/* SPDX-License-Identifier: Apache-2.0
 *
 * resource_detect.c - process, host, operating system, container (semantic conventions, resource).
 */
#include "sdk/resource_detect.h"

#include <errno.h>
#include <fcntl.h>
#include <gnu/libc-version.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "sdk/resource_platform.h"
#include "util/rand.h"
#include "util/str.h"

#define MOUNTINFO_MAX ((size_t)256 << 10) /* more mounts than this are not looked through */

/* The beginning of a small file, terminated. -1: it cannot be read. */
static ssize_t read_head(const char *path, char *out, size_t cap)
{
	ssize_t total = -1;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (fd < 0)
		return -1;
	for (total = 0; (size_t)total + 1 < cap;) {
		ssize_t n = read(fd, out + total, cap - 1 - (size_t)total);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		total += n;
	}
	out[total] = '\0';
	close(fd);
	return total;
}

static void put_line(struct resource_set *set, const char *key, const char *path)
{
	char line[256];
	if (read_head(path, line, sizeof line) <= 0)
		return;
	line[strcspn(line, "\n")] = '\0';
	if (*line)
		resource_set_text(set, key, line);
}

static void detect_process(struct resource_set *set)
{
	char text[PATH_MAX];

	resource_set_int(set, "process.pid", getpid());
	ssize_t n = readlink("/proc/self/exe", text, sizeof text - 1);
	if (n > 0) {
		text[n] = '\0';
		const char *slash = strrchr(text, '/');
		resource_set_text(set, "process.executable.path", text);
		resource_set_text(set, "process.executable.name", slash ? slash + 1 : text);
	}
	/* argv[0] only: the other arguments may be secrets. */
	if (read_head("/proc/self/cmdline", text, sizeof text) > 0 && *text)
		resource_set_text(set, "process.command", text);
	resource_set_text(set, "process.runtime.name", "glibc");
	resource_set_text(set, "process.runtime.version", gnu_get_libc_version());
}

/* The first cgroup namespace of a machine has this number (PROC_CGROUP_INIT_INO of linux/proc_ns.h). */
#define FIRST_CGROUP_NAMESPACE 0xEFFFFFFBu

/* There /proc/self/cgroup tells a container, if this is one; elsewhere it may begin at the container's own root. */
static bool sees_whole_cgroup_paths(void)
{
	struct stat st;
	return stat("/proc/self/ns/cgroup", &st) == 0 && st.st_ino == FIRST_CGROUP_NAMESPACE;
}

static bool detect_container(struct resource_set *set)
{
	char cgroup[4096];
	char id[CONTAINER_ID_SIZE];
	bool found = false;

	ssize_t n = read_head("/proc/self/cgroup", cgroup, sizeof cgroup);
	if (n > 0 && container_id_v1(cgroup, (size_t)n, id)) {
		found = true;
	} else if (!sees_whole_cgroup_paths()) {
		char *mounts = malloc(MOUNTINFO_MAX);
		n = mounts ? read_head("/proc/self/mountinfo", mounts, MOUNTINFO_MAX) : -1;
		found = n > 0 && container_id_v2(mounts, (size_t)n, id);
		free(mounts);
	}
	if (found)
		resource_set_text(set, "container.id", id);
	return found;
}

static void detect_host(struct resource_set *set)
{
	struct utsname machine;
	if (!uname(&machine)) {
		resource_set_text(set, "host.name", machine.nodename);
		resource_set_text(set, "host.arch", host_arch_of(machine.machine));
	}
	/* In a container the file is the image's, and many hosts would share it. */
	if (detect_container(set))
		return;
	put_line(set, "host.id", "/etc/machine-id");
	if (!resource_set_has(set, "host.id"))
		put_line(set, "host.id", "/var/lib/dbus/machine-id");
}

static void detect_os(struct resource_set *set)
{
	static const char *const keys[][2] = {
		{"NAME", "os.name"}, {"VERSION_ID", "os.version"}, {"PRETTY_NAME", "os.description"}};
	char text[4096];
	char value[256];

	resource_set_text(set, "os.type", "linux");
	ssize_t n = read_head("/etc/os-release", text, sizeof text);
	if (n <= 0)
		n = read_head("/usr/lib/os-release", text, sizeof text);
	for (size_t i = 0; n > 0 && i < sizeof keys / sizeof *keys; i++)
		if (os_release_value(text, (size_t)n, keys[i][0], value, sizeof value))
			resource_set_text(set, keys[i][1], value);
}

void resource_detect(struct resource_set *set)
{
	int saved = errno;
	detect_process(set);
	detect_host(set);
	detect_os(set);
	errno = saved;
}

void resource_uuid(char out[37])
{
	struct rand_state state;
	uint8_t bytes[16];
	rand_seed(&state);
	for (int i = 0; i < 2; i++) {
		uint64_t word = rand_next(&state);
		memcpy(bytes + 8 * i, &word, sizeof word);
	}
	bytes[6] = (uint8_t)((bytes[6] & 0x0f) | 0x40);
	bytes[8] = (uint8_t)((bytes[8] & 0x3f) | 0x80);

	char *p = out;
	for (size_t i = 0; i < sizeof bytes; i++, p += 2) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			*p++ = '-';
		str_to_hex(p, &bytes[i], 1);
	}
	*p = '\0';
}
