/* SPDX-License-Identifier: Apache-2.0
 *
 * fault.c - one function for each kind of --fail that is more than a way of sending the answer.
 */
#include "tools/otel-c/sink/fault.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "sdk/split.h"

#define REASON   "as --fail says"
#define NONSENSE "\xff\xff\xff\xff this is no response"

struct fault {
	const struct sink_fail *fail;
	struct sink_arrival *arrival;
	struct sink_answer *answer;
	char *said;
	size_t said_cap;
};

/* "took 4 spans and …" */
static void say(struct fault *f, const char *done, const char *format, ...) __attribute__((format(printf, 3, 4)));

static void say(struct fault *f, const char *done, const char *format, ...)
{
	char words[120];
	va_list args;

	va_start(args, format);
	vsnprintf(words, sizeof words, format, args);
	va_end(args);
	snprintf(f->said, f->said_cap, "%s%s %" PRIu64 " %s", words, done, f->arrival->items,
		 sink_items_of(f->arrival->signal));
}

static void take_nothing(struct sink_arrival *arrival)
{
	sink_arrival_fini(arrival);
	arrival->items = 0;
}

/* ---- statuses ---- */

static void refuse(struct fault *f)
{
	char retry_after[40] = "";

	if (f->fail->has_number)
		snprintf(retry_after, sizeof retry_after, ", Retry-After: %" PRIu64 "%s", f->fail->number,
			 f->fail->is_date ? " as a date" : "");
	say(f, ": refused", "answered %u%s", f->fail->status, retry_after);
	sink_answer_fini(f->answer);
	sink_answer_failure(f->answer, f->arrival->encoding, f->fail->status, REASON);
	f->answer->has_retry_after = f->fail->has_number;
	f->answer->retry_after = f->fail->number;
	f->answer->retry_after_is_date = f->fail->is_date;
	if (f->fail->status < 400)
		f->answer->location = "/elsewhere";
	take_nothing(f->arrival);
}

static void refuse_grpc(struct fault *f)
{
	char retry_info[40] = "";

	if (f->fail->has_second)
		snprintf(retry_info, sizeof retry_info, ", RetryInfo: %" PRIu64 " ms", f->fail->second);
	say(f, ": refused", "answered grpc-status %" PRIu64 "%s", f->fail->number, retry_info);
	sink_answer_fini(f->answer);
	sink_answer_grpc(f->answer, (unsigned)f->fail->number, REASON);
	f->answer->has_retry_info = f->fail->has_second;
	f->answer->retry_info_ms = f->fail->second;
	f->answer->has_trailers = f->fail->kind == SINK_FAIL_GRPC_LATE;
	take_nothing(f->arrival);
}

static void answer_page(struct fault *f)
{
	say(f, ": refused", "answered 200 with a page");
	sink_answer_fini(f->answer);
	sink_answer_failure(f->answer, SINK_TEXT, 200, "<html><body>Welcome to the network</body></html>");
	f->answer->content_type = "text/html";
	take_nothing(f->arrival);
}

/* ---- partial success ---- */

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

/* Of data points and log records, in the bytes that they came in. */
static void reject_items(struct sink_arrival *arrival, uint64_t left)
{
	const otel_batch batch = {.signal = arrival->signal,
				  .items = (uint32_t)arrival->items,
				  .data = arrival->request.data,
				  .len = arrival->request.len};
	const struct split_range range = {0, (uint32_t)left};
	const size_t size = left ? split_size(&batch, range) : 0;
	struct buf rest;

	buf_init(&rest, SINK_BODY_MAX);
	if (size && buf_reserve(&rest, size)) {
		split_write(&batch, range, rest.data);
		rest.len = size;
	}
	buf_fini(&arrival->request);
	arrival->request = rest;
}

static void reject(struct fault *f)
{
	struct sink_arrival *arrival = f->arrival;
	const uint64_t rejected = f->fail->number < arrival->items ? f->fail->number : arrival->items;

	snprintf(f->said, f->said_cap, "answered 200: rejected %" PRIu64 " of %" PRIu64 " %s", rejected, arrival->items,
		 sink_items_of(arrival->signal));
	sink_answer_fini(f->answer);
	sink_answer_partial(f->answer, arrival->encoding, arrival->signal, rejected, REASON);
	if (arrival->spans)
		reject_spans(arrival->spans, (size_t)rejected);
	else if (rejected)
		reject_items(arrival, arrival->items - rejected);
	arrival->items -= rejected;
}

/* ---- success that is hard to read ---- */

static void answer_nonsense(struct fault *f)
{
	say(f, "took", "answered with a body that is no response: ");
	buf_clear(&f->answer->body);
	buf_append_str(&f->answer->body, NONSENSE);
}

static void answer_at_length(struct fault *f)
{
	say(f, "took", "answered with %" PRIu64 " MiB: ", f->fail->number);
	buf_clear(&f->answer->body);
	f->answer->padding = f->fail->number << 20;
}

static void answer_with_header(struct fault *f)
{
	say(f, "took", "answered with a header of %" PRIu64 " KiB: ", f->fail->number);
	f->answer->head_padding = f->fail->number << 10;
	f->answer->manner.end = SINK_CLOSED;
}

static void leave_out_trailers(struct fault *f)
{
	say(f, "took", "answered without a status: ");
	f->answer->has_no_status = true;
}

