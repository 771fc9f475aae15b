/* SPDX-License-Identifier: Apache-2.0
 *
 * descriptor.c - size and versions first: what stands behind them may only be read when they fit.
 */
#include "tools/otel-c/check/descriptor.h"

#include <stdio.h>
#include <string.h>

#include "tools/otel-c/check/notes.h"

/* The oldest descriptor there is: that of ABI 1.0. */
#define SIZE_MIN         (offsetof(otel_plugin, configure) + sizeof(((otel_plugin *)0)->configure))
#define SIZE_MAX_ALLOWED 65536u

#define REBUILD "build it with the otel/plugin.h of this otel-c"

static bool check_abi(const otel_plugin *p)
{
	bool is_good = note(p->size >= SIZE_MIN && p->size <= SIZE_MAX_ALLOWED, "the descriptor has a size that fits",
			    ".size = sizeof(otel_plugin)", "the descriptor has %zu bytes, allowed are %zu to %u",
			    p->size, SIZE_MIN, SIZE_MAX_ALLOWED);

	is_good = is_good && note(p->abi_major == OTEL_PLUGIN_ABI_MAJOR, "it has this otel-c's ABI major", REBUILD,
				  "it was built for plugin ABI %u.%u, this otel-c has %d.%d", p->abi_major,
				  p->abi_minor, OTEL_PLUGIN_ABI_MAJOR, OTEL_PLUGIN_ABI_MINOR);
	return is_good && note(p->abi_minor <= OTEL_PLUGIN_ABI_MINOR, "it is not newer than this otel-c",
			       "upgrade otel-c, or " REBUILD, "it needs plugin ABI %u.%u, this otel-c has %d.%d",
			       p->abi_major, p->abi_minor, OTEL_PLUGIN_ABI_MAJOR, OTEL_PLUGIN_ABI_MINOR);
}

static bool is_name(const char *name)
{
	return name && *name && strlen(name) < 64 &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_-") == strlen(name);
}

/* Identifiers, versions and operators of SPDX expressions; not whether there is a licence of that name. */
static bool is_licence(const char *text)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-+:() ";
	bool in_word = false;
	unsigned words = 0, operators = 0;

	if (!text || !*text || strspn(text, allowed) != strlen(text))
		return false;
	for (const char *at = text; *at; at++) {
		bool is_word = *at != ' ' && *at != '(' && *at != ')';

		if (is_word && !in_word) {
			words++;
			operators += !strncmp(at, "AND ", 4) || !strncmp(at, "OR ", 3) || !strncmp(at, "WITH ", 5);
		}
		in_word = is_word;
	}
	return words == 2 * operators + 1;
}

/* acme.so, or something_acme.so, holds the plugin "acme". */
static bool is_named_after(const char *path, const char *name)
{
	const char *slash = strrchr(path, '/');

	return strstr(slash ? slash + 1 : path, name) != NULL;
}

static bool check_words(const otel_plugin *p, const char *path)
{
	bool is_good =
		note(is_name(p->name), "it has a name", "choose lower-case letters, digits, '_' and '-', at most 63",
		     "its name is %s%.80s%s", p->name ? "\"" : "", p->name ? p->name : "missing", p->name ? "\"" : "");

	note(p->version && *p->version, "it has a version", ".version = \"1.0.0\"", "its version is missing");
	note(is_licence(p->license), "it has a licence",
	     "write an SPDX expression such as \"Apache-2.0\", or \"LicenseRef-\" with a word of your own",
	     "its licence is %s%.80s%s", p->license ? "\"" : "", p->license ? p->license : "missing",
	     p->license ? "\"" : "");
	note(p->reserved == 0, "reserved fields are 0", "leave .reserved out", "the descriptor's reserved field is %u",
	     p->reserved);
	if (is_good)
		note_odd(is_named_after(path, p->name), "its file is named after it", "name the file after the plugin",
			 "plugin \"%s\" lies in a file of another name", p->name);
	return note(p->setup != NULL, "it has setup()", "define setup(); one that registers nothing returns OTEL_OK",
		    "setup is NULL") &&
	       is_good && p->version;
}

bool descriptor_check(const otel_plugin *plugin, const char *path)
{
	notes_step("reading its descriptor");
	return check_abi(plugin) && check_words(plugin, path) && rows_check(plugin);
}
