/* SPDX-License-Identifier: Apache-2.0
 *
 * component.h - the components that plugins registered: the half of the registry that knows kinds and names. Start
 * thread only, as the registry.
 */
#ifndef OTEL_PLUGIN_COMPONENT_H
#define OTEL_PLUGIN_COMPONENT_H

#include "plugin/registry.h"

/* Behind host->add(). */
otel_status component_add(otel_setup *owner, otel_kind kind, const char *name, const void *vtable, void *self);

/* NULL when there is none of that name. */
struct component *component_find(otel_kind kind, const char *name);

/* The next registered one of a kind, in the order of registration; after NULL the first. NULL: no more. */
struct component *component_next(otel_kind kind, const struct component *after);

/* Allocates the state and calls open(), unless it is open. false: the reason has been said, naming origin. */
bool component_open(struct component *component, const char *origin);

/* Takes the components of one plugin, or of all (NULL), out of the registry. */
void component_forget(const otel_setup *owner);

/* The module to look for a component in that is not registered yet; name itself unless a module of ours has it. */
const char *component_module(otel_kind kind, const char *name);

/* "a propagator", "an exporter" …; "a component" for kinds this host does not know. */
const char *component_article(otel_kind kind);

/* What a status means, in words for messages. */
const char *component_reason(otel_status status);

#endif
