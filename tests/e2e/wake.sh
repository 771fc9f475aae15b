#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# wake: first calls at awkward moments do not hang, and later spans arrive.
. "$(dirname "$0")/lib.sh" wake

for moment in constructor threads; do
	sink_start --json
	run timeout 60 env OTEL_DISTRO=aws OTEL_EXPORTER_OTLP_ENDPOINT="$sink_url" "$programs/wake" "$moment"
	expect_equal "$moment: exit status" 0 "$status"
	expect_equal "$moment: messages" "" "$err"
	sink_stop
	expect_equal "$moment: the late span" 1 "$(jq -r '..|.spans ? // empty|.[]|select(.name=="late")|.spanId' "$sink_out" | wc -l)"
done
finish
