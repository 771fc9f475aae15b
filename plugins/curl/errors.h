/* SPDX-License-Identifier: Apache-2.0
 *
 * errors.h - CURLcodes as values of error.type.
 */
#ifndef OTEL_CURL_ERRORS_H
#define OTEL_CURL_ERRORS_H

/* "CURLE_COULDNT_CONNECT"; "_OTHER" for a code that we do not know. */
const char *error_name(int code);

#endif