static void leave_out_message(struct fault *f)
{
	say(f, "took", "answered without a response: ");
	f->answer->has_message = false;
}

static void cut_message(struct fault *f)
{
	say(f, "took", "answered with less of the response than its prefix says: ");
	f->answer->announced = 64;
}

static void be_slow(struct fault *f)
{
	snprintf(f->said, f->said_cap, "took %" PRIu64 " %s and answers %" PRIu64 " s late", f->arrival->items,
		 sink_items_of(f->arrival->signal), f->fail->number);
	f->answer->manner.delay_ms = f->fail->number * 1000;
}

/* ---- ways of sending an answer ---- */

static const struct way {
	enum sink_part part;
	enum sink_end end;
	bool takes_nothing;
	const char *words; /* NULL: it is no such way */
} ways[SINK_FAIL_KINDS] = {
	[SINK_FAIL_RESET] = {SINK_NOTHING, SINK_RESET, true, "reset the connection"},
	[SINK_FAIL_RESET_HEAD] = {SINK_HEAD, SINK_RESET, false, "reset the connection behind the answer's head"},
	[SINK_FAIL_RESET_BODY] = {SINK_SOME, SINK_RESET, false, "reset the connection within the answer"},
	[SINK_FAIL_DROP_REPLY] = {SINK_NOTHING, SINK_CLOSED, false, "closed the connection"},
	[SINK_FAIL_TRUNCATE] = {SINK_SOME, SINK_CLOSED, false, "closed the connection within the answer"},
	[SINK_FAIL_HANG] = {SINK_NOTHING, SINK_SILENT, true, "gives no answer"},
	[SINK_FAIL_STALL] = {SINK_SOME, SINK_SILENT, false, "gives a part of the answer"},
	[SINK_FAIL_GARBAGE] = {SINK_GARBAGE, SINK_CLOSED, true, "answered with what is no HTTP"},
	[SINK_FAIL_STREAM_RESET] = {SINK_NOTHING, SINK_STREAM_RESET, true, "reset the stream"},
	[SINK_FAIL_GOAWAY] = {SINK_NOTHING, SINK_GOAWAY, true, "sent GOAWAY"},
	[SINK_FAIL_GOAWAY_AFTER] = {SINK_WHOLE, SINK_GOAWAY_AFTER, false, "sent GOAWAY before the answer"},
};

static void send_in_a_way(struct fault *f)
{
	const struct way *way = &ways[f->fail->kind];

	if (way->takes_nothing)
		say(f, ": refused", "%s", way->words);
	else
		snprintf(f->said, f->said_cap, "took %" PRIu64 " %s and %s", f->arrival->items,
			 sink_items_of(f->arrival->signal), way->words);
	f->answer->manner =
		(struct sink_manner){.part = way->part, .end = way->end, .error = (uint32_t)f->fail->number};
	if (way->takes_nothing)
		take_nothing(f->arrival);
}

void sink_fault_apply(const struct sink_fail *fail, struct sink_arrival *arrival, struct sink_answer *answer,
		      char *said, size_t said_cap)
{
	static void (*const rows[SINK_FAIL_KINDS])(struct fault *) = {
		[SINK_FAIL_STATUS] = refuse,
		[SINK_FAIL_GRPC] = refuse_grpc,
		[SINK_FAIL_GRPC_LATE] = refuse_grpc,
		[SINK_FAIL_HTML] = answer_page,
		[SINK_FAIL_PARTIAL] = reject,
		[SINK_FAIL_MALFORMED] = answer_nonsense,
		[SINK_FAIL_GIANT] = answer_at_length,
		[SINK_FAIL_GIANT_HEAD] = answer_with_header,
		[SINK_FAIL_NO_TRAILERS] = leave_out_trailers,
		[SINK_FAIL_TRAILERS_ONLY] = leave_out_message,
		[SINK_FAIL_CUT_MESSAGE] = cut_message,
		[SINK_FAIL_SLOW] = be_slow,
	};
	struct fault fault = {fail, arrival, answer, said, said_cap};

	(rows[fail->kind] ? rows[fail->kind] : send_in_a_way)(&fault);
}

/* ---- connections ---- */

struct sink_welcome sink_fault_welcome(const struct sink_fail *fail, char *said, size_t said_cap)
{
	switch (fail->kind) {
	case SINK_FAIL_RESET_CONNECT:
		snprintf(said, said_cap, "resets a connection");
		return (struct sink_welcome){.is_reset = true};
	case SINK_FAIL_RESET_UPLOAD:
		snprintf(said, said_cap, "resets a connection after %" PRIu64 " bytes", fail->number);
		return (struct sink_welcome){.is_reset = true, .reset_after = fail->number};
	case SINK_FAIL_SLOW_READ:
		snprintf(said, said_cap, "reads a connection at %" PRIu64 " bytes a second", fail->number);
		return (struct sink_welcome){.bytes_per_s = fail->number};
	default:
		snprintf(said, said_cap, "says nothing on a connection");
		return (struct sink_welcome){.is_silent = true};
	}
}

void sink_fault_part(struct sink_answer *answer)
{
	if (answer->manner.part == SINK_WHOLE && answer->manner.end == SINK_KEPT)
		answer->manner.end = SINK_CLOSED;
}
