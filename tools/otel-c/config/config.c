/* SPDX-License-Identifier: Apache-2.0
 *
 * config.c - otel-c config: what a program started from here would be configured to, and who says so.
 */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "tools/otel-c/command.h"
#include "tools/otel-c/config/list.h"
#include "tools/otel-c/configured.h"
#include "tools/otel-c/usage.h"

static const char help[] = "usage: otel-c config [--json] [--all] [--distro NAME] [KEY...]\n"
			   "       otel-c config --reference md|ini\n"
			   "\n"
			   "Shows what a program started from here would be configured to: each key with its value, "
			   "where the value comes\n"
			   "from, and what it beats. What is wrong is said on stderr. Secrets are shown as "
			   "\"redacted\", in lists and URLs, too.\n"
			   "A KEY is bsp.max_queue_size, its variable OTEL_BSP_MAX_QUEUE_SIZE, or a section, bsp; "
			   "without any, every key that\n"
			   "has a value is shown.\n"
			   "\n"
			   "  --json           prints one array of {key, env, value, origin: {kind, file, line, "
			   "variable}, overrode: [...],\n"
			   "                   secret}; an origin without file and variable may have \"by\", the "
			   "plugin that computed the value\n"
			   "  --all            shows keys without a value, too\n"
			   "  --distro NAME    as if OTEL_DISTRO were NAME, which may be the path of a profile\n"
			   "  --reference FORM prints all keys with their meaning and default: a page in Markdown, or "
			   "an INI file of comments\n"
			   "\n"
			   "Exit status: 0 all is well; 1 something in the configuration is wrong, or could not be "
			   "printed; 2 the command line\n"
			   "is wrong, or there is no such KEY.\n";

enum { OPT_JSON = 1, OPT_ALL, OPT_DISTRO, OPT_REFERENCE };

static bool agree(const struct config_options *options)
{
	const char *form = options->reference;

	if (form && strcmp(form, "md") != 0 && strcmp(form, "ini") != 0) {
		fprintf(stderr, "otel-c config: --reference \"%s\" is not allowed; allowed: md, ini\n", form);
		return false;
	}
	if (form && (options->json || options->all || options->distro || options->name_count)) {
		fputs("otel-c config: --reference stands alone: it shows no configuration\n", stderr);
		return false;
	}
	return true;
}

bool config_options_parse(struct config_options *options, int argc, char **argv)
{
	static const struct option rows[] = {
		{"json", no_argument, NULL, OPT_JSON},
		{"all", no_argument, NULL, OPT_ALL},
		{"distro", required_argument, NULL, OPT_DISTRO},
		{"reference", required_argument, NULL, OPT_REFERENCE},
		{"help", no_argument, NULL, 'h'},
		{NULL, 0, NULL, 0},
	};
	int option;

	*options = (struct config_options){0};
	opterr = 0;
	optind = 0;
	while ((option = getopt_long(argc, argv, ":h", rows, NULL)) != -1) {
		if (option == '?' || option == ':')
			return usage_refuse("config", option, argv[optind - 1]);
		options->json |= option == OPT_JSON;
		options->all |= option == OPT_ALL;
		options->help |= option == 'h';
		if (option == OPT_DISTRO)
			options->distro = optarg;
		if (option == OPT_REFERENCE)
			options->reference = optarg;
	}
	options->names = argv + optind;
	options->name_count = argc - optind;
	return agree(options);
}

/* What the launcher does with its flags. */
static void ask_for_distro(const char *distro)
{
	setenv("OTEL_DISTRO", distro, 1);
	setenv("OTEL_C_FLAGS", "otel-c-trace,OTEL_DISTRO", 1);
}

static int show(const struct config_options *options)
{
	const char *distro;
	struct config_list list = {0};
	struct config *config;
	int code = EXIT_USAGE;

	if (options->distro)
		ask_for_distro(options->distro);
	config = configured_load_distro(NULL, &distro);
	if (!config)
		return EXIT_FAILED;
	if (!config_list_choose(&list, config, options))
		goto out;
	code = config_problems(config) ? EXIT_FAILED : EXIT_DONE;
	if (!options->json)
		config_table_print(config, &list);
	else if (!config_json_print(config, &list))
		code = EXIT_FAILED;
out:
	config_list_fini(&list);
	return code;
}

/* A full disk or a closed pipe is a failure, too. */
static int finish(int code)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return code;
	fputs("otel-c config: the output cannot be written\n", stderr);
	return EXIT_FAILED;
}

static int run(int argc, char **argv)
{
	struct config_options options;

	if (!config_options_parse(&options, argc, argv))
		return EXIT_USAGE;
	if (options.help) {
		fputs(help, stdout);
		return finish(EXIT_DONE);
	}
	if (options.reference)
		return finish(config_reference_print(options.reference) ? EXIT_DONE : EXIT_FAILED);
	return finish(show(&options));
}

const struct command config_command = {
	.name = "config",
	.summary = "shows the configuration: each value, where it comes from, and what it beats",
	.help = help,
	.run = run,
};
