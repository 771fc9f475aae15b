/* SPDX-License-Identifier: Apache-2.0
 *
 * detector_process.c - process.*: what /proc tells of this one. Arguments may be secrets, so only the command itself is
 * taken unasked. The owner is looked up in the file alone: NSS loads libraries, and may wait for a server.
 */
#include "sdk/detector_builtin.h"

#include <gnu/libc-version.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sdk/detector_finding.h"
#include "sdk/resource_file.h"
#include "sdk/resource_proc.h"

#define ARGUMENTS_MAX 512u

static void find_executable(struct finding *f)
{
	char path[PATH_MAX];

	if (!resource_file_link("/proc/self/exe", path, sizeof path))
		return;
	const char *slash = strrchr(path, '/');
	finding_text(f, "process.executable.path", path);
	finding_text(f, "process.executable.name", slash ? slash + 1 : path);
}

/* The arguments with a blank between. */
static void find_command_line(struct finding *f, const char *text, size_t len)
{
	char *line = malloc(len + 1);

	if (!line)
		return;
	memcpy(line, text, len);
	while (len && !line[len - 1])
		len--;
	for (size_t i = 0; i < len; i++)
		if (!line[i])
			line[i] = ' ';
	line[len] = '\0';
	finding_text(f, "process.command_line", line);
	free(line);
}

static void find_command(struct finding *f)
{
	const char *arguments[ARGUMENTS_MAX];
	size_t len = 0;
	char *text = resource_file_load("/proc/self/cmdline", &len);
	const size_t count = text ? proc_arguments(text, len, arguments, ARGUMENTS_MAX) : 0;

	if (count)
		finding_text(f, "process.command", arguments[0]);
	if (count && finding_wants(f, "process.command_args"))
		finding_texts(f, "process.command_args", arguments, count);
	if (count && finding_wants(f, "process.command_line"))
		find_command_line(f, text, len);
	if (count && finding_wants(f, "process.args_count"))
		finding_int(f, "process.args_count", (int64_t)count);
	free(text);
}

static void find_creation_time(struct finding *f)
{
	char stat[1024];
	char text[PROC_TIME_SIZE];
	uint64_t ticks, boot;
	size_t len = 0;
	const long per_second = sysconf(_SC_CLK_TCK);
	const ssize_t n = resource_file_read("/proc/self/stat", stat, sizeof stat);

	if (n <= 0 || per_second <= 0 || !proc_start_ticks(stat, (size_t)n, &ticks))
		return;
	char *system = resource_file_load("/proc/stat", &len);
	if (system && proc_boot_seconds(system, len, &boot)) {
		const uint64_t hz = (uint64_t)per_second;
		proc_time_text((boot + ticks / hz) * 1000 + ticks % hz * 1000 / hz, text);
		finding_text(f, "process.creation.time", text);
	}
	free(system);
}

static void find_owner(struct finding *f)
{
	char name[256];
	size_t len = 0;
	char *users = resource_file_load("/etc/passwd", &len);

	if (users && proc_user_name(users, len, geteuid(), name, sizeof name))
		finding_text(f, "process.owner", name);
	free(users);
}

static void find_on_request(struct finding *f)
{
	char text[PATH_MAX];

	if (finding_wants(f, "process.parent_pid"))
		finding_int(f, "process.parent_pid", getppid());
	if (finding_wants(f, "process.working_directory") && resource_file_link("/proc/self/cwd", text, sizeof text))
		finding_text(f, "process.working_directory", text);
	if (finding_wants(f, "process.title") && resource_file_line("/proc/self/comm", text, sizeof text))
		finding_text(f, "process.title", text);
	if (finding_wants(f, "process.interactive"))
		finding_bool(f, "process.interactive", isatty(STDIN_FILENO));
	if (finding_wants(f, "process.linux.cgroup") && resource_file_line("/proc/self/cgroup", text, sizeof text))
		finding_text(f, "process.linux.cgroup", text);
}

static otel_status detect_process(void *self, otel_detect_op *op)
{
	struct finding f = finding_begin(self);

	finding_int(&f, "process.pid", getpid());
	find_executable(&f);
	find_command(&f);
	find_creation_time(&f);
	find_owner(&f);
	finding_text(&f, "process.runtime.name", "glibc");
	finding_text(&f, "process.runtime.version", gnu_get_libc_version());
	find_on_request(&f);
	finding_end(&f, op);
	return OTEL_OK;
}

const otel_detector detector_process = DETECTOR_OWN(detect_process);
