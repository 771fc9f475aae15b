/* SPDX-License-Identifier: Apache-2.0
 *
 * ot_tracestate.h - the tracestate member "ot", where OpenTelemetry's own concerns are (specification/trace/
 * tracestate-handling.md): `ot=th:fd70a;rv:6e6d1a75832a2f`. Pure.
 *
 * th is the threshold under which a trace was left out, rv the randomness it was compared with; both have 56 bits. A
 * trace is kept where its randomness is not below the threshold.
 */
#ifndef OTEL_UTIL_OT_TRACESTATE_H
#define OTEL_UTIL_OT_TRACESTATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define OT_RANGE      (UINT64_C(1) << 56) /* randomness and thresholds are below it */
#define OT_DIGITS     14
#define OT_MAX        256 /* characters of the member's value */
#define OT_EDIT_EXTRA (OT_MAX + 4) /* what an edit can add to a tracestate: "ot=", the value, a comma */

struct ot_state {
	bool has_threshold;
	bool has_random;
	uint64_t threshold;
	uint64_t random;
};

/* Reads the member's value. A sub-key that is malformed or there twice counts as absent. */
struct ot_state ot_value_read(const char *value, size_t len);

/* The same, of a whole tracestate. */
struct ot_state ot_read(const char *tracestate, size_t len);

/* What stands for rv where there is none: the low 56 bits. */
uint64_t ot_random_of_trace(const uint8_t trace_id[16]);

/* As th has it, without the zeros at the end: "0", "8", "fd70a". Terminated. */
void ot_threshold_text(uint64_t threshold, char out[OT_DIGITS + 1]);

/* As rv has it: always 14 digits. */
void ot_random_text(uint64_t random, char out[OT_DIGITS + 1]);

/* The threshold of a probability, rounded to four digits and one more for each f they begin with (specification/trace/
 * tracestate-probability-sampling.md). 1 gives 0; below 2^-56 counts as 2^-56. */
uint64_t ot_threshold(double probability);
uint64_t ot_threshold_precise(double probability, unsigned digits);

struct ot_change {
	const char *key; /* "th" */
	const char *value; /* NULL: it is taken out */
};

enum ot_edit {
	OT_SAME, /* it says so already: nothing was written */
	OT_CHANGED,
	OT_TOO_LONG /* the member would exceed OT_MAX: nothing was written */
};

/* The tracestate after the changes: other sub-keys stay, the member comes first, and the rightmost goes if there would
 * be more than 32. out has room for len + OT_EDIT_EXTRA bytes; *out_len may come to 0. */
enum ot_edit ot_edit(const char *tracestate, size_t len, const struct ot_change *changes, size_t count, char *out,
		     size_t *out_len);

#endif
