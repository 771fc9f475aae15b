/* SPDX-License-Identifier: Apache-2.0
 *
 * options.h - what curl_easy_setopt() says about the coming request.
 */
#ifndef OTEL_CURL_OPTIONS_H
#define OTEL_CURL_OPTIONS_H

#include "plugins/curl/handles.h"

/* Notes an option that libcurl accepted. `value` is the argument as a machine word. */
void options_note(struct handle *handle, int option, void *value);

/* The method that libcurl will send. Static, or part of the handle. */
const char *options_method(const struct handle *handle);

#endif
