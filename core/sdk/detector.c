/* SPDX-License-Identifier: Apache-2.0
 *
 * detector.c - all begin side by side and have one deadline together.
 *
 * A detection under way is a word: an odd number, never re-used, which plugins hold as their op. Whoever swaps that
 * number for the address of an answer has finished it, so that a late or second end can do no harm, and no lock is
 * needed that a fork could find taken.
 */
#include "sdk/detector.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "plugin/component.h"
#include "sdk/http_door.h"
#include "util/clock.h"
#include "util/diag.h"

enum { OP_INDEX_BITS = 5, OP_INDEX_SHIFT = 1 };
_Static_assert(DETECTORS_MAX <= 1 << OP_INDEX_BITS, "a detector's index must fit into an op");

struct detection {
	struct component *component;
	_Atomic uintptr_t
		word; /* 0: nothing is under way; odd: the op; else the address of an answer, not taken in yet */
	_Atomic uintptr_t last_op;
	_Atomic bool given_up; /* last_op was */
	bool begun;
	uint64_t begun_at;
	struct detector_answer *answer;
};

static struct {
	struct detection list[DETECTORS_MAX];
	size_t count;
	uint32_t timeout_ms;
	uint64_t deadline; /* 0: nothing began yet */
} run;

static uintptr_t last_number;

/* ---- answers ---- */

static void answer_free(struct detector_answer *answer)
{
	if (!answer)
		return;
	resource_set_fini(&answer->set);
	free(answer->schema_url);
	free(answer->message);
	free(answer);
}

static char *copy_text(const char *text)
{
	return text && *text ? strdup(text) : NULL;
}

/* Out of memory: NULL. What is wrong with an attribute has been said. */
static struct detector_answer *answer_make(const char *name, otel_status status, const otel_attr *attrs, size_t count)
{
	struct detector_answer *answer = calloc(1, sizeof *answer);

	if (!answer)
		return NULL;
	answer->status = status;
	for (size_t i = 0; attrs && status == OTEL_OK && i < count; i++)
		if (!resource_set_put(&answer->set, &attrs[i]))
			diag(DIAG_WARN, "detector \"%s\": attribute %zu is left out: no key, no such type, or no room",
			     name, i + 1);
	return answer;
}

/* false: the op is over. */
static bool land(struct detection *d, uintptr_t op, struct detector_answer *answer)
{
	if (atomic_compare_exchange_strong(&d->word, &op, (uintptr_t)answer))
		return true;
	answer_free(answer);
	return false;
}

static void say_over(const struct detection *d, uintptr_t op)
{
	if (op == atomic_load(&d->last_op) && !atomic_load(&d->given_up))
		diag(DIAG_ERROR, "detector \"%s\" finished twice; only the first answer counts", d->component->name);
}

void detector_finish(otel_detect_op *op, otel_status status, const otel_attr *attrs, size_t count,
		     const char *schema_url, const char *message)
{
	const uintptr_t number = (uintptr_t)op;
	struct detection *d = &run.list[number >> OP_INDEX_SHIFT & (DETECTORS_MAX - 1)];

	if (!(number & 1))
		return;
	if (atomic_load(&d->word) != number) {
		say_over(d, number);
		return;
	}
	struct detector_answer *answer = answer_make(d->component->name, status, attrs, count);
	if (answer) {
		answer->schema_url = copy_text(schema_url);
		answer->message = copy_text(message);
		if (!land(d, number, answer))
			say_over(d, number);
	} else {
		uintptr_t running = number;
		atomic_compare_exchange_strong(&d->word, &running, 0); /* out of memory: it goes without */
	}
	door_wake();
}

/* ---- the round ---- */

void detector_release(void)
{
	for (size_t i = 0; i < DETECTORS_MAX; i++) {
		struct detection *d = &run.list[i];
		const uintptr_t word = atomic_exchange(&d->word, 0);
		if (word && !(word & 1))
			answer_free((struct detector_answer *)word);
		answer_free(d->answer);
		d->answer = NULL;
		d->begun = false;
		atomic_store(&d->given_up, true); /* by who is late from the round before */
	}
	run.count = 0;
	run.deadline = 0;
}

void detector_setup(struct component *const *list, size_t count, uint32_t timeout_ms)
{
	detector_release();
	run.count = count < DETECTORS_MAX ? count : DETECTORS_MAX;
	run.timeout_ms = timeout_ms;
	for (size_t i = 0; i < run.count; i++)
		run.list[i].component = list[i];
}

