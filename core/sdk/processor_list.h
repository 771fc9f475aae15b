/* SPDX-License-Identifier: Apache-2.0
 *
 * processor_list.h - which span processors run, and in which order.
 */
#ifndef OTEL_SDK_PROCESSOR_LIST_H
#define OTEL_SDK_PROCESSOR_LIST_H

#include "plugin/registry.h"

/* Opens those of [traces] processors, and those that a setting of their own turns on: baggage before them, redaction
 * after all others, wherever it is named. Returns how many there are in out. */
size_t processor_list_open(const struct config *config, struct component **out, size_t max);

#endif
