/* SPDX-License-Identifier: Apache-2.0
 *
 * descriptor.h - the rules for otel_plugin_v1.
 */
#ifndef OTEL_TOOLS_CHECK_DESCRIPTOR_H
#define OTEL_TOOLS_CHECK_DESCRIPTOR_H

#include <otel/plugin.h>

/* Notes what is to be said. false: it cannot be used at all. */
bool descriptor_check(const otel_plugin *plugin, const char *path);

/* Rows and their keys. false: the configuration would not take them. */
bool rows_check(const otel_plugin *plugin);

#endif