size_t detector_count(void)
{
	return run.count;
}

const struct component *detector_at(size_t index)
{
	return run.list[index].component;
}

const struct detector_answer *detector_answer_of(size_t index)
{
	return run.list[index].answer;
}

static bool is_running(const struct detection *d)
{
	return atomic_load(&d->word) & 1;
}

static void say_answer(const struct detection *d)
{
	const struct detector_answer *a = d->answer;
	const char *why = a->message ? a->message : component_reason(a->status);

	if (a->status == OTEL_OK)
		diag(DIAG_DEBUG, "detector \"%s\": %zu attributes after %llu ms", d->component->name, a->set.count,
		     (unsigned long long)a->took_ms);
	else if (a->status == OTEL_NOT_FOUND)
		diag(DIAG_DEBUG, "detector \"%s\": this is not its platform", d->component->name);
	else
		diag(DIAG_WARN, "detector \"%s\": %s; telemetry goes without its attributes", d->component->name, why);
}

/* Taken in before the word is given back: a fork in between finds an answer, not a hole. */
static bool take(struct detection *d)
{
	const uintptr_t word = atomic_load_explicit(&d->word, memory_order_acquire);
	struct detector_answer *before = d->answer;

	if (!word || word & 1)
		return false;
	d->answer = (struct detector_answer *)word;
	d->answer->took_ms = clock_mono_ms() - d->begun_at;
	atomic_store(&d->word, 0);
	answer_free(before);
	say_answer(d);
	return true;
}

void detector_begin(size_t index)
{
	struct detection *d = &run.list[index];
	const otel_detector *vtable = d->component->vtable;
	const uintptr_t op =
		(uintptr_t)(++last_number << (OP_INDEX_BITS + OP_INDEX_SHIFT) | index << OP_INDEX_SHIFT | 1);

	d->begun = true;
	d->begun_at = clock_mono_ms();
	atomic_store(&d->last_op, op);
	atomic_store(&d->given_up, false);
	atomic_store(&d->word, op);
	const otel_status status = vtable->detect(d->component->self, (otel_detect_op *)op);
	if (status != OTEL_OK && atomic_load(&d->word) == op)
		detector_finish((otel_detect_op *)op, status, NULL, 0, NULL, NULL);
	take(d);
}

/* True when there was something to give up. */
static bool give_up(struct detection *d)
{
	const otel_detector *vtable = d->component->vtable;
	uintptr_t op = atomic_load(&d->word);

	if (!(op & 1))
		return false;
	atomic_store(&d->given_up, true);
	if (!atomic_compare_exchange_strong(&d->word, &op, 0)) /* it came just now */
		return false;
	if (vtable->cancel)
		vtable->cancel(d->component->self, (otel_detect_op *)op);
	return true;
}

static void begin_all(uint64_t now_ms)
{
	for (size_t i = 0; i < run.count; i++)
		if (!run.list[i].begun)
			detector_begin(i);
	run.deadline = now_ms + run.timeout_ms;
}

static void give_up_late(void)
{
	for (size_t i = 0; i < run.count; i++)
		if (give_up(&run.list[i]))
			diag(DIAG_WARN,
			     "detector \"%s\": no answer within %u ms ([resource] detectors_timeout); telemetry goes "
			     "without its attributes",
			     run.list[i].component->name, run.timeout_ms);
}

bool detector_step(uint64_t now_ms, bool *changed)
{
	bool awaited = false;

	if (!run.deadline) {
		begin_all(now_ms);
		*changed = true;
	}
	if (now_ms >= run.deadline)
		give_up_late();
	for (size_t i = 0; i < run.count; i++) {
		if (take(&run.list[i]))
			*changed = true;
		awaited = awaited || is_running(&run.list[i]);
	}
	return awaited;
}

uint64_t detector_deadline(void)
{
	for (size_t i = 0; i < run.count; i++)
		if (atomic_load(&run.list[i].word))
			return run.deadline;
	return UINT64_MAX;
}

void detector_end(void)
{
	for (size_t i = 0; i < run.count; i++)
		give_up(&run.list[i]);
}

void detector_fork_child(void)
{
	for (size_t i = 0; i < run.count; i++) {
		struct detection *d = &run.list[i];
		if (!is_running(d))
			continue;
		atomic_store(&d->given_up, true); /* by the parent's requests, which are answered as cancelled here */
		atomic_store(&d->word, 0);
		d->begun = false;
		run.deadline = 0;
	}
}
