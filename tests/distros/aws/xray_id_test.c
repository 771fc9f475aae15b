/* SPDX-License-Identifier: Apache-2.0
 *
 * xray_id_test.c - trace ids as X-Ray files them: section xray_id of the vectors, put to the module's own vtable. The
 * clock is the test's: the state is opened anew with a host whose unix_ns() is ours.
 */
#include "distros/aws/vectors.h"

#include <math.h>

static struct config *config;
static const otel_id_generator *generator;
static otel_host host;
static uint64_t now_ns;
static uint64_t state[8];

static uint64_t our_clock(void)
{
	return now_ns;
}

static void setup(void)
{
	said();
	vectors_open();
	config = round_begin(NULL);
	struct component *c = open_xray(OTEL_COMPONENT_ID_GENERATOR);
	generator = c->vtable;
	host = registry_host;
	host.unix_ns = our_clock;
	ck_assert_uint_le(generator->component.state_size, sizeof state);
	ck_assert_int_eq(generator->component.open(state, &host, c->owner), OTEL_OK);
}

static void teardown(void)
{
	round_end(config);
}

static void trace_id_at(uint64_t seconds, const uint8_t low96[12], uint8_t out[16])
{
	uint8_t random[16] = {0xff, 0xff, 0xff, 0xff};
	memcpy(random + 4, low96, 12);
	now_ns = seconds * 1000000000u + 999999999u;
	generator->trace_id(state, random, out);
}

static uint64_t big_endian(const uint8_t *bytes, size_t len)
{
	uint64_t value = 0;
	for (size_t i = 0; i < len; i++)
		value = value << 8 | bytes[i];
	return value;
}

static void check_layout(json_t *row)
{
	uint8_t low[12], id[16], expected[16];
	char xray[36], hex[33] = {0};
	hex_of(row, "random_96_bits_hex", low, 12);
	hex_of(row, "trace_id", expected, 16);
	trace_id_at((uint64_t)json_number_value(json_object_get(row, "epoch_seconds")), low, id);
	ck_assert_msg(memcmp(id, expected, 16) == 0, "%s", text_of(row, "id"));
	str_to_hex(hex, id, 16);
	snprintf(xray, sizeof xray, "1-%.8s-%s", hex, hex + 8);
	ck_assert_str_eq(xray, text_of(row, "xray_form"));
}

/* A ratio sampler reads the low 64 bits: they must be the random ones, untouched, for its decision to be fair. */
static void check_ratio(json_t *row)
{
	uint8_t wanted[16], id[16];
	hex_of(row, "trace_id", wanted, 16);
	trace_id_at(big_endian(wanted, 4), wanted + 4, id);
	ck_assert_mem_eq(id, wanted, 16);
	double rate = json_number_value(json_object_get(row, "rate"));
	double bound = json_number_value(json_object_get(row, "bound"));
	ck_assert_msg(fabs(ldexp(rate, 64) - bound) <= 4096, "%s", text_of(row, "id"));
	bool sampled = big_endian(id + 8, 8) < (uint64_t)bound;
	ck_assert_msg(sampled == json_boolean_value(json_object_get(row, "sampled")), "%s", text_of(row, "id"));
}

/* The age a backend reads off the id is the true one. */
static void check_window(json_t *row)
{
	static const uint8_t low[12] = {1};
	uint8_t id[16];
	int64_t now = (int64_t)json_number_value(json_object_get(row, "now_epoch"));
	trace_id_at((uint64_t)json_number_value(json_object_get(row, "trace_epoch")), low, id);
	int64_t age = now - (int64_t)big_endian(id, 4);
	bool accepted = age <= 28 * 86400 && age >= -300;
	ck_assert_msg(accepted == json_boolean_value(json_object_get(row, "accepted")), "%s", text_of(row, "id"));
}

START_TEST(every_row_of_the_vectors_holds)
{
	static const struct {
		const char *kind;
		void (*check)(json_t *row);
	} checks[] = {
		{"layout", check_layout}, {"ratio_lower_64_bits", check_ratio}, {"backend_epoch_window", check_window}};
	json_t *row;
	size_t i, checked = 0;
	json_array_foreach(vectors_of("xray_id"), i, row)
	{
		for (size_t k = 0; k < sizeof checks / sizeof *checks; k++) {
			if (strcmp(text_of(row, "kind"), checks[k].kind) != 0)
				continue;
			checks[k].check(row);
			checked++;
		}
	}
	ck_assert_uint_eq(checked, json_array_size(vectors_of("xray_id")));
}
END_TEST

START_TEST(span_ids_are_left_to_the_core_and_trace_ids_count_as_random)
{
	ck_assert_ptr_null(generator->span_id);
	ck_assert(generator->trace_id_is_random);
}
END_TEST

START_TEST(with_the_real_clock_ids_begin_with_now)
{
	struct component *c = registry_open(OTEL_COMPONENT_ID_GENERATOR, "xray", "test");
	const uint8_t random[16] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
	uint8_t id[16];
	uint64_t before = registry_host.unix_ns() / 1000000000u;
	generator->trace_id(c->self, random, id);
	uint64_t after = registry_host.unix_ns() / 1000000000u;
	ck_assert_uint_ge(big_endian(id, 4), before);
	ck_assert_uint_le(big_endian(id, 4), after);
	ck_assert_mem_eq(id + 4, random + 4, 12);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("xray_id");
	TCase *tc = tcase_create("xray_id");
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, every_row_of_the_vectors_holds);
	tcase_add_test(tc, span_ids_are_left_to_the_core_and_trace_ids_count_as_random);
	tcase_add_test(tc, with_the_real_clock_ids_begin_with_now);
	suite_add_tcase(suite, tc);
	int status = run_suite(suite);
	json_decref(vectors_root);
	return status;
}
