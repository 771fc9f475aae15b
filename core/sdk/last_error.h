/* SPDX-License-Identifier: Apache-2.0
 *
 * last_error.h - the sentence behind otel_last_error().
 */
#ifndef OTEL_SDK_LAST_ERROR_H
#define OTEL_SDK_LAST_ERROR_H

#include <otel/types.h>

/* Keeps the sentence and says it to the operator. Returns status. */
otel_status last_error_say(otel_status status, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Keeps the sentence only: the operator was told, or need not be. */
otel_status last_error_note(otel_status status, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
