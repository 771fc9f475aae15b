/* SPDX-License-Identifier: Apache-2.0
 *
 * components.h - registering components with the recording host, and exercising them.
 */
#ifndef OTEL_TOOLS_CHECK_COMPONENTS_H
#define OTEL_TOOLS_CHECK_COMPONENTS_H

#include "tools/otel-c/check/exam.h"

/* Behind host->add() of the recording host. */
otel_status components_add(otel_setup *setup, otel_kind kind, const char *name, const void *vtable, void *self);

/* In how many processes of its own a component is exercised, and the index-th of them. It is registered, not open. */
unsigned components_rounds(otel_kind kind);
void components_exercise(struct component *component, unsigned round);

/* One file each. The component is open; what they find is noted. */
void check_ids(struct component *component, unsigned round);
void check_propagator(struct component *component, unsigned round);
void check_response_propagator(struct component *component, unsigned round);
void check_sampler(struct component *component, unsigned round);
void check_detector(struct component *component, unsigned round);
void check_span_processor(struct component *component, unsigned round);
void check_log_processor(struct component *component, unsigned round);
void check_batch_processor(struct component *component, unsigned round);
void check_producer(struct component *component, unsigned round);
void check_exporter(struct component *component, unsigned round);
void check_authenticator(struct component *component, unsigned round);
void check_command(struct component *component, unsigned round);

#endif
