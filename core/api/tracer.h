/* SPDX-License-Identifier: Apache-2.0
 *
 * tracer.h - the tracer that stands in when there is no better.
 */
#ifndef OTEL_API_TRACER_H
#define OTEL_API_TRACER_H

#include "api/own_slot.h"

extern struct otel_tracer tracer_unnamed HIDDEN;

#endif
