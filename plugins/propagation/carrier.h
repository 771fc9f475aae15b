/* SPDX-License-Identifier: Apache-2.0
 *
 * carrier.h - headers of a carrier, whatever its version, with bounds that a carrier without end cannot exceed.
 */
#ifndef OTEL_PROPAGATION_CARRIER_H
#define OTEL_PROPAGATION_CARRIER_H

#include <otel/plugin.h>

#include "util/str.h"

/* The value without blanks around it, ptr NULL if there is none. Two headers of one name contradict each other, so they
 * count as none. Borrowed until the next call on the carrier. */
struct view carrier_only(const otel_carrier *carrier, const char *name);

/* Copies the name of the index-th header, in lower case. false past the end, past CARRIER_MAX_NAMES, or where the
 * carrier does not tell names. A name that does not fit gives "". */
#define CARRIER_MAX_NAMES 1024
bool carrier_name(const otel_carrier *carrier, size_t index, char *out, size_t cap);

#endif
