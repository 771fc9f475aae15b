#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# forks: 200 forks while the first export is under way; every child resolves a name and loads a library.
. "$(dirname "$0")/lib.sh" forks

sink_start --json
run env OTEL_DISTRO=aws OTEL_BSP_SCHEDULE_DELAY=1 OTEL_EXPORTER_OTLP_ENDPOINT="$sink_url" "$programs/forker" 200
expect_equal "children" "0 of 200 children failed" "$out"
expect_equal "exit status" 0 "$status"
sink_stop
expect_equal "the parent's spans, each once" "200 200" "$(jq -r '..|.spans ? // empty|.[]|select(.name=="in parent")|.spanId' "$sink_out" |
	sort | tee "$tmp/ids" | wc -l) $(sort -u "$tmp/ids" | wc -l)"
finish
