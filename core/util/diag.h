/* SPDX-License-Identifier: Apache-2.0
 *
 * diag.h - what otel-c says to the operator: one line per distinct problem, once per process, on fd 2.
 *
 * Lines begin with "otel-c: ". They go to fd 2 only while it is the file noted at load (a daemon may have re-used the
 * number), and never block for long. Nothing is said on success at the default level. Secrets never get here: callers
 * print names of settings, not values marked secret.
 */
#ifndef OTEL_UTIL_DIAG_H
#define OTEL_UTIL_DIAG_H

#include <stdarg.h>

#include "util/boot.h"

enum diag_level { DIAG_NONE, DIAG_ERROR, DIAG_WARN, DIAG_INFO, DIAG_DEBUG };

/* Until this is called: level warn, fd 2 as found at the first line. boot may be NULL. */
void diag_setup(const struct otel_boot *boot, enum diag_level level);

bool diag_enabled(enum diag_level level);

/* For tools: lines go to hear() instead of fd 2, without "otel-c: ", control characters replaced. Any thread calls it; it
 * says nothing itself. NULL: to fd 2 again. */
void diag_listen(void (*hear)(enum diag_level level, const char *line));

/* The newest line of level error or warn, without "otel-c: ", control characters replaced, whether it was printed or not;
 * "" if there was none. Valid until the eighth one after it. */
const char *diag_last(void);

/* Formats and prints one line unless the same text was printed before. Keeps errno. Any thread. */
void diag(enum diag_level level, const char *format, ...) __attribute__((format(printf, 2, 3)));
void diag_v(enum diag_level level, const char *format, va_list args) __attribute__((format(printf, 2, 0)));

#endif
