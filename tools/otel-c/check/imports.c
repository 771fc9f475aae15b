/* SPDX-License-Identifier: Apache-2.0
 *
 * imports.c - what a module asks of others: libraries, and functions that a guest does not call.
 */
#include <stdio.h>
#include <string.h>

#include "tools/otel-c/check/file.h"
#include "tools/otel-c/check/notes.h"

/* ---- libraries ---- */

enum verdict { FINE, ODD, WRONG, OURS };

struct library {
	const char *prefix;
	enum verdict verdict;
	const char *why, *cure;
};

/* The first that fits. */
static const struct library libraries[] = {
	{"libotel_", OURS, "a module gets everything from the host table, and is loaded by versions to come",
	 "call the host table, and link nothing of otel-c"},
	{"libasan.", WRONG, "no program without the sanitizer can load it", "build it without a sanitizer"},
	{"libtsan.", WRONG, "no program without the sanitizer can load it", "build it without a sanitizer"},
	{"libubsan.", WRONG, "no program without the sanitizer can load it", "build it without a sanitizer"},
	{"liblsan.", WRONG, "no program without the sanitizer can load it", "build it without a sanitizer"},
	{"libcurl", ODD, "it is loaded into every traced program, and may meet another version there",
	 "use host->http(), which needs no library of yours"},
	{"libssl.", ODD, "it is loaded into every traced program, and may meet another version there",
	 "use host->http(), which needs no library of yours"},
	{"libstdc++.", ODD, "it brings the C++ runtime into C programs",
	 "write the module in C, or link it with -static-libstdc++"},
	{"libpthread.", FINE, NULL, NULL},
	{"libgcc_s.", FINE, NULL, NULL},
	{"libc.so.", FINE, NULL, NULL},
	{"libm.so.", FINE, NULL, NULL},
	{"libdl.so.", FINE, NULL, NULL},
	{"librt.so.", FINE, NULL, NULL},
	{"ld-linux", FINE, NULL, NULL},
	{"libz.so.", FINE, NULL, NULL},
	{"libcrypto.", FINE, NULL, NULL},
	{"libprotobuf-c.", FINE, NULL, NULL},
	{"libjansson.", FINE, NULL, NULL},
	{"", ODD, "every machine must have it, and every traced program loads it",
	 "do without it, or link it statically"},
};

static void check_library(const char *name, bool has_instrumentation)
{
	const struct library *l = libraries;
	char rule[RULE_SIZE];

	while (strncmp(name, l->prefix, strlen(l->prefix)) != 0)
		l++;
	snprintf(rule, sizeof rule, "it may need %.100s", name);
	if (l->verdict == ODD)
		note_odd(false, rule, l->cure, "it needs %s: %s", name, l->why);
	else if (l->verdict == OURS && has_instrumentation && strncmp(name, "libotel_api.", 12) == 0)
		note(true, rule, "", " "); /* it makes spans */
	else
		note(l->verdict == FINE, rule, l->cure, "it needs %s: %s", name, l->why ? l->why : "");
}

/* ---- functions ---- */

struct function {
	const char *names; /* with a blank before and behind each */
	enum verdict verdict;
	bool is_for_commands; /* allowed to a module that brings a command */
	const char *rule, *why, *cure;
};

