/* SPDX-License-Identifier: Apache-2.0
 *
 * program.c - looks for the program in PATH, then at its file: identity changes first, then the ELF headers.
 */
#include "tools/trace/program.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "tools/trace/elf.h"

/* ---- finding ---- */

static int look_at(const char *path, const char **problem)
{
	struct stat st;

	*problem = "no such file";
	if (stat(path, &st) < 0) {
		if (errno == ENOENT || errno == ENOTDIR)
			return EXIT_NOT_FOUND;
		*problem = strerror(errno);
		return EXIT_CANNOT_RUN;
	}
	*problem = "is a directory";
	if (S_ISDIR(st.st_mode))
		return EXIT_CANNOT_RUN;
	*problem = "is not executable";
	return S_ISREG(st.st_mode) && faccessat(AT_FDCWD, path, X_OK, AT_EACCESS) == 0 ? 0 : EXIT_CANNOT_RUN;
}

/* One element of PATH; an empty one is the current directory, as for execvp(). */
static int look_in(const char *dir, size_t len, const char *name, struct program *program, const char **problem)
{
	if (snprintf(program->path, sizeof program->path, "%.*s%s%s", (int)len, dir, len ? "/" : "", name) >=
	    (int)sizeof program->path)
		return EXIT_NOT_FOUND;
	return look_at(program->path, problem);
}

static int search_path(const char *name, struct program *program, const char **problem)
{
	const char *rest = getenv("PATH");
	int result = EXIT_NOT_FOUND;

	*problem = "not found in PATH";
	if (!rest)
		rest = "/bin:/usr/bin";
	while (rest) {
		const char *dir = rest;
		size_t len = strcspn(dir, ":");
		const char *why;
		int found = look_in(dir, len, name, program, &why);

		if (found == 0)
			return 0;
		if (found == EXIT_CANNOT_RUN && result == EXIT_NOT_FOUND) {
			result = found;
			*problem = why;
		}
		rest = dir[len] ? dir + len + 1 : NULL;
	}
	return result;
}

int program_find(const char *name, struct program *program, const char **problem)
{
	program->obstacle[0] = '\0';
	if (!strchr(name, '/') && *name)
		return search_path(name, program, problem);
	if (snprintf(program->path, sizeof program->path, "%s", name) >= (int)sizeof program->path) {
		*problem = "the path is too long";
		return EXIT_CANNOT_RUN;
	}
	return look_at(name, problem);
}

/* ---- checking ---- */

/* The kernel starts such a program in secure mode, where the loader ignores LD_PRELOAD. Files whose mark changes
 * nothing (root's own set-uid programs, run by root) start as any other. */
static const char *identity_change(const char *path, const struct stat *st)
{
	if ((st->st_mode & S_ISUID) && (st->st_uid != geteuid() || st->st_uid != getuid()))
		return "it is set-uid";
	if ((st->st_mode & S_ISGID) && (st->st_mode & S_IXGRP) && (st->st_gid != getegid() || st->st_gid != getgid()))
		return "it is set-gid";
	if (getuid() != 0 && getxattr(path, "security.capability", NULL, 0) > 0)
		return "it has file capabilities";
	return NULL;
}

/* "#!/bin/sh -e": the interpreter's path; false if this is no script. */
static bool interpreter_of(const char *text, size_t len, char *out, size_t cap)
{
	size_t at = 2;
	size_t n = 0;

	if (len < 3 || memcmp(text, "#!", 2) != 0)
		return false;
	while (at < len && (text[at] == ' ' || text[at] == '\t'))
		at++;
	while (at < len && !memchr(" \t\n", text[at], 3) && text[at] && n + 1 < cap)
		out[n++] = text[at++];
	out[n] = '\0';
	return n > 0;
}

static void set_obstacle(struct program *program, const char *path, const char *reason, const char *detail)
{
	bool other = strcmp(path, program->path) != 0;

	if (reason)
		snprintf(program->obstacle, sizeof program->obstacle, "%s%.300s%s%s%s%s%s",
			 other ? "its interpreter " : "", other ? path : "", other ? ": " : "", reason,
			 *detail ? " (" : "", detail, *detail ? ")" : "");
}

/* Files alone: opening a device may have effects, and a FIFO would wait for a writer. */
static int open_file(const char *path)
{
	struct stat st;

	if (stat(path, &st) < 0 || !S_ISREG(st.st_mode))
		return -1;
	return open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
}

/* true when the file is a script, whose interpreter is then in `interpreter`. What cannot be read is not judged: the
 * kernel will have the last word. */
static bool check_content(struct program *program, const char *path, char *interpreter, size_t cap)
{
	int fd = open_file(path);
	char detail[ELF_DETAIL_MAX];
	bool script = false;
	struct stat st;
	size_t len;
	void *data;

	if (fd < 0 || fstat(fd, &st) < 0 || !S_ISREG(st.st_mode) || st.st_size <= 0)
		goto out;
	len = (size_t)st.st_size;
	data = mmap(NULL, len, PROT_READ, MAP_PRIVATE, fd, 0);
	if (data == MAP_FAILED)
		goto out;
	script = interpreter_of(data, len < 256 ? len : 256, interpreter, cap);
	if (!script)
		set_obstacle(program, path, elf_reason(elf_check(data, len, detail)), detail);
	munmap(data, len);
out:
	if (fd >= 0)
		close(fd);
	return script;
}

static bool check_file(struct program *program, const char *path, char *interpreter, size_t cap)
{
	const char *change = NULL;
	struct stat st;

	if (check_content(program, path, interpreter, cap))
		return true; /* the kernel ignores the marks of scripts */
	if (!program->obstacle[0] && stat(path, &st) == 0)
		change = identity_change(path, &st);
	set_obstacle(program, path, change, "");
	return false;
}

void program_check(struct program *program)
{
	char interpreter[256];
	char second[256];

	program->obstacle[0] = '\0';
	if (check_file(program, program->path, interpreter, sizeof interpreter))
		check_file(program, interpreter, second, sizeof second);
}
