#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# sink: rows with otel-c's own sink as the backend, which refuses what breaks a rule, over both protocols.
. "$(dirname "$0")/lib.sh" sink
impatient=("${soon[@]}" OTEL_EXPORTER_OTLP_TIMEOUT=5000)

# sink_row NAME FAILURES WANT CAME [VARIABLE…]: it fails as --fail FAILURES says, and in the end CAME is what it counts.
sink_row() {
	begin "$protocol: $1"
	sink_start --json --grpc 127.0.0.1:0 ${2:+--fail "$2"}
	local url=$sink_url
	if [ "$protocol" = grpc ]; then
		wait_for 60 grep -q '^listening for gRPC on ' "$sink_err" || fail "$name: the sink knows no gRPC"
		url=http://127.0.0.1:$(sed -n 's/^listening for gRPC on .*:\([0-9]*\)$/\1/p' "$sink_err")
	fi
	program OTEL_EXPORTER_OTLP_ENDPOINT="$url" OTEL_EXPORTER_OTLP_PROTOCOL="$encoding" "${@:5}"
	sink_stop
	expect_equal "$name" "$(wanted "$3")" "$(sorted "$out")"
	expect_equal "$name: what the sink counts" "otel-c sink: $4" "$(tail -n 1 "$sink_err")"
}

for encoding in http/protobuf http/json grpc; do
	protocol=${encoding%/*}
	sink_row "$encoding, nothing wrong" '' 'accepted=7' '7 spans, 0 copies'
	sink_row "$encoding, compressed" '503' 'accepted=7' '7 spans, 0 copies' \
		OTEL_EXPORTER_OTLP_COMPRESSION=gzip "${soon[@]}"
	sink_row "$encoding, in part" 'partial:3' 'accepted=4 rejected=3' '4 spans, 0 copies'
done

for encoding in http/protobuf grpc; do
	protocol=${encoding%/*}
	sink_row 'busy' '503x2,429:1' 'accepted=7' '7 spans, 0 copies' "${soon[@]}"
	sink_row 'reset' 'reset' 'accepted=7 ambiguous=7' '7 spans, 0 copies' "${soon[@]}"
	sink_row 'reset within the request' 'reset-upload:60' 'accepted=7 ambiguous=?' '7 spans, 0 copies' "${soon[@]}"
	sink_row 'answer lost' 'drop-reply' 'accepted=7 ambiguous=7' '14 spans, 7 copies' "${soon[@]}"
	sink_row 'answer cut' 'reset-head,reset-body,truncate' 'accepted=7 ambiguous=21' '28 spans, 21 copies' "${soon[@]}"
	sink_row 'answer stops' 'stall' 'accepted=7 ambiguous=7' '14 spans, 7 copies' "${impatient[@]}"
	sink_row 'no answer' 'hang,silence' 'accepted=7 ambiguous=14' '7 spans, 0 copies' "${impatient[@]}"
	sink_row 'no HTTP' 'garbage' 'accepted=7 ambiguous=7' '7 spans, 0 copies' "${soon[@]}"
	sink_row 'a malformed answer' 'malformed' 'accepted=7' '7 spans, 0 copies'
	sink_row 'too large an answer' 'giant:8' 'rejected=7' '7 spans, 0 copies'
done

encoding=grpc
protocol=grpc
sink_row 'a code in trailers' 'grpc-late:14:200' 'accepted=7' '7 spans, 0 copies' "${never[@]}"
sink_row 'a code at once' 'grpc:8:200,grpc:14' 'accepted=7' '7 spans, 0 copies' "${soon[@]}"
sink_row 'refused for good' 'grpc:3' 'rejected=7' '0 spans, 0 copies' "${soon[@]}"
sink_row 'a stream refused' 'rst:7' 'accepted=7' '7 spans, 0 copies' "${soon[@]}"
sink_row 'GOAWAY' 'goaway' 'accepted=7 ambiguous=7' '7 spans, 0 copies' "${soon[@]}"
rows_end
