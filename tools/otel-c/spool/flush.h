/* SPDX-License-Identifier: Apache-2.0
 *
 * flush.h - what lies in a spool, through the SDK of this process.
 */
#ifndef OTEL_TOOLS_SPOOL_FLUSH_H
#define OTEL_TOOLS_SPOOL_FLUSH_H

#include "tools/otel-c/spool/options.h"

/* The exit code. */
int spool_flush(const struct spool_command_options *options);

#endif
