/* SPDX-License-Identifier: Apache-2.0
 *
 * state.h - small files that plugins keep in [state] directory: the services behind otel_host.
 *
 * <directory>/<plugin>@<name>, readable by its owner alone. The directory belongs to this user and nobody else may
 * write to it. Any thread that may wait for the disk; errno stays.
 */
#ifndef OTEL_SDK_STATE_H
#define OTEL_SDK_STATE_H

#include <otel/plugin.h>

#define STATE_FILE_MAX ((size_t)1 << 20)

otel_status state_read(otel_setup *setup, const char *name, void *data, size_t cap, size_t *len);
otel_status state_replace(otel_setup *setup, const char *name, const void *data, size_t len);

#endif
