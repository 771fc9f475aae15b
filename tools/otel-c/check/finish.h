/* SPDX-License-Identifier: Apache-2.0
 *
 * finish.h - asynchronous work: begun by a call, finished once by another, ended early by cancel().
 */
#ifndef OTEL_TOOLS_CHECK_FINISH_H
#define OTEL_TOOLS_CHECK_FINISH_H

#include "tools/otel-c/check/components.h"
#include "tools/otel-c/check/loop.h"
#include "tools/otel-c/check/watch.h"

/* Lets the pipeline run until the work that `call` began is finished; when time is up cancel() is called, if there is
 * one. Notes when it is finished never, or a second time. words: "and the answer is 503". */
bool finish_wait(const struct component *component, const struct watch *call, struct loop_op *op, const char *words,
		 void (*cancel)(const struct component *component, struct loop_op *op));

#endif
