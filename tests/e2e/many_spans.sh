#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# many_spans: 10,000 open spans on one thread, and 5,000 short threads; none is lost when the queue has room.
. "$(dirname "$0")/lib.sh" many_spans

export OTEL_DISTRO=aws OTEL_BSP_MAX_QUEUE_SIZE=20000
sink_start --json --until-spans 10000 --timeout 120
run env OTEL_EXPORTER_OTLP_ENDPOINT="$sink_url" "$programs/many_spans" open 10000
expect_equal "open: exit status" 0 "$status"
expect_equal "open: messages" "" "$err"
sink_wait || fail "10000 open spans: $(spans_in "$sink_out") arrived"

sink_start --json --until-spans 5000 --timeout 120
run env OTEL_EXPORTER_OTLP_ENDPOINT="$sink_url" "$programs/many_spans" threads 5000
expect_equal "threads: exit status" 0 "$status"
expect_equal "threads: messages" "" "$err"
sink_wait || fail "5000 short threads: $(spans_in "$sink_out") arrived"
expect_equal "threads: distinct spans" 5000 "$(jq -r '..|.spans ? // empty|.[].spanId' "$sink_out" | sort -u | wc -l)"
finish
