/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/version.h - the version these headers belong to.
 */
#ifndef OTEL_VERSION_H
#define OTEL_VERSION_H

#define OTEL_C_VERSION_MAJOR 0
#define OTEL_C_VERSION_MINOR 1
#define OTEL_C_VERSION_PATCH 0
#define OTEL_C_VERSION "0.1.0"

#endif
