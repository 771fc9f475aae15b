/* SPDX-License-Identifier: Apache-2.0
 *
 * self_names.h - what the parts of the SDK are called in its own metrics (specification: semantic conventions,
 * otel.component.*). Pure.
 */
#ifndef OTEL_SDK_SELF_NAMES_H
#define OTEL_SDK_SELF_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SELF_NAME_MAX = 128 };

/* "otlp_http_span_exporter": of a component, one of its signals (0, 1, 2), and, for "otlp", its protocol (may be NULL).
 */
void self_exporter_type(char out[SELF_NAME_MAX], const char *component, unsigned signal, const char *protocol);

/* Host and port of an endpoint: a URL, or host:port. *port is 0 if it cannot be told. False: there is no host. */
bool self_address(const char *endpoint, char host[SELF_NAME_MAX], uint32_t *port);

#endif
