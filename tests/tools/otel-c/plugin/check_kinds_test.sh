#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# check_kinds_test.sh - what otel-c plugin check finds in components of each kind, sentence by sentence.
. "$(dirname "$0")/check_cases.sh"

passes kinds
k='"kinds"'
finds "trace_id() of id generator $k made an id of zeros" kinds '-DTRACE_ID=memset(out, 0, 16)'
finds "trace_id() of id generator $k made the same id twice" kinds '-DTRACE_ID=memset(out, 1, 16)'
finds "trace_id() of id generator $k wrote beyond the end" kinds '-DTRACE_ID=memcpy(out, random, 16); out[16] = 1'
finds "trace_id() of id generator $k says that the low 56 bits" kinds '-DTRACE_ID=memcpy(out, random, 8)'
finds "trace_id() of id generator $k changed errno" kinds '-DTRACE_ID=memcpy(out, random, 16); errno = 1'
finds "trace_id() of id generator $k crashed with SIGFPE" kinds '-DTRACE_ID=raise(8)' -include signal.h
finds "span_id() of id generator $k made an id of zeros" kinds '-DSPAN_ID=memset(out, 0, 8)'
finds "propagator $k has a header whose name holds what HTTP forbids" kinds \
	'-DINJECT=carrier->set(carrier->self, "x kinds", "a")'
finds "propagator $k lists a field that is no name of a header" kinds '-DFIELD="x kinds"'
warns "propagator $k wrote a header that is not among its fields" kinds '-DFIELD="x-other"'
finds "propagator $k has a header whose value holds control characters" kinds \
	'-DINJECT=carrier->set(carrier->self, "x-kinds", "a\r\nb")'
finds "propagator $k found nothing in its own headers" kinds '-DINJECT=carrier->set(carrier->self, "x-kinds", "a")'
finds "propagator $k found other ids than it wrote" kinds '-DEXTRACT=memset(&found, 1, 24); found.is_remote = 1'
finds "propagator $k lost the sampled flag" kinds -DFLAGS=0
finds "propagator $k found a span that is not remote" kinds '-DEXTRACT=memcpy(&found, text, 24)'
finds "propagator $k made a span of rubbish" kinds -DBELIEVES
finds "propagator $k found something in a carrier without headers" kinds -DBELIEVES
finds "response propagator $k wrote no header for a span" kinds '-DRESPOND=(void)0'
finds "decide() of sampler $k about a root span was none of otel_decision" kinds '-DDECIDE=return 7'
finds "decide() of sampler $k about a root span changed errno" kinds '-DDECIDE=errno = 1; return 0'
finds 'attribute 0 of decide() has no key' kinds '-DDECIDE=host->sampling_attr(sampling, &bad); return 0'
passes kinds '-DDECIDE=host->sampling_attr(sampling, &attr); host->sampling_context(sampling); return 0'
finds 'host->sampling_tracestate() got NULL' kinds '-DDECIDE=host->sampling_tracestate(sampling, 0); return 0'
finds "description() of sampler $k is empty" kinds '-DDESCRIPTION=""'
finds "description() of sampler $k is more than one line" kinds '-DDESCRIPTION="a\nb"'
d="detect() of detector $k"
finds "$d was never finished, when the connection is refused" kinds '-DDETECTED=if (reply->status) host->detect_finish(op, 0, &attr, 1, 0, 0)'
finds "$d was never finished, not even after cancel(), when no answer comes" kinds '-DDETECT_CANCEL=(void)0'
passes kinds '-DDETECT_CANCEL=host->detect_finish(op, OTEL_TIMEOUT, NULL, 0, NULL, NULL)'
finds 'host->detect_finish() was called twice for one op' kinds \
	'-DDETECTED=host->detect_finish(op, OTEL_NOT_FOUND, 0, 0, 0, 0); host->detect_finish(op, OTEL_NOT_FOUND, 0, 0, 0, 0)'
