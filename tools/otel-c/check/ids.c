/* SPDX-License-Identifier: Apache-2.0
 *
 * ids.c - id generators: never zero, never the same, nothing beyond the buffer.
 */
#include <stdio.h>
#include <string.h>

#include "tools/otel-c/check/components.h"
#include "tools/otel-c/check/notes.h"
#include "tools/otel-c/check/watch.h"

#define IDS    1000u
#define CANARY 0xa5

struct ids {
	const struct component *component;
	const char *part; /* "trace_id()" */
	size_t len;
	bool is_zero, is_over, is_same, is_fixed;
	uint8_t all[IDS][16];
};

static void random_bytes(uint8_t *out, size_t len)
{
	for (size_t i = 0; i < len; i += 8) {
		uint64_t word = exam_host()->random();

		memcpy(out + i, &word, 8);
	}
}

static void make(struct ids *ids, size_t index, struct watch *call)
{
	const otel_id_generator *generator = ids->component->vtable;
	uint8_t random[16];
	uint8_t out[32];

	random_bytes(random, sizeof random);
	memset(out, 0, ids->len);
	memset(out + ids->len, CANARY, sizeof out - ids->len);
	watch_begin(call);
	if (ids->len == 16)
		generator->trace_id(ids->component->self, random, out);
	else
		generator->span_id(ids->component->self, random, out);
	watch_end(call);
	for (size_t i = ids->len; i < sizeof out; i++)
		ids->is_over |= out[i] != CANARY;
	memcpy(ids->all[index], out, ids->len);
}

/* Is the low half of two ids the same? Told by 7 bytes, the part that promises to be random. */
static bool is_same_tail(const struct ids *ids, size_t a, size_t b)
{
	return memcmp(ids->all[a] + ids->len - 7, ids->all[b] + ids->len - 7, 7) == 0;
}

static void compare(struct ids *ids)
{
	static const uint8_t zero[16];

	for (size_t i = 0; i < IDS; i++) {
		ids->is_zero |= memcmp(ids->all[i], zero, ids->len) == 0;
		for (size_t j = 0; j < i; j++) {
			ids->is_same |= memcmp(ids->all[i], ids->all[j], ids->len) == 0;
			ids->is_fixed |= is_same_tail(ids, i, j);
		}
	}
}

static void say(const struct ids *ids, bool is_good, const char *what, const char *cure, const char *found)
{
	char rule[RULE_SIZE];

	snprintf(rule, sizeof rule, "%s of %s %s", ids->part, exam_name(ids->component), what);
	note(is_good, rule, cure, "%s of %s %s", ids->part, exam_name(ids->component), found);
}

static void check_part(struct ids *ids)
{
	struct watch call;

	watch_init(&call, "%s of %s", ids->part, exam_name(ids->component));
	call.keeps_errno = true;
	for (size_t i = 0; i < IDS; i++)
		make(ids, i, &call);
	watch_judge(&call);
	compare(ids);
	say(ids, !ids->is_over, "writes its id only", "write 16 bytes of a trace id, 8 of a span id",
	    "wrote beyond the end of the id");
	say(ids, !ids->is_zero, "makes ids that are not zero", "zero is no id: take the random bytes instead",
	    "made an id of zeros");
	say(ids, !ids->is_same || ids->is_zero, "makes different ids", "put the random bytes that it gets into the id",
	    "made the same id twice");
}

void check_ids(struct component *component, unsigned round)
{
	static struct ids traces, spans;
	const otel_id_generator *generator = component->vtable;

	(void)round;
	traces = (struct ids){.component = component, .part = "trace_id()", .len = 16};
	check_part(&traces);
	if (generator->trace_id_is_random)
		say(&traces, !traces.is_fixed, "makes the low 56 bits at random", "set trace_id_is_random to false",
		    "says that the low 56 bits of its ids are random, but they were the same twice");
	if (!generator->span_id)
		return;
	spans = (struct ids){.component = component, .part = "span_id()", .len = 8};
	check_part(&spans);
}
