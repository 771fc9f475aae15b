/* SPDX-License-Identifier: Apache-2.0
 *
 * sink_fault.c - one function for each kind of --fail.
 */
#include "sink_fault.h"

#include <inttypes.h>
#include <stdio.h>

#define REASON "as --fail says"

struct fault {
	const struct sink_fail *fail;
	struct sink_arrival *arrival;
	struct sink_answer *answer;
	char *said;
	size_t said_cap;
};

static void take_nothing(struct sink_arrival *arrival)
{
	sink_arrival_fini(arrival);
	arrival->items = 0;
}

static void refuse(struct fault *f)
{
	char retry_after[40] = "";

	if (f->fail->has_number)
		snprintf(retry_after, sizeof retry_after, ", Retry-After: %" PRIu64, f->fail->number);
	snprintf(f->said, f->said_cap, "answered %u%s: refused %" PRIu64 " %s", f->fail->status, retry_after,
		 f->arrival->items, sink_items_of(f->arrival->signal));
	sink_answer_fini(f->answer);
	sink_answer_failure(f->answer, f->arrival->encoding, f->fail->status, REASON);
	f->answer->has_retry_after = f->fail->has_number;
	f->answer->retry_after = f->fail->number;
	take_nothing(f->arrival);
}

/* From the end; returns how many there were. */
static size_t cut_spans(Otlp__ScopeSpans *scope_spans, size_t most)
{
	size_t cut = 0;

	while (cut < most && scope_spans->n_spans) {
		otlp__span__free_unpacked(scope_spans->spans[--scope_spans->n_spans], NULL);
		cut++;
	}
	return cut;
}

static void reject_spans(struct otlp_request *request, size_t count)
{
	const Otlp__ExportTraceServiceRequest *message = request->message;

	request->spans -= count;
	for (size_t i = message->n_resource_spans; i-- && count;) {
		const Otlp__ResourceSpans *resource_spans = message->resource_spans[i];
		for (size_t k = resource_spans->n_scope_spans; k-- && count;)
			count -= cut_spans(resource_spans->scope_spans[k], count);
	}
}

static void reject(struct fault *f)
{
	struct sink_arrival *arrival = f->arrival;
	const uint64_t rejected = f->fail->number < arrival->items ? f->fail->number : arrival->items;

	snprintf(f->said, f->said_cap, "answered 200: rejected %" PRIu64 " of %" PRIu64 " %s", rejected, arrival->items,
		 sink_items_of(arrival->signal));
	sink_answer_fini(f->answer);
	sink_answer_partial(f->answer, arrival->encoding, arrival->signal, rejected, REASON);
	arrival->items -= rejected;
	if (arrival->spans)
		reject_spans(arrival->spans, (size_t)rejected);
}

static void reset(struct fault *f)
{
	snprintf(f->said, f->said_cap, "reset the connection: refused %" PRIu64 " %s", f->arrival->items,
		 sink_items_of(f->arrival->signal));
	f->answer->manner = SINK_RESET;
	take_nothing(f->arrival);
}

static void drop_reply(struct fault *f)
{
	snprintf(f->said, f->said_cap, "took %" PRIu64 " %s and closed the connection", f->arrival->items,
		 sink_items_of(f->arrival->signal));
	f->answer->manner = SINK_CLOSED;
}

static void hang(struct fault *f)
{
	snprintf(f->said, f->said_cap, "gives no answer: refused %" PRIu64 " %s", f->arrival->items,
		 sink_items_of(f->arrival->signal));
	f->answer->manner = SINK_HELD;
	take_nothing(f->arrival);
}

static void be_slow(struct fault *f)
{
	snprintf(f->said, f->said_cap, "took %" PRIu64 " %s and answers %" PRIu64 " s late", f->arrival->items,
		 sink_items_of(f->arrival->signal), f->fail->number);
	f->answer->manner = SINK_HELD;
	f->answer->delay_ms = f->fail->number * 1000;
}

void sink_fault_apply(const struct sink_fail *fail, struct sink_arrival *arrival, struct sink_answer *answer,
		      char *said, size_t said_cap)
{
	static void (*const rows[])(struct fault *) = {
		[SINK_FAIL_STATUS] = refuse, [SINK_FAIL_PARTIAL] = reject,        [SINK_FAIL_RESET] = reset,
		[SINK_FAIL_HANG] = hang,     [SINK_FAIL_DROP_REPLY] = drop_reply, [SINK_FAIL_SLOW] = be_slow,
	};
	struct fault fault = {fail, arrival, answer, said, said_cap};

	rows[fail->kind](&fault);
}
