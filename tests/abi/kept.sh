#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# kept: plugins built against every version of otel/plugin.h that there was, at work in the otel-c of today: each kind,
# used for real.
. "$(dirname "$0")/../e2e/lib.sh" kept

modules=$servers_build/tests/abi/modules

# ---- 1.0: id generator, propagator, sampler, exporter, instrumentation ----

cat >"$tmp/veteran.ini" <<'INI'
[distro]
name = veteran
module = veteran
[sdk]
id_generator = veteran
[otel]
propagators = veteran
[traces]
sampler = veteran
exporter = veteran
INI
chmod 644 "$tmp/veteran.ini"

sink_start --json --headers --until-spans 5 --timeout 60
run env OTEL_DISTRO="$tmp/veteran.ini" OTEL_C_PLUGIN_PATH="$modules/1.0" VETERAN_URL="$sink_url/v1/traces" VETERAN_ON=true \
	VETERAN_PLATFORM=yes "$bin/steps"
expect_equal "1.0: exit status" 0 "$status"
expect_equal "1.0: messages" "" "$err"
sink_wait || fail "1.0: 5 spans did not arrive"
ids=$(jq -r '..|.traceId? // empty' "$sink_out" | sort -u)
expect_equal "1.0: traces, through the environment of three processes" 1 "$(echo "$ids" | wc -l)"
expect_match "1.0: its ids" "10*" "$ids"
expect_equal "1.0: the tracestate that it extracts" "veteran=1" \
	"$(jq -r '..|.traceState? // empty' "$sink_out" | sort -u | tail -n 1)"
grep -q "x-veteran: 7+" "$sink_err" || fail "1.0: computed default and typed settings: $(cat "$sink_err")"

sink_start --json
run env OTEL_DISTRO="$tmp/veteran.ini" OTEL_C_PLUGIN_PATH="$modules/1.0" VETERAN_URL="$sink_url/v1/traces" "$bin/steps"
expect_equal "1.0, refusing: exit status" 0 "$status"
expect_match "1.0, refusing: messages" '*"veteran" of plugin "veteran" (*cannot be used: an invalid argument or setting*' "$err"
sink_stop

# ---- 1.2: all other kinds ----

sink_start --json --headers --until-spans 1 --timeout 60
run env OTEL_DISTRO=splunk OTEL_C_PLUGIN_PATH="$modules/1.2" OTEL_C_PLUGINS_LOAD=newcomer \
	OTEL_C_RESOURCE_DETECTORS=env,newcomer OTEL_C_EXPORTER_OTLP_AUTH=auto OTEL_C_OTEL_BATCH_PROCESSORS=newcomer \
	OTEL_LOGS_EXPORTER=none OTEL_EXPORTER_OTLP_ENDPOINT="$sink_url" OTEL_C_STATE_DIRECTORY="$tmp" \
	"$programs/one_span"
expect_equal "1.2: exit status" 3 "$status"
expect_equal "1.2: messages" "" "$err"
sink_wait || fail "1.2: no span arrived"
found() {
	jq -r --arg key "$1" '..|.attributes? // empty|.[]|select(.key==$key)|.value|.stringValue // .intValue' "$sink_out"
}
expect_equal "1.2: what its detector found" "north 1" "$(found newcomer.zone) $(found newcomer.runs)"
grep -q "x-newcomer: POST-1-body" "$sink_err" || fail "1.2: its signature: $(cat "$sink_err")"

run env OTEL_DISTRO=splunk OTEL_C_PLUGIN_PATH="$modules/1.2" OTEL_C_PLUGINS_LOAD=newcomer NEWCOMER_FILE="$tmp/lines" \
	OTEL_TRACES_EXPORTER=newcomer OTEL_METRICS_EXPORTER=newcomer OTEL_C_METRICS_PRODUCERS=newcomer \
	OTEL_LOGS_EXPORTER=newcomer OTEL_C_LOGS_PROCESSORS=newcomer OTEL_C_RESOURCE_DETECTORS=newcomer "$programs/one_span"
expect_equal "1.2, blocking exporter: exit status" 3 "$status"
expect_equal "1.2, blocking exporter: messages" "" "$err"
expect_equal "1.2, blocking exporter: requests" "signal=1 items=1
signal=2 items=1
signal=4 items=1 processed" "$(sort "$tmp/lines" 2>/dev/null)"

sink_start --json --until-spans 1 --timeout 60
echo keep >"$tmp/asked"
echo drop me >>"$tmp/asked"
run env OTEL_DISTRO=splunk OTEL_C_PLUGIN_PATH="$modules/1.2" OTEL_C_PLUGINS_LOAD=newcomer \
	OTEL_C_OTEL_RESPONSE_PROPAGATORS=newcomer OTEL_C_OTEL_BATCH_PROCESSORS=newcomer \
	OTEL_EXPORTER_OTLP_ENDPOINT="$sink_url" sh -c "'$programs/asked_spans' <'$tmp/asked'"
expect_equal "1.2, responses: exit status" 0 "$status"
expect_equal "1.2, responses: messages" "" "$err"
sink_wait || fail "1.2, responses: no span arrived"
expect_equal "1.2, responses: what its batch processor let through" keep "$(jq -r '..|.spans? // empty|.[].name' "$sink_out")"
expect_match "1.2, responses: headers" \
	"x-served-by: $(jq -r '..|.spans? // empty|.[0].spanId' "$sink_out") flushed x-served-by: * flushed" "$(echo $out)"

run env OTEL_DISTRO=splunk OTEL_C_PLUGIN_PATH="$modules/1.2" OTEL_C_PLUGINS_LOAD=newcomer NEWCOMER_FILE=/f "$bin/otel-c" \
	newcomer a b
expect_equal "1.2, command: exit status" 3 "$status"
expect_match "1.2, command: output" "newcomer of *: 2 more, file set" "$out"
finish
