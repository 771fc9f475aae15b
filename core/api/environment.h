/* SPDX-License-Identifier: Apache-2.0
 *
 * environment.h - names of environment variables, from names of headers. Pure functions.
 */
#ifndef OTEL_API_ENVIRONMENT_H
#define OTEL_API_ENVIRONMENT_H

#include <stddef.h>

#define ENVIRONMENT_NAME_MAX 255

/* Writes the variable's name, terminated, and returns its length; 0 if it has more than ENVIRONMENT_NAME_MAX bytes. */
size_t environment_name(char out[ENVIRONMENT_NAME_MAX + 1], const char *header);

#endif
