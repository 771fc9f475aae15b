/* SPDX-License-Identifier: Apache-2.0
 *
 * detector_finding.h - what one of the core's own detectors has found so far. Out of memory it holds less.
 */
#ifndef OTEL_SDK_DETECTOR_FINDING_H
#define OTEL_SDK_DETECTOR_FINDING_H

#include <otel/plugin.h>

/* The state of every detector of the core. */
struct detector_own {
	const otel_host *host;
	otel_setup *setup;
};

otel_status detector_own_open(void *self, const otel_host *host, otel_setup *setup);

#define DETECTOR_OWN(function)                                                                                         \
	{                                                                                                              \
		.component = {.size = sizeof(otel_detector),                                                           \
			      .state_size = sizeof(struct detector_own),                                               \
			      .open = detector_own_open},                                                              \
		.detect = function,                                                                                    \
	}

struct finding {
	const struct detector_own *own;
	const char *opt_in; /* [resource] opt_in */
	otel_attr *attrs;
	size_t count;
	size_t cap;
	struct finding_piece *pieces; /* memory of keys and values */
};

struct finding finding_begin(const struct detector_own *own);

/* Copies key and value; an empty value is no finding. */
void finding_text(struct finding *f, const char *key, const char *value);
/* The same, empty or not: for what people have set. */
void finding_setting(struct finding *f, const char *key, const char *value);
void finding_int(struct finding *f, const char *key, int64_t value);
void finding_bool(struct finding *f, const char *key, bool value);
void finding_texts(struct finding *f, const char *key, const char *const *values, size_t count);

/* Whether an attribute that is found out only on request is asked for. */
bool finding_wants(const struct finding *f, const char *key);

/* Hands over and frees it; without attributes it is OTEL_NOT_FOUND. */
void finding_end(struct finding *f, otel_detect_op *op);

#endif
