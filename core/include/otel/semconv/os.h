/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/os.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_OS_H
#define OTEL_SEMCONV_OS_H

/* string, development */
#define OTEL_OS_BUILD_ID "os.build_id"

/* string, development */
#define OTEL_OS_DESCRIPTION "os.description"

/* string, development */
#define OTEL_OS_NAME "os.name"

/* string, development */
#define OTEL_OS_TYPE "os.type"
#define OTEL_OS_TYPE_WINDOWS "windows"
#define OTEL_OS_TYPE_LINUX "linux"
#define OTEL_OS_TYPE_DARWIN "darwin"
#define OTEL_OS_TYPE_FREEBSD "freebsd"
#define OTEL_OS_TYPE_NETBSD "netbsd"
#define OTEL_OS_TYPE_OPENBSD "openbsd"
#define OTEL_OS_TYPE_DRAGONFLYBSD "dragonflybsd"
#define OTEL_OS_TYPE_HPUX "hpux"
#define OTEL_OS_TYPE_AIX "aix"
#define OTEL_OS_TYPE_SOLARIS "solaris"
#define OTEL_OS_TYPE_ZOS "zos"

/* string, development */
#define OTEL_OS_VERSION "os.version"

#endif
