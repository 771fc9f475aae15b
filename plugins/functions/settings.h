/* SPDX-License-Identifier: Apache-2.0
 *
 * settings.h - which functions get spans. From the environment as it was when the library was loaded: the calls come long
 * before and after there is an SDK, and on paths where nothing may be looked up.
 */
#ifndef OTEL_FUNCTIONS_SETTINGS_H
#define OTEL_FUNCTIONS_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>

/* OTEL_C_FUNCTIONS_THRESHOLD in nanoseconds; UINT64_MAX: nobody asked for an SDK, nothing is traced. */
extern uint64_t functions_threshold_ns;

/* By OTEL_C_FUNCTIONS_INCLUDE and _EXCLUDE; name "" is a function without one. */
bool functions_wanted(const char *name);

#endif
