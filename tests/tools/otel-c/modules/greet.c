/* SPDX-License-Identifier: Apache-2.0
 *
 * greet.c - a plugin that brings a command to otel-c, with a setting and state of its own.
 */
#include <stdio.h>
#include <string.h>

#include <otel/plugin.h>

struct greeting {
	const char *word;
};

static otel_status greet_open(void *self, const otel_host *host, otel_setup *setup)
{
	struct greeting *greeting = self;

	greeting->word = host->config_str(setup, "greet", "word");
	if (greeting->word && strcmp(greeting->word, "none") != 0)
		return OTEL_OK;
	host->log(setup, OTEL_LOG_ERROR, "GREET_WORD: there must be a word");
	return OTEL_FAILED;
}

static int greet_run(void *self, const otel_host *host, otel_setup *setup, int argc, char **argv)
{
	const struct greeting *greeting = self;

	(void)host, (void)setup;
	printf("%s %s ", greeting->word, argv[0]);
	for (int i = 1; i < argc; i++)
		printf("%s|", argv[i]);
	puts("");
	return 7;
}

static void greet_close(void *self)
{
	((struct greeting *)self)->word = NULL;
}

static const otel_command greet = {
	.component = {.size = sizeof greet,
		      .state_size = sizeof(struct greeting),
		      .open = greet_open,
		      .close = greet_close},
	.summary = "says hello as it is configured to",
	.run = greet_run,
};

static otel_status greet_setup(const otel_host *host, otel_setup *setup)
{
	return host->add(setup, OTEL_COMPONENT_COMMAND, "greet", &greet, NULL);
}

static const otel_config_row rows[] = {{.section = "greet",
					.key = "word",
					.env = "GREET_WORD",
					.type = OTEL_CONFIG_STRING,
					.default_value = "Hello",
					.help = "What is said."}};

const otel_plugin otel_plugin_v1 = {.size = sizeof(otel_plugin),
				    .abi_major = OTEL_PLUGIN_ABI_MAJOR,
				    .abi_minor = OTEL_PLUGIN_ABI_MINOR,
				    .name = "greet",
				    .version = "1.0.0",
				    .license = "Apache-2.0",
				    .rows = rows,
				    .row_count = 1,
				    .setup = greet_setup};