finds 'host->detect_finish() got NULL for its op' kinds '-DDETECTED=host->detect_finish(0, OTEL_NOT_FOUND, 0, 0, 0, 0)'
finds "$d answered 4 and called host->detect_finish(), too" kinds \
	'-DDETECT=host->detect_finish(op, OTEL_NOT_FOUND, 0, 0, 0, 0); return OTEL_NOT_FOUND'
passes kinds '-DDETECT=return OTEL_NOT_FOUND'
warns "$d finished with OTEL_OK, but without attributes" kinds '-DDETECTED=host->detect_finish(op, OTEL_OK, 0, 0, 0, 0)'
finds 'host->detect_finish() got the schema URL "1.0"' kinds '-DDETECTED=host->detect_finish(op, OTEL_OK, &attr, 1, "1.0", 0)'
finds "$d blocked for " kinds '-DDETECT=wait_a_while(); return OTEL_NOT_FOUND'
finds "on_start() of span processor $k blocked for " kinds '-DON_START=wait_a_while()'
finds "on_start(), on_ending() or on_end() of span processor $k crashed with SIGSEGV" kinds '-DON_END=*(volatile int *)0 = 1'
finds "span processor $k has no function" kinds -DNO_SPAN_FUNCTIONS
finds "flush() of span processor $k answered 77" kinds -DSPAN_FLUSH=77
finds "on_emit() of log processor $k answered none of otel_edit" kinds '-DON_EMIT=return 7'
finds "on_emit() of log processor $k answered OTEL_EDIT_REPLACE, but left the record" kinds '-DON_EMIT=return OTEL_EDIT_REPLACE'
finds 'what on_emit() put in place of the record is no protobuf message' kinds \
	'-DON_EMIT=log->data = (const uint8_t *)"\xff"; log->len = 1; return OTEL_EDIT_REPLACE'
finds "on_emit() of log processor $k crashed with SIGSEGV" kinds '-DON_EMIT=*(uint8_t *)log->data = 1; return OTEL_EDIT_KEEP'
p="process() of batch processor $k"
finds "$p answered none of otel_verdict" kinds '-DPROCESS=return 7'
finds "$p answered OTEL_BATCH_REPLACE without a call" kinds '-DPROCESS=return OTEL_BATCH_REPLACE'
finds "$p called host->batch_replace(), but did not answer" kinds \
	'-DPROCESS=host->batch_replace(edit, batch->data, batch->len); return OTEL_BATCH_KEEP'
finds "$p called host->batch_replace() twice" kinds \
	'-DPROCESS=for (int i = 0; i < 2; i++) host->batch_replace(edit, batch->data, batch->len); return OTEL_BATCH_REPLACE'
finds "$p crashed with SIGSEGV" kinds '-DPROCESS=*(uint8_t *)batch->data = 1; return OTEL_BATCH_KEEP'
finds "$p crashed with SIGSEGV" kinds '-DPROCESS=return batch->data[batch->len] ? OTEL_BATCH_KEEP : OTEL_BATCH_DROP'
finds "batch processor $k has the signals 0x0" kinds -DBATCH_SIGNALS=0
finds 'what produce() put is empty' kinds '-DPRODUCE=put(arg, scope_metrics, 0)'
warns "produce() of metric producer $k put nothing" kinds '-DPRODUCE=(void)0'
e="export_batch() of exporter $k"
finds "exporter $k has the signals 0x40" kinds -DEXPORT_SIGNALS=64
finds "exporter $k has the flags 0x80" kinds -DEXPORT_FLAGS=128
finds "$e answered something that is none" kinds '-DEXPORT=return 77'
finds "$e answered OTEL_EXPORT_PENDING without cancel()" kinds -DEXPORT_CANCEL_FUNCTION=NULL
finds "$e was never finished, when the answer is 503" kinds \
	'-DEXPORTED=if (reply->status != 503) host->export_finish(op, reply->status ? 0 : 1, 0, 0, 0)' -DEXPORT_CANCEL_FUNCTION=NULL
finds "$e was never finished, not even after cancel(), when no answer comes" kinds '-DEXPORT_CANCEL=(void)0'
finds 'host->export_finish() was called twice for one op' kinds \
	'-DEXPORTED=for (int i = 0; i < 2; i++) host->export_finish(op, OTEL_EXPORT_RETRY, 0, 0, 0)'
