/* SPDX-License-Identifier: Apache-2.0
 *
 * fake_api.h - as much of libotel_api as the instrumentation of libcurl calls, with a memory of what was said.
 */
#ifndef TESTS_CURL_FAKE_API_H
#define TESTS_CURL_FAKE_API_H

#include <otel/otel.h>

struct fake_span {
	char name[64];
	otel_span_kind kind;
	otel_status_code status;
	char description[128];
	struct {
		char key[64];
		char value[256]; /* ints in decimal */
	} attrs[32];
	int attr_count;
	int attrs_at_start;
	bool current;
	int ended;
};

struct fake_api {
	struct fake_span span; /* the last one */
	int started;
	bool suppressed;
	bool recording; /* default true */
	const otel_header *injected; /* what otel_inject() writes; ends with a NULL name */
	char scope[64];
};

extern struct fake_api fake_api;

void fake_api_reset(void);

/* NULL if the last span has no such attribute. */
const char *fake_attr(const char *key);

#endif
