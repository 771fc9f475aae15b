/* SPDX-License-Identifier: Apache-2.0
 *
 * resource_platform.h - reading what Linux says of the machine and the container: pure functions over the contents of
 * its files (os-release, /proc/self/cgroup, /proc/self/mountinfo).
 */
#ifndef OTEL_SDK_RESOURCE_PLATFORM_H
#define OTEL_SDK_RESOURCE_PLATFORM_H

#include <stdbool.h>
#include <stddef.h>

#define CONTAINER_ID_SIZE 65 /* 64 hex digits and a terminator */

/* The value of a key of os-release, without its quotes and escapes, cut to cap - 1 bytes. false: not there. */
bool os_release_value(const char *text, size_t len, const char *key, char *out, size_t cap);

/* The container id in /proc/self/cgroup (cgroup v1). false: none. */
bool container_id_v1(const char *text, size_t len, char id[CONTAINER_ID_SIZE]);

/* The container id in /proc/self/mountinfo (cgroup v2 keeps it out of the former). false: none. */
bool container_id_v2(const char *text, size_t len, char id[CONTAINER_ID_SIZE]);

/* Whether a line is what machine-id(5) says of that file: 32 hex digits, and not "uninitialized" or the like. */
bool is_machine_id(const char *line);

/* host.arch for a machine name of uname(2); the name itself when it has no other. */
const char *host_arch_of(const char *machine);

#endif