finds "$e answered a result and called host->export_finish(), too" kinds \
	'-DEXPORT=host->export_finish(op, OTEL_EXPORT_DONE, 0, 0, 0); return OTEL_EXPORT_DONE'
finds 'host->export_finish() got the result 3' kinds '-DEXPORTED=host->export_finish(op, OTEL_EXPORT_PENDING, 0, 0, 0)'
finds "$e ended as OTEL_EXPORT_DONE: what was not taken is lost, when the answer is 503" kinds \
	'-DEXPORTED=host->export_finish(op, OTEL_EXPORT_DONE, 0, 0, 0)'
finds "$e ended as OTEL_EXPORT_DROP, though the backend may take it later, when the connection is refused" kinds \
	'-DEXPORTED=host->export_finish(op, reply->status ? OTEL_EXPORT_RETRY : OTEL_EXPORT_DROP, 0, 0, 0)'
finds "$e rejected more items than it got" kinds '-DEXPORTED=host->export_finish(op, OTEL_EXPORT_RETRY, 0, 9, 0)'
finds "$e blocked for " kinds '-DEXPORT=wait_a_while(); return OTEL_EXPORT_RETRY'
if unshare -n true 2>/dev/null || unshare -rn true 2>/dev/null; then
	passes kinds '-DEXPORT=wait_a_while(); return OTEL_EXPORT_RETRY' -DEXPORT_FLAGS=OTEL_EXPORTER_BLOCKING
	finds "$e answered OTEL_EXPORT_PENDING" kinds -DEXPORT_FLAGS=OTEL_EXPORTER_BLOCKING
else # it may send for itself, and cannot be kept from it here
	warns "exporter $k was not tried: it may send for itself" kinds -DEXPORT_FLAGS=OTEL_EXPORTER_BLOCKING
fi
warns "$e wrote to stdout" kinds '-DEXPORT=write(1, "x", 1); return OTEL_EXPORT_DONE'
s="sign() of authenticator $k"
finds "$s blocked for " kinds '-DSIGN=wait_a_while(); add_header(arg, "x", "1"); return OTEL_OK'
finds "$s answered 5, though prepare() had succeeded" kinds '-DSIGN=return OTEL_DENIED'
finds "$s has a header whose value holds control characters" kinds '-DSIGN=add_header(arg, "x", "a\nb"); return OTEL_OK'
finds 'host->env() was called in sign()' kinds '-DSIGN=add_header(arg, "x", host->env(self, "HOME") ? "1" : "2"); return OTEL_OK'
finds 'host->http() was called in sign()' kinds '-DSIGN=ask(prepared, 0); return OTEL_OK'
finds "$s crashed with SIGSEGV" kinds '-DSIGN=*(size_t *)request = 0; return OTEL_OK'
warns "$s added no header" kinds '-DSIGN=return OTEL_OK'
a="prepare() of authenticator $k"
passes kinds '-DPREPARE=ask(prepared, op); return OTEL_OK'
finds "$a was never finished, when the answer is 200" kinds '-DPREPARE=return OTEL_OK'
finds 'host->auth_finish() was called twice for one op' kinds \
	'-DPREPARE=for (int i = 0; i < 2; i++) host->auth_finish(op, OTEL_OK, 0, 0); return OTEL_OK'
finds "$a answered 5 and called host->auth_finish(), too" kinds \
	'-DPREPARE=host->auth_finish(op, OTEL_OK, 0, 0); return OTEL_DENIED'
warns "authenticator $k got no credentials from made-up answers" kinds '-DPREPARE=return OTEL_DENIED'
finds "$a blocked for " kinds '-DPREPARE=wait_a_while(); return OTEL_DENIED'
finds "wants() of authenticator $k blocked for " kinds '-DWANTS=wait_a_while()'
finds 'otel-c itself has the command "sink", which comes first' kinds '-DCOMMAND="sink"'
finds "the summary of command $k is empty" kinds '-DSUMMARY=""'
finds "the summary of command $k is more than one line" kinds '-DSUMMARY="a\nb"'
finish
