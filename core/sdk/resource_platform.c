/* SPDX-License-Identifier: Apache-2.0
 *
 * resource_platform.c - see the header. The rules for container ids are those of the Java SDK's detectors, which know
 * Docker, containerd, CRI-O and Podman.
 */
#include "sdk/resource_platform.h"

#include <string.h>

#include "util/str.h"

#define ID_LEN 64u

/* ---- os-release ---- */

static size_t unquote(struct view v, char *out, size_t cap)
{
	char quote =
		v.len > 1 && (v.ptr[0] == '"' || v.ptr[0] == '\'') && v.ptr[v.len - 1] == v.ptr[0] ? v.ptr[0] : '\0';
	size_t end = v.len - (quote != '\0');
	size_t n = 0;
	for (size_t i = quote != '\0'; i < end && n + 1 < cap; i++) {
		if (v.ptr[i] == '\\' && quote != '\'' && i + 1 < end)
			i++;
		out[n++] = v.ptr[i];
	}
	out[n] = '\0';
	return n;
}

bool os_release_value(const char *text, size_t len, const char *key, char *out, size_t cap)
{
	struct view rest = {text, len};
	struct view line;
	while (view_split(&rest, '\n', &line)) {
		struct view value = view_trim(line);
		struct view name;
		if (view_split(&value, '=', &name) && value.ptr && view_equals(name, key))
			return unquote(value, out, cap) > 0;
	}
	return false;
}

/* ---- container ids ---- */

static bool is_id(struct view v)
{
	uint8_t bytes[ID_LEN / 2];
	return v.len == ID_LEN && str_from_hex(bytes, v.ptr, sizeof bytes);
}

static bool copy_id(struct view v, char id[CONTAINER_ID_SIZE])
{
	if (!is_id(v))
		return false;
	memcpy(id, v.ptr, ID_LEN);
	id[ID_LEN] = '\0';
	return true;
}

/* What follows the last `mark`, or all of it. */
static struct view after_last(struct view v, char mark)
{
	const char *at = v.len ? memrchr(v.ptr, mark, v.len) : NULL;
	if (!at)
		return v;
	return (struct view){at + 1, v.len - (size_t)(at + 1 - v.ptr)};
}

/* docker-<id>.scope, crio-<id>.scope, …:cri-containerd:<id>, <id> */
bool container_id_v1(const char *text, size_t len, char id[CONTAINER_ID_SIZE])
{
	struct view rest = {text, len};
	struct view line;
	while (view_split(&rest, '\n', &line)) {
		struct view name = after_last(line, '/');
		if (name.len == line.len)
			continue;
		if (memchr(name.ptr, ':', name.len)) {
			name = after_last(name, ':');
		} else {
			name = after_last(name, '-');
			const char *dot = name.len ? memrchr(name.ptr, '.', name.len) : NULL;
			if (dot)
				name.len = (size_t)(dot - name.ptr);
		}
		if (copy_id(name, id))
			return true;
	}
	return false;
}

/* The first id in `in` that directly follows `mark`. */
static bool id_after(struct view in, const char *mark, char id[CONTAINER_ID_SIZE])
{
	size_t mark_len = strlen(mark);
	const char *at;
	while (in.len && (at = memmem(in.ptr, in.len, mark, mark_len))) {
		at += mark_len;
		in.len -= (size_t)(at - in.ptr);
		in.ptr = at;
		struct view candidate = {at, in.len < ID_LEN ? in.len : ID_LEN};
		if (copy_id(candidate, id))
			return true;
	}
	return false;
}

static struct view fourth_field(struct view line)
{
	struct view field = {NULL, 0};
	for (int i = 0; i < 4; i++)
		if (!view_split(&line, ' ', &field))
			return (struct view){NULL, 0};
	return field;
}

bool container_id_v2(const char *text, size_t len, char id[CONTAINER_ID_SIZE])
{
	struct view all = {text, len};
	if (id_after(all, "/crio-", id) || id_after(all, "cri-containerd:", id))
		return true;
	struct view line;
	while (view_split(&all, '\n', &line)) {
		struct view root = fourth_field(line);
		if (id_after(root, "/containers/", id) || id_after(root, "/overlay-containers/", id))
			return true;
	}
	return false;
}

/* ---- the machine ---- */

bool is_machine_id(const char *line)
{
	uint8_t bytes[16];
	return strlen(line) == 2 * sizeof bytes && str_from_hex(bytes, line, sizeof bytes);
}

const char *host_arch_of(const char *machine)
{
	static const struct {
		const char *prefix;
		const char *arch;
	} names[] = {
		{"x86_64", "amd64"}, {"aarch64", "arm64"}, {"arm", "arm32"},   {"i386", "x86"},  {"i486", "x86"},
		{"i586", "x86"},     {"i686", "x86"},      {"ppc64", "ppc64"}, {"ppc", "ppc32"},
	};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (!strncmp(machine, names[i].prefix, strlen(names[i].prefix)))
			return names[i].arch;
	return machine;
}
