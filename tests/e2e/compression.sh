#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# compression: bodies arrive whole whichever library packs them, what takes its place when one cannot be used, and a
# backend that takes no compressed bodies.
. "$(dirname "$0")/lib.sh" compression

export OTEL_DISTRO=splunk OTEL_TRACES_EXPORTER=otlp OTEL_EXPORTER_OTLP_COMPRESSION=gzip
libraries=$tmp/libraries
mkdir "$libraries"

# packed WHAT LIBRARY COMMAND…: its span arrives, packed by this library (a shell pattern)
packed() {
	local protocol before what=$1 library=$2
	shift 2
	for protocol in http/protobuf http/json grpc; do
		before=$(spans_in "$sink_out")
		local port=$sink_port
		[ "$protocol" = grpc ] && port=$sink_grpc_port
		run env OTEL_LOG_LEVEL=debug OTEL_EXPORTER_OTLP_PROTOCOL=$protocol OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:$port" "$@"
		expect_equal "$what, $protocol: exit status" 3 "$status"
		expect_match "$what, $protocol" "*otel-c: otlp: bodies are compressed by $library"$'\n'"*" "$err"
		expect_equal "$what, $protocol: spans" $((before + 1)) "$(spans_in "$sink_out")"
	done
}

# unusable LIBRARY: one of that name that has nothing in it
unusable() {
	cp "$servers_build/lib/otel-c/b3.so" "$libraries/$1"
}

# ---- libraries ----

sink_start --json --grpc 127.0.0.1:0
packed "what is installed" "*" "$programs/one_span"
unusable libisal.so.2
packed "without ISA-L" "[!I]*" env LD_LIBRARY_PATH="$libraries" "$programs/one_span"
unusable libdeflate.so.0
packed "without libdeflate" zlib env LD_LIBRARY_PATH="$libraries" "$programs/one_span"

# A program that has functions of all of them in it: theirs would be called.
run env OTEL_EXPORTER_OTLP_ENDPOINT="$sink_url" "$programs/own_gzip"
expect_equal "none: exit status" 3 "$status"
expect_equal "none: message" "otel-c: otlp: OTEL_EXPORTER_OTLP_COMPRESSION: gzip needs ISA-L, libdeflate or zlib, and none can be used; bodies are sent as they are" "$err"
expect_equal "none: spans" 10 "$(spans_in "$sink_out")"
sink_stop

# ---- a backend that takes no compressed bodies ----

# Once said, and the span that found it out arrives as well.
log=$tmp/bodies
: >"$log"
server_start backend python3 "$OTEL_C_TEST_SOURCE/tests/e2e/programs/plain_backend.py" "$log"
port=$server_port
run env OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:$port" OTEL_EXPORTER_OTLP_COMPRESSION=gzip "$programs/asked_spans" \
	<<<$'one\ntwo\nthree'
expect_equal "415" "415 gzip;200 identity;200 identity;200 identity;" "$(tr '\n' ';' <"$log")"
expect_equal "415: flushes" $'flushed\nflushed\nflushed' "$out"
expect_equal "415: message" "otel-c: otlp: http://127.0.0.1:$port/v1/traces answered 415; bodies are no longer compressed" "$err"
finish
