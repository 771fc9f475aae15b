/* SPDX-License-Identifier: Apache-2.0
 *
 * propagator.h - a propagator of a module as it was built, through the registry, over real contexts. MODULE names it.
 */
#ifndef TESTS_PROPAGATION_PROPAGATOR_H
#define TESTS_PROPAGATION_PROPAGATOR_H

#include <otel/otel.h>

#include "core/api/header_list.h"
#include "core/plugin/support.h"

static struct config *config;
static struct header_list headers;

static inline void propagators_begin(void)
{
	char *path = path_of(build_dir(), "lib/otel-c/" MODULE ".so");
	otel_status status;

	said();
	config = round_begin(NULL);
	status = registry_load(path, "test");
	ck_assert_msg(status == OTEL_OK, "%s", said());
	free(path);
}

static inline void propagators_end(void)
{
	round_end(config);
	header_list_clear(&headers);
}

static inline struct component *open_propagator(const char *name)
{
	struct component *c = registry_open(OTEL_COMPONENT_PROPAGATOR, name, "test");

	ck_assert_msg(c != NULL, "%s", said());
	return c;
}

/* From the headers of the test; a reference, NULL if there was nothing usable. */
static inline otel_context *extract(const char *name, otel_context *base)
{
	struct component *c = open_propagator(name);
	otel_carrier carrier = header_list_carrier(&headers);

	return ((const otel_propagator *)c->vtable)->extract(c->self, base, &carrier);
}

/* Into the headers of the test, which are emptied first. */
static inline void inject(const char *name, const otel_context *context)
{
	struct component *c = open_propagator(name);
	otel_carrier carrier = header_list_carrier(&headers);

	header_list_clear(&headers);
	((const otel_propagator *)c->vtable)->inject(c->self, context, &carrier);
}

/* Is header name the value? value NULL: is it absent? */
static inline void ck_header(const char *name, const char *value)
{
	const char *is = header_list_get(&headers, name, 0);

	ck_assert_msg(value ? is && !strcmp(is, value) : !is, "%s is %s, not %s", name, is ? is : "absent",
		      value ? value : "absent");
}

static inline otel_context *with_entry(otel_context *taken, const char *name, const char *value)
{
	otel_baggage *baggage = otel_baggage_with(otel_context_baggage(taken), name, value, NULL);
	otel_context *with = otel_context_with_baggage(taken, baggage);

	otel_baggage_unref(baggage);
	otel_context_unref(taken);
	return with;
}

static inline otel_context *context_of(uint8_t first, uint8_t flags)
{
	otel_span_context sc = {.trace_id = {first, 2, 3, [15] = 0xff}, .span_id = {4, [7] = 5}, .trace_flags = flags};

	return otel_context_with_span_context(NULL, &sc, NULL);
}

/* context_of() as hex */
#define TRACE_1                                                                                                        \
	"01020300"                                                                                                     \
	"00000000"                                                                                                     \
	"00000000"                                                                                                     \
	"000000ff"
#define SPAN "0400000000000005"

#endif
