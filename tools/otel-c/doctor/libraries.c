/* SPDX-License-Identifier: Apache-2.0
 *
 * libraries.c - as ldd does: the loader prints what it would load, and runs nothing of it.
 */
#include "tools/otel-c/doctor/libraries.h"

#include <elf.h>
#include <fcntl.h>
#include <limits.h>
#include <link.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static size_t read_head(const char *path, void *out, size_t cap)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	ssize_t n;

	if (fd < 0)
		return 0;
	n = read(fd, out, cap);
	close(fd);
	return n < 0 ? 0 : (size_t)n;
}

bool libraries_interpreter(const char *path, char *out, size_t cap)
{
	char head[256];
	const size_t len = read_head(path, head, sizeof head - 1);
	const char *from = head + 2;

	head[len] = '\0';
	if (len < 3 || memcmp(head, "#!", 2) != 0)
		return false;
	from += strspn(from, " \t");
	return snprintf(out, cap, "%.*s", (int)strcspn(from, " \t\n"), from) < (int)cap && *out;
}

/* ---- the loader ---- */

/* The launcher has looked at the file before: its tables are sound, and the loader is glibc's. */
static bool loader_of(const char *path, char *out, size_t cap)
{
	uint8_t head[8192];
	const size_t len = read_head(path, head, sizeof head);
	ElfW(Ehdr) header;
	ElfW(Phdr) segment;

	if (len < sizeof header || memcmp(head, ELFMAG, SELFMAG) != 0)
		return false;
	memcpy(&header, head, sizeof header);
	for (size_t i = 0; i < header.e_phnum; i++) {
		const size_t at = header.e_phoff + i * sizeof segment;

		if (at > len || len - at < sizeof segment)
			return false;
		memcpy(&segment, head + at, sizeof segment);
		if (segment.p_type != PT_INTERP)
			continue;
		if (segment.p_offset >= len || !memchr(head + segment.p_offset, '\0', len - segment.p_offset))
			return false;
		return snprintf(out, cap, "%s", (const char *)head + segment.p_offset) < (int)cap;
	}
	return false;
}

/* Our environment, for LD_LIBRARY_PATH and the like, and the one variable that makes the loader tell. The array alone
 * is the caller's to free. */
static char **tell_environment(void)
{
	static char tell[] = "LD_TRACE_LOADED_OBJECTS=1";
	size_t count = 0;

	while (environ[count])
		count++;
	char **copy = calloc(count + 2, sizeof *copy);
	if (!copy)
		return NULL;
	copy[0] = tell;
	memcpy(copy + 1, environ, count * sizeof *copy);
	return copy;
}

static bool spawn(char *loader, char *path, int out, pid_t *pid)
{
	char *const argv[] = {loader, path, NULL};
	posix_spawn_file_actions_t actions;
	char **environment = tell_environment();
	bool done = false;

	if (!environment || posix_spawn_file_actions_init(&actions))
		goto out;
	if (!posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO) &&
	    !posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0))
		done = posix_spawn(pid, loader, &actions, NULL, argv, environment) == 0;
	posix_spawn_file_actions_destroy(&actions);
out:
	free(environment);
	return done;
}

void libraries_take_line(struct libraries *found, const char *line)
{
	const char *name = line + strspn(line, " \t");
	const char *slash = memchr(name, '/', strcspn(name, " "));
	const size_t len = strcspn(name, " \n");

	if (strstr(line, "=> not found")) {
		snprintf(found->missing, sizeof found->missing, "%.*s", (int)len, name);
		return;
	}
	if (slash)
		return; /* the loader itself */
	if (strncmp(name, "libotel_api.so", 14) == 0)
		found->uses_api = true;
	if (strncmp(name, "libcurl.so", 10) != 0 && strncmp(name, "libcurl-", 8) != 0)
		return;
	const size_t used = strlen(found->traced);
	snprintf(found->traced + used, sizeof found->traced - used, "%s%.*s", used ? ", " : "", (int)len, name);
}

static void take_all(struct libraries *found, int fd)
{
	FILE *answer = fdopen(fd, "re");
	char line[4096];

	if (!answer) {
		close(fd);
		return;
	}
	while (fgets(line, sizeof line, answer))
		libraries_take_line(found, line);
	fclose(answer);
}

void libraries_find(struct libraries *found, char *path)
{
	char loader[PATH_MAX];
	int fds[2];
	int status;
	pid_t pid;

	*found = (struct libraries){.is_known = false};
	if (!loader_of(path, loader, sizeof loader) || pipe2(fds, O_CLOEXEC))
		return;
	const bool is_running = spawn(loader, path, fds[1], &pid);
	close(fds[1]);
	take_all(found, fds[0]);
	if (is_running && waitpid(pid, &status, 0) == pid)
		found->is_known = WIFEXITED(status) && WEXITSTATUS(status) == 0;
}
