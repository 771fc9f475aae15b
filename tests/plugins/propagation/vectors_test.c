/* SPDX-License-Identifier: Apache-2.0
 *
 * vectors_test.c - every row of the vectors through the whole SDK, with OTEL_PROPAGATORS as the row names them.
 */
#include "support/propagation_vectors.h"

#include <otel/sdk.h>

#include "support/suite.h"

static char running[64];

/* Starts the SDK anew if it runs with other propagators. */
static void use(const char *propagators)
{
	const otel_setting settings[] = {{"otel.propagators", propagators}, {"traces.exporter", "none"}};
	otel_status status;

	if (!strcmp(running, propagators))
		return;
	status = *running ? otel_sdk_stop(2000) : OTEL_OK;
	ck_assert_int_eq(status, OTEL_OK);
	status = otel_sdk_start(OTEL_SDK_OPTIONS(.settings = settings, .setting_count = 2));
	ck_assert_msg(status == OTEL_OK, "%s: %s", propagators, otel_last_error());
	snprintf(running, sizeof(running), "%s", propagators);
}

static void use_those_of(const json_t *vector)
{
	const char *propagator = text(vector, "propagator");
	const char *list = strchr(propagator, ':');

	use(list ? list + 1 : propagator);
}

static bool every(const json_t *vector)
{
	(void)vector;
	return true;
}

static void extract(const json_t *vector)
{
	use_those_of(vector);
	check_extract(vector);
}

static void inject(const json_t *vector)
{
	use_those_of(vector);
	check_inject(vector);
}

/* What a carrier over variables calls the header. */
static void normalize(const json_t *vector)
{
	otel_environment *environment = otel_environment_create(NULL);
	otel_carrier carrier = otel_environment_carrier(environment);
	const char *key = text(vector, "key");

	ck_assert_str_eq(text(vector, "propagator"), "envcarrier");
	carrier.set(carrier.self, key, "value");
	ck_assert_str_eq(carrier.key(carrier.self, 0), text(json_object_get(vector, "expected"), "key"));
	ck_assert_str_eq(carrier.get(carrier.self, key, 0), "value");
	otel_environment_destroy(environment);
}

/* The member `ot` of tracestate is read by samplers, whose test has these rows. */
static void left_to_the_sampler(const json_t *vector)
{
	ck_assert_str_eq(text(vector, "propagator"), "ottracestate");
}

START_TEST(no_row_is_left_out)
{
	unsigned count = check_all("extract", every, extract);

	count += check_all("inject", every, inject);
	count += check_all("normalize", every, normalize);
	ck_assert_uint_eq(count, 126);
	count += check_all("parse", every, left_to_the_sampler);
	ck_assert_uint_eq(count, json_array_size(vectors));
}
END_TEST

SUITE_MAIN_WITH("propagation_vectors", vectors_load, vectors_unload, {no_row_is_left_out, 0})
