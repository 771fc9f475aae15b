/* SPDX-License-Identifier: Apache-2.0
 *
 * w3c_baggage.h - the baggage header, as text and back. Pure functions.
 */
#ifndef OTEL_API_W3C_BAGGAGE_H
#define OTEL_API_W3C_BAGGAGE_H

#include <otel/otel.h>

/* A reference; NULL when no member is usable or out of memory. */
otel_baggage *w3c_baggage_parse(const char *text, size_t len);

/* Writes the header, terminated, and returns its length. out has room for baggage->header_len + 1. */
size_t w3c_baggage_format(const otel_baggage *baggage, char *out);

#endif
