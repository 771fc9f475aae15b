#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# static_api: a program linked with libotel_api.a is traced like any other.
. "$(dirname "$0")/lib.sh" static_api

sink_start --json --until-spans 1 --timeout 60
run env LD_LIBRARY_PATH="$servers_build/lib" OTEL_DISTRO=aws OTEL_EXPORTER_OTLP_ENDPOINT="$sink_url" "$programs/one_span_static_api"
expect_equal "exit status" 3 "$status"
expect_equal "messages" "" "$err"
sink_wait || fail "the span did not arrive"
readelf -d "$programs/one_span_static_api" | grep libotel_api >/dev/null && fail "the program is linked with the shared API"
finish