static const struct function functions[] = {
	{" getenv secure_getenv environ __environ ", WRONG, false, "it reads no variables behind the host's back",
	 "which races with setenv() of the program", "read variables with host->env(), or as settings with rows"},
	{" setenv putenv unsetenv clearenv ", WRONG, false, "it leaves the environment alone",
	 "which changes the program, and races with its getenv()", "keep values in the component's state"},
	{" atexit on_exit at_quick_exit __cxa_atexit __cxa_thread_atexit_impl ", WRONG, false,
	 "it registers no handlers", "which runs while other threads are at work", "do it in close(), or in flush()"},
	{" pthread_atfork __register_atfork ", ODD, true, "it does not follow forks",
	 "which lengthens every fork of the program",
	 "do without it: what the host holds for you begins anew in a child"},
	{" pthread_create thrd_create clone ", WRONG, true, "it starts no threads", "which the program did not ask for",
	 "use host->http() and host->timer(); an exporter may set OTEL_EXPORTER_BLOCKING"},
	{" fork vfork system popen posix_spawn posix_spawnp execl execle execlp execv execve execvp execvpe ", WRONG,
	 true, "it starts no processes", "whose end the program would see",
	 "find out another way: files, host->http()"},
	{" signal sigaction bsd_signal sysv_signal __sysv_signal sigset alarm setitimer timer_create ", WRONG, true,
	 "it takes no signals", "though signals are the program's", "use host->timer(); handle errors where they come"},
	{" sigprocmask pthread_sigmask ", ODD, true, "it leaves signals alone", "though signals are the program's",
	 "block them only around what raises them, and put the mask back"},
	{" setlocale uselocale ", WRONG, true, "it leaves the locale alone", "which is the program's",
	 "format and read numbers without the locale"},
	{" exit _exit _Exit quick_exit abort __assert_fail err errx verr verrx ", WRONG, true,
	 "it never ends the program", "which ends the program",
	 "return a status; build with -DNDEBUG to leave assertions out"},
	{" chdir fchdir umask chroot setuid setgid seteuid setegid setrlimit prctl ", WRONG, true,
	 "it leaves the process as it is", "which changes the whole process",
	 "use absolute paths, and modes of your own"},
	{" printf vprintf puts putchar putc perror psignal stdout stderr __printf_chk __vprintf_chk ", WRONG, true,
	 "it prints nothing", "though stdout and stderr are the program's", "say it with host->log()"},
	{" sleep usleep nanosleep clock_nanosleep pause ", ODD, true, "it does not sleep",
	 "though nearly nothing may wait", "use host->timer(); only a blocking exporter may wait"},
	{" socket connect getaddrinfo gethostbyname ", ODD, true, "it leaves the network to the host",
	 "so proxies, TLS, retries and forks are its own affair", "use host->http()"},
	{" dlopen dlmopen dlclose ", ODD, true, "it loads nothing", "which takes the loader's lock of the program",
	 "link what it needs, or open it where the plugin may wait"},
	{" strtok rand srand random srandom drand48 localtime gmtime asctime ctime strerror readdir_r tmpnam ", ODD,
	 true, "it shares no state of libc", "whose state the program's threads share",
	 "use the form with _r, or host->random()"},
};

static bool is_in(const char *names, const char *name)
{
	const size_t len = strlen(name);

	for (const char *at = names; len && (at = strstr(at, name)) != NULL; at++)
		if (at > names && at[-1] == ' ' && at[len] == ' ')
			return true;
	return false;
}

static const char *first_import(const struct image *image, const char *names);

/* Where an exception may leave a function, clang writes abort() behind _Unwind_Resume(). */
static bool is_the_compilers(const struct image *image, const char *name)
{
	return !strcmp(name, "abort") && first_import(image, " _Unwind_Resume ");
}

/* The first of these names that the module's author imports; NULL if none is. */
static const char *first_import(const struct image *image, const char *names)
{
	ElfW(Sym) symbol;
	const char *name;

	for (size_t i = 0; image_symbol(image, i, &symbol, &name); i++)
		if (symbol.st_shndx == SHN_UNDEF && is_in(names, name) && !is_the_compilers(image, name))
			return name;
	return NULL;
}

void imports_check(const struct image *image, bool has_command, bool has_instrumentation)
{
	ElfW(Dyn) entry;

	for (size_t i = 0; image_entry(image, i, &entry); i++)
		if (entry.d_tag == DT_NEEDED)
			check_library(image_string(image, entry.d_un.d_val), has_instrumentation);
	for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
		const struct function *f = &functions[i];
		const char *name = f->is_for_commands && has_command ? NULL : first_import(image, f->names);

		if (f->verdict == ODD)
			note_odd(!name, f->rule, f->cure, "it uses %s, %s", name ? name : "", f->why);
		else
			note(!name, f->rule, f->cure, "it uses %s, %s", name ? name : "", f->why);
	}
}
