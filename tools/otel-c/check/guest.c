/* SPDX-License-Identifier: Apache-2.0
 *
 * guest.c - see guest.h. Only for processes whose stdout and stderr are files (child.c).
 */
#include "tools/otel-c/check/guest.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tools/otel-c/check/notes.h"

/* ---- looking ---- */

static uint64_t sum_environment(void)
{
	uint64_t sum = 0xcbf29ce484222325u;

	for (char *const *at = environ; at && *at; at++)
		for (const char *c = *at;; c++) {
			sum = (sum ^ (uint8_t)*c) * 0x100000001b3u;
			if (!*c)
				break;
		}
	return sum;
}

static bool is_open(const struct guest *guest, int fd)
{
	return guest->fds[fd / 8] >> (fd % 8) & 1;
}

static void look_at_fds(struct guest *guest)
{
	DIR *dir = opendir("/proc/self/fd");
	const struct dirent *entry;

	while (dir && (entry = readdir(dir)) != NULL) {
		int fd = atoi(entry->d_name);

		if (entry->d_name[0] != '.' && fd < GUEST_FDS && fd != dirfd(dir))
			guest->fds[fd / 8] |= (uint8_t)(1u << (fd % 8));
	}
	if (dir)
		closedir(dir);
}

static unsigned count_threads(void)
{
	DIR *dir = opendir("/proc/self/task");
	const struct dirent *entry;
	unsigned count = 0;

	while (dir && (entry = readdir(dir)) != NULL)
		count += entry->d_name[0] != '.';
	if (dir)
		closedir(dir);
	return count;
}

void guest_look(struct guest *guest)
{
	*guest = (struct guest){.own_locale = uselocale((locale_t)0), .environment = sum_environment()};
	sigprocmask(SIG_SETMASK, NULL, &guest->mask);
	for (int i = 1; i < NSIG; i++)
		sigaction(i, NULL, &guest->actions[i]);
	look_at_fds(guest);
	snprintf(guest->locale, sizeof guest->locale, "%s", setlocale(LC_ALL, NULL));
	guest->umask = umask(0);
	umask(guest->umask);
	if (!getcwd(guest->directory, sizeof guest->directory))
		guest->directory[0] = '\0';
	guest->threads = count_threads();
	for (int i = 0; i < 2; i++)
		guest->printed[i] = lseek(STDOUT_FILENO + i, 0, SEEK_END);
}

/* ---- comparing ---- */

static int changed_signal(const struct guest *a, const struct guest *b)
{
	for (int i = 1; i < NSIG; i++)
		if (a->actions[i].sa_handler != b->actions[i].sa_handler)
			return i;
	return 0;
}

/* Each comparison returns whether all is well. */

static bool compare_fds(const struct guest *before, const struct guest *now, const char *rule, const char *step)
{
	char path[64];
	char target[256];
	bool is_good = true;

	for (int fd = 0; fd < GUEST_FDS; fd++) {
		if (is_open(before, fd) == is_open(now, fd))
			continue;
		is_good = false;
		if (!is_open(now, fd)) {
			note(false, rule, "close only what you opened", "%s closed descriptor %d, which is the host's",
			     step, fd);
			continue;
		}
		snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
		ssize_t len = readlink(path, target, sizeof target - 1);
		target[len > 0 ? len : 0] = '\0';
		note(false, rule, "close it before the call returns, and use the host's http and timers",
		     "%s left descriptor %d open (%s)", step, fd, target);
		close(fd);
	}
	return is_good;
}

static bool compare_printed(const struct guest *before, const struct guest *now, const char *rule, const char *step)
{
	static const char *const names[] = {"stdout", "stderr"};
	char text[64];
	bool is_good = true;

	for (int i = 0; i < 2; i++) {
		ssize_t len;

		if (now->printed[i] <= before->printed[i])
			continue;
		len = pread(STDOUT_FILENO + i, text, sizeof text - 1, before->printed[i]);
		text[len > 0 ? len : 0] = '\0';
		is_good = i == 0 && before->may_print
				  ? note_odd(false, rule, "print only when the user asked for it by name",
					     "%s wrote to stdout", step)
				  : note(false, rule, "say it with host->log()", "%s wrote to %s: \"%s\"", step,
					 names[i], text);
	}
	return is_good;
}

static bool compare_children(const char *rule, const char *step)
{
	if (waitpid(-1, NULL, WNOHANG) < 0)
		return true;
	while (waitpid(-1, NULL, WNOHANG) > 0)
		;
	return note(false, rule, "a plugin starts no processes", "%s started a process", step);
}

static bool compare_signals(const struct guest *before, const struct guest *now, const char *rule, const char *step)
{
	int number = changed_signal(before, now);
	bool is_good = true;

	for (int i = 1; i < NSIG && is_good; i++)
		if (sigismember(&before->mask, i) != sigismember(&now->mask, i))
			is_good = note(false, rule, "leave the mask alone, or put it back before the call returns",
				       "%s changed the signal mask of the thread", step);
	if (number)
		is_good = note(false, rule, "signals are the host's: take no handler", "%s changed what SIG%s does",
			       step, sigabbrev_np(number));
	return is_good;
}

/* What is one value before and after. */
static bool compare_values(const struct guest *before, const struct guest *now, const char *rule, const char *step)
{
	const struct {
		bool is_same;
		const char *what, *cure;
	} values[] = {
		{strcmp(before->locale, now->locale) == 0 && before->own_locale == now->own_locale,
		 "changed the locale", "the locale is the host's: format numbers without it"},
		{before->environment == now->environment, "changed the environment",
		 "read variables with host->env(), set none"},
		{before->umask == now->umask, "changed the umask", "give files their modes yourself"},
		{strcmp(before->directory, now->directory) == 0, "changed the current directory", "use absolute paths"},
		{now->threads <= before->threads, "started a thread",
		 "use the host's timers and asynchronous calls; an exporter may set OTEL_EXPORTER_BLOCKING"},
	};
	bool is_good = true;

	for (size_t i = 0; i < sizeof values / sizeof *values; i++)
		if (!values[i].is_same)
			is_good = note(false, rule, values[i].cure, "%s %s", step, values[i].what);
	return is_good;
}

void guest_compare(const struct guest *before, const char *step)
{
	char rule[RULE_SIZE];
	struct guest now;
	bool is_good;

	snprintf(rule, sizeof rule, "%s leaves the process as it was", step);
	fflush(NULL);
	guest_look(&now);
	is_good = compare_signals(before, &now, rule, step);
	is_good &= compare_fds(before, &now, rule, step);
	is_good &= compare_values(before, &now, rule, step);
	is_good &= compare_printed(before, &now, rule, step);
	is_good &= compare_children(rule, step);
	if (is_good)
		note(true, rule, "", " ");
}
