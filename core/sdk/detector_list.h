/* SPDX-License-Identifier: Apache-2.0
 *
 * detector_list.h - which detectors there are to be, from [resource] detectors.
 */
#ifndef OTEL_SDK_DETECTOR_LIST_H
#define OTEL_SDK_DETECTOR_LIST_H

#include "config/config.h"
#include "plugin/registry.h"

/* Opens them in their order; "all" or "*" stands for every one that is registered, and "env" is always there: the
 * specification wants its variables read. Returns how many, at most max. What cannot be used has been said. */
size_t detector_list_open(const struct config *config, struct component **out, size_t max);

#endif
