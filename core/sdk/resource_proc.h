/* SPDX-License-Identifier: Apache-2.0
 *
 * resource_proc.h - reading what Linux says of a process and its processor: pure functions over the contents of files.
 */
#ifndef OTEL_SDK_RESOURCE_PROC_H
#define OTEL_SDK_RESOURCE_PROC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PROC_TIME_SIZE 25 /* "2023-11-21T09:25:34.853Z" and a terminator */

/* /proc/self/stat: when the process began, in clock ticks since the machine started. */
bool proc_start_ticks(const char *text, size_t len, uint64_t *ticks);

/* /proc/stat: when the machine started, in seconds since the epoch. */
bool proc_boot_seconds(const char *text, size_t len, uint64_t *seconds);

/* /proc/cpuinfo: the first value of a key, cut to cap - 1 bytes. false: not there, or empty. */
bool proc_cpuinfo_value(const char *text, size_t len, const char *key, char *out, size_t cap);

/* The same: the size of the processor's cache. */
bool proc_cache_kib(const char *text, size_t len, uint64_t *kib);

/* /etc/passwd: who has this number. false: nobody, or a name of cap bytes and more. */
bool proc_user_name(const char *text, size_t len, uint32_t uid, char *out, size_t cap);

/* /proc/self/cmdline: its arguments, in place; at most max. Returns how many. The text is terminated. */
size_t proc_arguments(const char *text, size_t len, const char **out, size_t max);

/* Milliseconds since the epoch as ISO 8601; years past 9999 are cut to it. */
void proc_time_text(uint64_t ms, char out[PROC_TIME_SIZE]);

#endif
