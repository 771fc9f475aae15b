/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/host.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_HOST_H
#define OTEL_SEMCONV_HOST_H

/* string, development */
#define OTEL_HOST_ARCH "host.arch"
#define OTEL_HOST_ARCH_AMD64 "amd64"
#define OTEL_HOST_ARCH_ARM32 "arm32"
#define OTEL_HOST_ARCH_ARM64 "arm64"
#define OTEL_HOST_ARCH_IA64 "ia64"
#define OTEL_HOST_ARCH_PPC32 "ppc32"
#define OTEL_HOST_ARCH_PPC64 "ppc64"
#define OTEL_HOST_ARCH_S390X "s390x"
#define OTEL_HOST_ARCH_X86 "x86"

/* int, development */
#define OTEL_HOST_CPU_CACHE_L2_SIZE "host.cpu.cache.l2.size"

/* string, development */
#define OTEL_HOST_CPU_FAMILY "host.cpu.family"

/* string, development */
#define OTEL_HOST_CPU_MODEL_ID "host.cpu.model.id"

/* string, development */
#define OTEL_HOST_CPU_MODEL_NAME "host.cpu.model.name"

/* string, development */
#define OTEL_HOST_CPU_STEPPING "host.cpu.stepping"

/* string, development */
#define OTEL_HOST_CPU_VENDOR_ID "host.cpu.vendor.id"

/* string, development */
#define OTEL_HOST_ID "host.id"

/* string, development */
#define OTEL_HOST_IMAGE_ID "host.image.id"

/* string, development */
#define OTEL_HOST_IMAGE_NAME "host.image.name"

/* string, development */
#define OTEL_HOST_IMAGE_VERSION "host.image.version"

/* string[], development */
#define OTEL_HOST_IP "host.ip"

/* string[], development */
#define OTEL_HOST_MAC "host.mac"

/* string, development */
#define OTEL_HOST_NAME "host.name"

/* string, development */
#define OTEL_HOST_TYPE "host.type"

#endif
