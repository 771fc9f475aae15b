/* SPDX-License-Identifier: Apache-2.0
 *
 * outcome.h - what a finished request adds to its span.
 */
#ifndef OTEL_CURL_OUTCOME_H
#define OTEL_CURL_OUTCOME_H

#include <otel/otel.h>

#include "plugins/curl/calls.h"
#include "plugins/curl/handles.h"

/* Sets attributes and status from what libcurl tells about the handle. `code` is its result. */
void outcome_describe(otel_span span, const struct curl_real *real, const struct handle *handle, int code);

#endif
