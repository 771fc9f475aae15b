/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/user.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_USER_H
#define OTEL_SEMCONV_USER_H

/* string, development */
#define OTEL_USER_EMAIL "user.email"

/* string, development */
#define OTEL_USER_FULL_NAME "user.full_name"

/* string, development */
#define OTEL_USER_HASH "user.hash"

/* string, development */
#define OTEL_USER_ID "user.id"

/* string, development */
#define OTEL_USER_NAME "user.name"

/* string[], development */
#define OTEL_USER_ROLES "user.roles"

#endif
