/* SPDX-License-Identifier: Apache-2.0
 *
 * signal.h - which signal a request in protobuf holds. The bytes do not say it: an envelope of spans looks like
 * one of metrics or of log records. What is in it tells by the types of its fields. Pure.
 */
#ifndef OTEL_TOOLS_SEND_SIGNAL_H
#define OTEL_TOOLS_SEND_SIGNAL_H

#include <otel/plugin.h>

#include <stddef.h>
#include <stdint.h>

/* 0: there is nothing in it that tells. */
uint32_t send_signal_of(const uint8_t *request, size_t len);

/* "spans", and "OTEL_TRACES_EXPORTER". */
const char *send_signal_items(uint32_t signal);
const char *send_signal_variable(uint32_t signal);

/* "traces", "metrics" or "logs" as otel_signal; 0: it is none of them. */
uint32_t send_signal_named(const char *name);

#endif
