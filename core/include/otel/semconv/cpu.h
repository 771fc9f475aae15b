/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/cpu.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_CPU_H
#define OTEL_SEMCONV_CPU_H

/* int, development */
#define OTEL_CPU_LOGICAL_NUMBER "cpu.logical_number"

/* string, release_candidate */
#define OTEL_CPU_MODE "cpu.mode"
#define OTEL_CPU_MODE_USER "user"
#define OTEL_CPU_MODE_SYSTEM "system"
#define OTEL_CPU_MODE_NICE "nice"
#define OTEL_CPU_MODE_IDLE "idle"
#define OTEL_CPU_MODE_IOWAIT "iowait"
#define OTEL_CPU_MODE_INTERRUPT "interrupt"
#define OTEL_CPU_MODE_STEAL "steal"

#endif
