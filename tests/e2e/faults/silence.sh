#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# silence: a backend that accepts and then says nothing, reads nothing, or does so slowly.
. "$(dirname "$0")/lib.sh" silence
impatient=("${soon[@]}" OTEL_EXPORTER_OTLP_TIMEOUT=5000)

row 'accepts, and nothing else' 'deaf 200' 'accepted=7 ambiguous=7' "${impatient[@]}"
row 'no answer' 'silent 200' 'accepted=7 ambiguous=7' "${impatient[@]}"
says '*no answer within 5000 ms'
row 'an answer that is too late' 'late:20000 200' 'accepted=7 ambiguous=7' "${impatient[@]}"
row 'an answer that is late' 'late:300' 'accepted=7' "${soon[@]}"
how=quit row 'no answer until the exit is over' 'silent silent' 'shutdown=7 ambiguous=7' "${impatient[@]}" \
	OTEL_C_EXIT_TIMEOUT=5000
how=leave row 'no answer at the exit' 'silent' 'shutdown=7' OTEL_C_EXIT_TIMEOUT=5000 OTEL_EXPORTER_OTLP_TIMEOUT=600000

# ---- is slow ----
# More than the kernel keeps between the two.
large=(OTEL_BSP_MAX_EXPORT_BATCH_SIZE=60000 OTEL_BSP_MAX_QUEUE_SIZE=60000 OTEL_EXPORTER_OTLP_TIMEOUT=60000)
spans=60000 row 'reads slowly' 'slow:32768' 'accepted=60000' "${large[@]}"
spans=60000 row 'reads nothing of what is large' 'deaf 200' 'accepted=60000' "${impatient[@]}" "${large[@]}" \
	OTEL_EXPORTER_OTLP_TIMEOUT=12000
row 'answers byte by byte' 'trickle' 'accepted=7'

# ---- one that hangs, and another exporter ----
begin 'no answer, with another exporter beside it'
backend silent
how=leave program_begin OTEL_TRACES_EXPORTER=otlp,console OTEL_C_EXIT_TIMEOUT=20000 OTEL_EXPORTER_OTLP_TIMEOUT=60000
wait_for 60 eval '[ "$(grep -c work "$tmp/out")" = 7 ]' || fail "$name: the other one has to wait: $(cat "$tmp/out")"
wait_for 60 backend_was_asked silent || fail "$name: $told"
kill -KILL "$program" 2>/dev/null
program_end 137 2>/dev/null
rows_end
