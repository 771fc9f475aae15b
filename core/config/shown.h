/* SPDX-License-Identifier: Apache-2.0
 *
 * shown.h - values as people may see them.
 */
#ifndef OTEL_CONFIG_SHOWN_H
#define OTEL_CONFIG_SHOWN_H

#include <otel/plugin.h>

#include "util/buf.h"

#define CONFIG_REDACTED "redacted"

/* Appends the value of a key without its secrets: all of it where the row says so; the values of telling names in lists
 * of name=value; users, passwords and queries of URLs. */
void config_show_value(struct buf *out, const otel_config_row *row, const char *text);

#endif
