/* SPDX-License-Identifier: Apache-2.0
 *
 * spool.c - otel-c spool: what could not be delivered yet.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/otel-c/command.h"
#include "tools/otel-c/configured.h"
#include "tools/otel-c/spool/flush.h"
#include "tools/otel-c/spool/options.h"
#include "tools/otel-c/spool/places.h"
#include "tools/otel-c/spool/status.h"
#include "util/clock.h"

static int fail(const char *why)
{
	fprintf(stderr, "otel-c spool status: standard output: %s\n", why);
	return EXIT_FAILED;
}

static int print(const struct spool_summary *summaries, size_t count, bool json)
{
	const uint64_t now_ms = clock_unix_ns() / 1000000;

	if (!json)
		spool_status_print(summaries, count, now_ms);
	else if (!spool_status_print_json(summaries, count, now_ms))
		return fail(ferror(stdout) ? strerror(errno) : "out of memory");
	return fflush(stdout) || ferror(stdout) ? fail(strerror(errno)) : EXIT_DONE;
}

static bool summarise(struct spool_summary *summary, const char *directory, bool may_lack)
{
	const char *why = spool_summarise(summary, directory, may_lack);

	if (why)
		fprintf(stderr, "otel-c spool status: %s: %s\n", directory, why);
	return !why;
}

static int show_one(const char *directory, bool may_lack, bool json)
{
	struct spool_summary summary;

	return summarise(&summary, directory, may_lack) ? print(&summary, 1, json) : EXIT_FAILED;
}

static int show_found(bool json)
{
	struct spool_places places;
	struct spool_summary *summaries = NULL;
	int code = EXIT_FAILED;
	size_t n = 0;

	spool_places_find(&places);
	if (!places.count) {
		fputs("otel-c spool status: no spool is configured, and there is none here: set "
		      "OTEL_C_SPOOL_DIRECTORY, or "
		      "name a directory\n",
		      stderr);
		goto out;
	}
	summaries = calloc(places.count, sizeof *summaries);
	for (size_t i = 0; summaries && i < places.count; i++)
		n += summarise(&summaries[n], places.names[i], false);
	if (n)
		code = print(summaries, n, json);
	if (n < places.count)
		code = EXIT_FAILED;
out:
	free(summaries);
	spool_places_free(&places);
	return code;
}

static int status(const struct spool_command_options *options)
{
	const struct config *config;
	const char *directory;

	if (options->directory)
		return show_one(options->directory, false, options->json);
	config = configured_load();
	directory = config ? config_str(config, "spool", "directory") : NULL;
	return directory && *directory ? show_one(directory, true, options->json) : show_found(options->json);
}

static int run(int argc, char **argv)
{
	struct spool_command_options options;

	if (!spool_options_parse(&options, argc, argv))
		return EXIT_USAGE;
	if (options.help) {
		fputs(spool_help, stdout);
		return EXIT_DONE;
	}
	return options.verb == SPOOL_FLUSH ? spool_flush(&options) : status(&options);
}

const struct command spool_command = {
	.name = "spool",
	.summary = "shows and delivers what could not be delivered",
	.help = spool_help,
	.run = run,
};
