/* SPDX-License-Identifier: Apache-2.0
 *
 * child.c - see child.h.
 */
#include "tools/otel-c/check/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tools/otel-c/check/notes.h"
#include "util/buf.h"
#include "util/clock.h"

#define LIMIT_MS  5000
#define NOTES_MAX (4u << 20)

/* What is printed stays in memory, where guest.c looks whether there is any. */
static void turn_standard_files(void)
{
	int in = open("/dev/null", O_RDONLY | O_CLOEXEC);

	dup2(in, STDIN_FILENO);
	for (int fd = STDOUT_FILENO; fd <= STDERR_FILENO; fd++) {
		int memory = memfd_create("output", MFD_CLOEXEC);

		dup2(memory, fd);
		if (memory > STDERR_FILENO)
			close(memory);
	}
	if (in > STDERR_FILENO)
		close(in);
}

/* Whoever started us may have closed the standard files: their numbers are not for us. */
static bool make_pipe(int ends[2])
{
	int made[2];

	if (pipe2(made, O_CLOEXEC) != 0)
		return false;
	for (int i = 0; i < 2; i++)
		ends[i] = fcntl(made[i], F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	close(made[0]);
	close(made[1]);
	return ends[0] >= 0 && ends[1] >= 0;
}

/* Whatever the parent, or a sanitizer, does about faults: here they end the process. */
static void restore_faults(void)
{
	static const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS, SIGPIPE};

	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
		signal(faults[i], SIG_DFL);
}

static _Noreturn void live(const struct child *child, int fd)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	restore_faults();
	turn_standard_files();
	notes_send(fd);
	child->body(child->arg);
	notes_tell('.', "");
	_exit(0);
}

/* Reads until the child closes its end or the time is up. false: time is up. */
static bool listen_to(int fd, struct buf *said)
{
	const uint64_t deadline = clock_mono_ms() + LIMIT_MS;
	char part[4096];

	for (;;) {
		struct pollfd wait = {.fd = fd, .events = POLLIN};
		uint64_t now = clock_mono_ms();
		ssize_t got;

		if (now >= deadline)
			return false;
		if (poll(&wait, 1, (int)(deadline - now)) <= 0)
			continue;
		got = read(fd, part, sizeof part);
		if (got <= 0)
			return true;
		buf_append(said, part, (size_t)got);
	}
}

static bool judge(int status, bool in_time, bool is_over, const char *step)
{
	const char *rule = "every call comes back";

	if (!in_time)
		return note(false, rule, "never wait in a call of the host: start the work, and answer later",
			    "%s did not come back within %d s", step, LIMIT_MS / 1000);
	if (WIFSIGNALED(status))
		return note(false, rule,
			    "run it under a debugger: gdb --args otel-c plugin check …; set follow-fork-mode child",
			    "%s crashed with SIG%s", step, sigabbrev_np(WTERMSIG(status)));
	if (!is_over)
		return note(false, rule, "return a status instead: a plugin never ends the process",
			    "%s ended the process with status %d", step, WEXITSTATUS(status));
	return true;
}

static void tell_nobody(void *arg, char tag, const char *text)
{
	(void)arg, (void)tag, (void)text;
}

bool child_run(const struct child *child)
{
	int ends[2];
	int status = 0;
	char step[256] = "it";
	bool in_time;
	bool is_over;
	struct buf said;
	pid_t pid;

	if (!make_pipe(ends))
		return note(false, "a process of its own", "try again", "no pipe: %s", strerror(errno));
	fflush(NULL);
	pid = fork();
	if (pid == 0) {
		close(ends[0]);
		live(child, ends[1]);
	}
	close(ends[1]);
	if (pid < 0) {
		close(ends[0]);
		return note(false, "a process of its own", "try again", "no process: %s", strerror(errno));
	}
	buf_init(&said, NOTES_MAX);
	in_time = listen_to(ends[0], &said);
	if (!in_time)
		kill(pid, SIGKILL);
	close(ends[0]);
	waitpid(pid, &status, 0);
	notes_read((const char *)said.data, said.len, step, &is_over, child->tell ? child->tell : tell_nobody,
		   child->tell_arg);
	buf_fini(&said);
	return judge(status, in_time, is_over, step);
}
