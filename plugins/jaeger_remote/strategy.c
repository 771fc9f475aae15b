/* SPDX-License-Identifier: Apache-2.0
 *
 * strategy.c - see the header.
 */
#include "plugins/jaeger_remote/strategy.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "util/json_depth.h"

#define MAX_DEPTH 16 /* jansson recurses, and the pipeline's stack is small */
#define MAX_RATE  1e9

static uint64_t threshold_of(double probability)
{
	return OT_RANGE - (uint64_t)(probability * (double)OT_RANGE + 0.5);
}

void strategy_init(struct strategy *strategy, double probability)
{
	memset(strategy, 0, sizeof *strategy);
	strategy->kind = STRATEGY_PROBABILITY;
	strategy->threshold = threshold_of(probability);
}

void strategy_fini(struct strategy *strategy)
{
	free(strategy->operations);
	free(strategy->names);
	strategy->operations = NULL;
	strategy->names = NULL;
}

/* ---- reading ---- */

/* proto3 JSON leaves zeros out. */
static bool number_in(const json_t *object, const char *key, double max, double *out)
{
	const json_t *value = json_object_get(object, key);

	*out = 0;
	if (!value || json_is_null(value))
		return true;
	*out = json_number_value(value);
	return json_is_number(value) && *out >= 0 && *out <= max;
}

static const char *read_probability(struct strategy *s, const json_t *object)
{
	double probability;

	if (!number_in(object, "samplingRate", 1.0, &probability))
		return "samplingRate is not 0 to 1";
	strategy_init(s, probability);
	return NULL;
}

static const char *read_rate(struct strategy *s, const json_t *object)
{
	double rate;

	if (!number_in(object, "maxTracesPerSecond", MAX_RATE, &rate))
		return "maxTracesPerSecond is no number from 0 on";
	s->kind = STRATEGY_RATE;
	s->rate = bucket_rate(rate);
	return NULL;
}

static const char *read_operation(struct strategy *s, const json_t *object, char **names)
{
	const json_t *name = json_object_get(object, "operation");
	struct operation *operation = &s->operations[s->operation_count];
	double probability;

	if (!json_is_string(name))
		return "an operation has no name";
	if (!number_in(json_object_get(object, "probabilisticSampling"), "samplingRate", 1.0, &probability))
		return "samplingRate of an operation is not 0 to 1";
	*operation = (struct operation){
		.name = *names, .len = json_string_length(name), .threshold = threshold_of(probability)};
	*names = mempcpy(*names, json_string_value(name), operation->len);
	s->operation_count++;
	return NULL;
}

static int compare(const struct operation *a, const char *name, size_t len)
{
	const int order = memcmp(a->name, name, a->len < len ? a->len : len);

	return order ? order : (a->len > len) - (a->len < len);
}

static int by_name(const void *a, const void *b)
{
	const struct operation *other = b;

	return compare(a, other->name, other->len);
}

/* Room for all names, which the text was long enough for. */
static const char *read_list(struct strategy *s, const json_t *list, size_t text_len)
{
	const size_t count = json_array_size(list);
	const size_t kept = count < STRATEGY_OPERATIONS ? count : STRATEGY_OPERATIONS;
	const char *wrong = NULL;
	char *names;

	if (!count)
		return NULL;
	s->operations = calloc(kept, sizeof *s->operations);
	s->names = names = malloc(text_len);
	if (!s->operations || !names)
		return "there is no memory for it";
	for (size_t i = 0; i < kept && !wrong; i++)
		wrong = read_operation(s, json_array_get(list, i), &names);
	qsort(s->operations, s->operation_count, sizeof *s->operations, by_name);
	return wrong;
}

static const char *read_operations(struct strategy *s, const json_t *object, size_t text_len)
{
	const json_t *list = json_object_get(object, "perOperationStrategies");
	double probability, least;

	if (!number_in(object, "defaultSamplingProbability", 1.0, &probability))
		return "defaultSamplingProbability is not 0 to 1";
	if (!number_in(object, "defaultLowerBoundTracesPerSecond", MAX_RATE, &least))
		return "defaultLowerBoundTracesPerSecond is no number from 0 on";
	if (list && !json_is_array(list) && !json_is_null(list))
		return "perOperationStrategies is no list";
	s->kind = STRATEGY_OPERATION;
	s->threshold = threshold_of(probability);
	s->rate = bucket_rate(least);
	return read_list(s, list, text_len);
}

/* The type is a name or the number of one; left out, it is the first. */
static bool is_rate(const json_t *type)
{
	return (json_is_integer(type) && json_integer_value(type) == 1) ||
	       (json_is_string(type) && !strcmp(json_string_value(type), "RATE_LIMITING"));
}

static const char *read_root(struct strategy *s, const json_t *root, size_t text_len)
{
	const json_t *operations = json_object_get(root, "operationSampling");
	const json_t *probability = json_object_get(root, "probabilisticSampling");
	const json_t *rate = json_object_get(root, "rateLimitingSampling");

	if (json_is_object(operations))
		return read_operations(s, operations, text_len);
	if (json_is_object(rate) && (is_rate(json_object_get(root, "strategyType")) || !json_is_object(probability)))
		return read_rate(s, rate);
	if (json_is_object(probability))
		return read_probability(s, probability);
	return "it names no strategy";
}

const char *strategy_read(struct strategy *strategy, const char *text, size_t len)
{
	json_t *root;
	const char *wrong;

	memset(strategy, 0, sizeof *strategy);
	if (json_is_deeper(text, len, MAX_DEPTH))
		return "its JSON is nested too deep";
	root = json_loadb(text, len, JSON_ALLOW_NUL, NULL);
	if (!root)
		return "it is no JSON";
	wrong = read_root(strategy, root, len);
	json_decref(root);
	if (wrong)
		strategy_fini(strategy);
	return wrong;
}

/* ---- deciding ---- */

static struct operation *find(const struct strategy *s, const char *name, size_t len)
{
	size_t low = 0, high = s->operation_count;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		const int order = compare(&s->operations[middle], name, len);
		if (!order)
			return &s->operations[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

static size_t hash(const char *name, size_t len)
{
	uint64_t h = 14695981039346656037u;

	for (size_t i = 0; i < len; i++)
		h = (h ^ (uint8_t)name[i]) * 1099511628211u;
	return (size_t)(h ^ h >> 32);
}

/* By probability, and beyond that the least for each name; what is kept by probability counts for it too. */
static bool decide_operation(struct strategy *s, const char *name, size_t len, uint64_t random, uint64_t now_ms)
{
	struct operation *operation = find(s, name, len);
	struct bucket *bucket = operation ? &operation->bucket : &s->others[hash(name, len) % STRATEGY_OTHERS];
	const bool is_in_bucket = bucket_take(bucket, &s->rate, now_ms);

	return random >= (operation ? operation->threshold : s->threshold) || is_in_bucket;
}

struct verdict strategy_decide(struct strategy *strategy, const char *name, size_t name_len, uint64_t random,
			       uint64_t now_ms)
{
	struct verdict verdict = {.threshold = strategy->threshold};

	switch (strategy->kind) {
	case STRATEGY_PROBABILITY:
		verdict.is_by_threshold = true;
		verdict.is_kept = random >= strategy->threshold;
		break;
	case STRATEGY_RATE:
		verdict.is_kept = bucket_take(&strategy->bucket, &strategy->rate, now_ms);
		break;
	case STRATEGY_OPERATION:
		verdict.is_kept = decide_operation(strategy, name, name_len, random, now_ms);
		break;
	}
	return verdict;
}
