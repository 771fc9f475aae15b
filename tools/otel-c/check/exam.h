/* SPDX-License-Identifier: Apache-2.0
 *
 * exam.h - a module under examination: its plugin, a host that notes what it is asked, and the components that were
 * registered. One for each process.
 */
#ifndef OTEL_TOOLS_CHECK_EXAM_H
#define OTEL_TOOLS_CHECK_EXAM_H

#include "plugin/registry.h"

#define EXAM_COMPONENTS 64

/* What is running, which decides what the plugin may ask the host for. */
enum phase { PHASE_NONE, PHASE_SETUP, PHASE_CONFIGURE, PHASE_OPEN, PHASE_RUN, PHASE_DECIDE, PHASE_PROCESS, PHASE_SIGN };

struct exam {
	const char *path; /* of the module */
	bool is_furnished; /* keys of the plugin that are not set get made-up values */
	const otel_plugin *plugin;
	otel_setup setup;
	enum phase phase;
	struct component components[EXAM_COMPONENTS];
	size_t count;
	const otel_context *parent; /* what host->sampling_context() answers in PHASE_DECIDE */
	unsigned replaced; /* calls of host->batch_replace() in PHASE_PROCESS */
};

extern struct exam exam;

/* The recording host (host.c). */
const otel_host *exam_host(void);

/* The last line that was logged; "" if none. */
extern char exam_log[256];

/* Maps exam.path and reads the configuration: the environment, and the profile beside it. false: there is no plugin in
 * it, which was noted. */
bool exam_load(void);

/* setup() and configure(), watched. false: it cannot be gone on with, which was noted. */
bool exam_set_up(void);

/* Opens a component with open(), watched; and closes it. status gets the answer. true: it may be used. */
bool exam_open(struct component *component, otel_status *status);
void exam_close(struct component *component);

/* "authenticator \"acme\"", for steps. Static storage, used anew by each call. */
const char *exam_name(const struct component *component);

/* What otel-c itself said since stderr was so long; cut if longer. */
void exam_said(long from, char *text, size_t cap);

/* A value that stands in for a secret; no message may hold it. Notes it if one does. */
#define EXAM_SECRET "s3cr3t-made-up"
void exam_hush(const char *where, const char *text);

#endif
