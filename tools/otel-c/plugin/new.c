/* SPDX-License-Identifier: Apache-2.0
 *
 * new.c - otel-c plugin new: the template under another name.
 */
#include "tools/otel-c/plugin/plugin.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plugin/loader.h"
#include "plugin/registry.h"
#include "tools/otel-c/command.h"
#include "tools/otel-c/home.h"
#include "tools/otel-c/plugin/template.h"
#include "util/buf.h"

#define NAME_MAX_LEN 32
#define FILE_MAX     65536

/* Of shell and make alike; a path that holds anything else is left to pkg-config. */
#define PLAIN "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._+-"

struct names {
	char lower[NAME_MAX_LEN + 1];
	char upper[NAME_MAX_LEN + 1];
	char title[NAME_MAX_LEN + 1];
};

/* ---- the name ---- */

static bool is_installed(const char *name)
{
	char profile[PATH_MAX];

	home_find();
	snprintf(profile, sizeof profile, "%s/%s.ini", place_profiles(), name);
	return loader_has(name, NULL) || access(profile, F_OK) == 0;
}

/* What is wrong with a name; NULL when it may be taken. */
static const char *name_complaint(const char *name)
{
	if (!*name)
		return "is empty";
	if (strlen(name) > NAME_MAX_LEN)
		return "is longer than 32 characters";
	if (name[0] < 'a' || name[0] > 'z' || strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") != strlen(name))
		return "is no name: allowed are lower-case letters, digits and _, beginning with a letter";
	if (strcmp(name, "otel") == 0 || strcmp(name, "none") == 0)
		return "is taken by otel-c itself; choose another name";
	if (is_installed(name))
		return "is the name of something that is installed; choose another one";
	return NULL;
}

static void names_init(struct names *names, const char *name)
{
	snprintf(names->lower, sizeof names->lower, "%s", name);
	snprintf(names->title, sizeof names->title, "%s", name);
	for (size_t i = 0; i <= strlen(name); i++)
		names->upper[i] = (char)(name[i] >= 'a' && name[i] <= 'z' ? name[i] - 'a' + 'A' : name[i]);
	names->title[0] = names->upper[0];
}

/* ---- the text ---- */

/* The installation's headers, unless the compiler looks there by itself. */
static const char *include_dir(void)
{
	const char *dir = home_find()->include;

	return strcmp(dir, "/usr/include") == 0 || strspn(dir, PLAIN) != strlen(dir) ? "" : dir;
}

static void fill_in(struct buf *out, const char *text, const struct names *names)
{
	const struct {
		const char *from, *to;
	} words[] = {
		{"acme", names->lower}, {"ACME", names->upper}, {"Acme", names->title}, {"@INCLUDE@", include_dir()}};
	const size_t count = sizeof words / sizeof *words;

	while (*text) {
		size_t i = 0;

		while (i < count && strncmp(text, words[i].from, strlen(words[i].from)) != 0)
			i++;
		if (i == count) {
			buf_append_char(out, *text++);
			continue;
		}
		buf_append_str(out, words[i].to);
		text += strlen(words[i].from);
	}
}

/* ---- the files ---- */

static bool write_file(const char *path, const struct buf *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	bool is_good = fd >= 0 && write(fd, text->data, text->len) == (ssize_t)text->len;

	if (fd >= 0 && close(fd) != 0)
		is_good = false;
	return is_good;
}

/* "acme.c" under the new name. */
static void path_of(char path[PATH_MAX], const char *dir, const char *file, const struct names *names)
{
	struct buf name;

	buf_init(&name, NAME_MAX);
	fill_in(&name, file, names);
	snprintf(path, PATH_MAX, "%.*s/%.*s", PATH_MAX - NAME_MAX - 2, dir, NAME_MAX, buf_str(&name));
	buf_fini(&name);
}

static void take_back(const char *dir, size_t count, const struct names *names)
{
	char path[PATH_MAX];

	for (size_t i = 0; i < count; i++) {
		path_of(path, dir, template_files[i].name, names);
		unlink(path);
	}
	rmdir(dir);
}

static int write_all(const char *dir, const struct names *names)
{
	char path[PATH_MAX];

	if (mkdir(dir, 0755) != 0) {
		fprintf(stderr, "otel-c plugin new: %s: %s; nothing was written\n", dir, strerror(errno));
		return EXIT_FAILED;
	}
	for (size_t i = 0; i < template_count; i++) {
		struct buf text;
		bool is_written;

		buf_init(&text, FILE_MAX);
		fill_in(&text, template_files[i].text, names);
		path_of(path, dir, template_files[i].name, names);
		is_written = write_file(path, &text);
		buf_fini(&text);
		if (is_written)
			continue;
		fprintf(stderr, "otel-c plugin new: %s: %s; nothing is left of it\n", path, strerror(errno));
		take_back(dir, i + 1, names);
		return EXIT_FAILED;
	}
	printf("%s: written; next: make -C %s && otel-c plugin check %s/%s.so\n", dir, dir, dir, names->lower);
	return EXIT_DONE;
}

/* ---- the command line ---- */

static int misused(const char *what, const char *why)
{
	fprintf(stderr, "otel-c plugin new: %s%s; see otel-c help plugin\n", what, why);
	return EXIT_USAGE;
}

struct options {
	const char *name;
	const char *parent; /* NULL = the current directory */
};

static int read_options(struct options *options, int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--directory") == 0 && i + 1 < argc)
			options->parent = argv[++i];
		else if (strncmp(argv[i], "--directory=", 12) == 0)
			options->parent = argv[i] + 12;
		else if (strcmp(argv[i], "--directory") == 0)
			options->parent = "";
		else if (argv[i][0] == '-')
			return misused(argv[i], " is no option");
		else if (options->name)
			return misused(argv[i], " is one name too many");
		else
			options->name = argv[i];
	}
	if (!options->name)
		return misused("a name", " is missing");
	if (options->parent && !*options->parent)
		return misused("--directory", " needs a directory");
	return EXIT_DONE;
}

int plugin_new(int argc, char **argv)
{
	struct options options = {.name = NULL};
	struct names names;
	char dir[PATH_MAX];
	int code = read_options(&options, argc, argv);
	const char *wrong = code == EXIT_DONE ? name_complaint(options.name) : NULL;
	const char *parent = options.parent ? options.parent : "";

	if (code != EXIT_DONE)
		return code;
	if (wrong) {
		fprintf(stderr, "otel-c plugin new: \"%.100s\" %s\n", options.name, wrong);
		return EXIT_USAGE;
	}
	names_init(&names, options.name);
	if (snprintf(dir, sizeof dir, "%s%s%s", parent, *parent ? "/" : "", options.name) >=
	    (int)sizeof dir - NAME_MAX_LEN - 16)
		return misused("--directory", ": the path is too long");
	return write_all(dir, &names);
}
