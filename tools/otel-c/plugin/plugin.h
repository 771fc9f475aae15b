/* SPDX-License-Identifier: Apache-2.0
 *
 * plugin.h - the parts of otel-c plugin.
 */
#ifndef OTEL_TOOLS_PLUGIN_H
#define OTEL_TOOLS_PLUGIN_H

/* argv[0] is "new" or "check". They return the exit code. */
int plugin_new(int argc, char **argv);
int plugin_check(int argc, char **argv);

#endif
