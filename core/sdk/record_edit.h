/* SPDX-License-Identifier: Apache-2.0
 *
 * record_edit.h - showing the attributes of a record one by one, and removing or replacing some.
 */
#ifndef OTEL_SDK_RECORD_EDIT_H
#define OTEL_SDK_RECORD_EDIT_H

#include <otel/plugin.h>

#include "sdk/record.h"

/* As otel_host.span_edit(). What is removed counts as never set; a new value that has no room counts as dropped. Out of
 * memory nothing is kept that should have gone: then all attributes of the kind that is being edited are dropped. */
void record_edit(struct record_pool *pool, struct record *r, uint32_t where,
		 otel_edit (*visit)(void *arg, otel_attr *attr), void *arg);

#endif
