#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# send: telemetry from files, through exporter and authenticator of the SDK, to a sink that is not always willing.
. "$(dirname "$0")/lib.sh" send
export OTEL_EXPORTER_OTLP_TIMEOUT=30000 OTEL_C_EXPORT_RETRY_INITIAL=50
sample=$servers_build/tests/sample_request
spans=$tmp/spans.jsonl
request=$tmp/request.pb

"$sample" order >"$request"
"$bin/otel-c" sink --json --file "$request" >"$spans"

# to_sink FAILURES: a new sink, and the exporter's way to it; "" = none.
to_sink() {
	sink_start --json ${1:+--fail "$1"}
	export OTEL_EXPORTER_OTLP_ENDPOINT=$sink_url
}

# sends STATUS LINE ARGUMENT…: what otel-c send says on stdout, and its status.
sends() {
	local want=$1 line=$2
	shift 2
	run timeout 60 "$bin/otel-c" send "$@"
	expect_equal "exit status of send $*" "$want" "$status"
	expect_equal "stdout of send $*" "$line" "$out"
}

# counted TEXT: the sink's last line.
counted() {
	sink_stop
	expect_equal "what the sink counts" "otel-c sink: $1" "$(tail -n 1 "$sink_err")"
}

# ---- all is well ----
to_sink ''
sends 0 '4 accepted, 0 rejected, 0 retries' "$spans"
expect_equal "stderr" "" "$err"
expect_equal "it comes as it was" "$(cat "$spans")" "$(cat "$sink_out")"
sends 0 '4 accepted, 0 rejected, 0 retries' "$request"
expect_equal "so does protobuf" "$(cat "$spans" "$spans")" "$(cat "$sink_out")"
cat "$spans" "$spans" >"$tmp/two.jsonl"
sends 0 '8 accepted, 0 rejected, 0 retries' - <"$tmp/two.jsonl"
sends 0 '12 accepted, 0 rejected, 0 retries' "$tmp/two.jsonl" "$request"
printf '\n%s\n\n' "$(cat "$spans")" >"$tmp/blank.jsonl"
sends 0 '4 accepted, 0 rejected, 0 retries' "$tmp/blank.jsonl"
sends 0 '0 accepted, 0 rejected, 0 retries' /dev/null
OTEL_C_SDK_WORKER=none OTEL_TRACES_SAMPLER=always_off OTEL_EXPORTER_OTLP_COMPRESSION=gzip \
	sends 0 '4 accepted, 0 rejected, 0 retries' "$spans"
counted '36 spans, 32 copies'

# ---- metrics and logs, beside spans or alone ----
point='{"timeUnixNano":"1700000000000000000","asInt":"5"}'
metrics='{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"orders","sum":{"dataPoints":['$point,$point,$point'],"aggregationTemporality":2}}],"schemaUrl":"https://example.test/1"}],"schemaUrl":"https://example.test/2"}]}'
logs_line='{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"severityNumber":9,"body":{"stringValue":"it is cold"}},{"severityNumber":13}],"schemaUrl":"https://example.test/3"}],"schemaUrl":"https://example.test/4"}]}'
{ cat "$spans"; echo "$metrics"; echo "$logs_line"; cat "$spans"; } >"$tmp/mixed.jsonl"
to_sink ''
sends 0 '13 accepted, 0 rejected, 0 retries' "$tmp/mixed.jsonl"
OTEL_EXPORTER_OTLP_COMPRESSION=gzip sends 0 '3 accepted, 0 rejected, 0 retries' - <<<"$metrics"
for signal in metrics logs; do
	[ $signal = logs ] && line=$logs_line || line=$metrics
	curl -fsS -H 'Content-Type: application/json' -d "$line" "$sink_url/v1/$signal" >/dev/null ||
		fail "the sink does not take $signal as JSON"
done
counted '8 spans, 4 copies, 9 data points, 4 log records'
to_sink partial:1
sends 1 '2 accepted, 1 rejected, 0 retries' - <<<"$metrics"
to_sink 503
sends 0 '2 accepted, 0 rejected, 1 retries' - <<<"$logs_line"
OTEL_LOGS_EXPORTER=none sends 3 '11 accepted, 0 rejected, 0 retries' "$tmp/mixed.jsonl"
expect_match "nobody for the logs" "*$tmp/mixed.jsonl:3: no exporter takes log records: look at OTEL_LOGS_EXPORTER*" "$err"
expect_match "how many they are" "*otel-c send: 2 undelivered*" "$err"

# ---- what otlp_file wrote: nothing gets lost on the way ----
OTEL_TRACES_EXPORTER=otlp_file OTEL_METRICS_EXPORTER=otlp_file OTEL_LOGS_EXPORTER=otlp_file \
	OTEL_C_EXPORTER_OTLP_FILE_PATH=$tmp/copy-%s.jsonl sends 0 '13 accepted, 0 rejected, 0 retries' "$tmp/mixed.jsonl"
expect_equal "spans in a file" "$(cat "$spans" "$spans")" "$(cat "$tmp/copy-traces.jsonl")"
expect_equal "metrics in a file" "$metrics" "$(cat "$tmp/copy-metrics.jsonl")"
expect_equal "log records in a file" "$logs_line" "$(cat "$tmp/copy-logs.jsonl")"

# ---- through a distro, its headers and all ----
sink_start --json --headers
SPLUNK_ACCESS_TOKEN=hush OTEL_EXPORTER_OTLP_ENDPOINT=$sink_url \
	sends 0 '4 accepted, 0 rejected, 0 retries' --distro splunk "$spans"
expect_match "the token" '*X-SF-*oken: (redacted)*' "$(cat "$sink_err")"
expect_match "who sends" '*User-Agent: otel-c-splunk/[0-9]* OTel-OTLP-Exporter-C/[0-9]*' "$(cat "$sink_err")"

# ---- signed, by a refreshing token that the first request has to wait for ----
: >"$tmp/requests"
server_start backend python3 "$OTEL_C_TEST_SOURCE/tests/e2e/programs/auth_backend.py" "$tmp/requests"
port=$server_port
export AUTH_HASH_KEY=h4sh AUTH_TOKEN_URL=http://127.0.0.1:$port/tokens OTEL_C_PLUGIN_PATH=$servers_build/tests/modules
for auth in hash token; do
	OTEL_DISTRO=splunk OTEL_C_EXPORTER_OTLP_AUTH=auth_$auth OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:$port/$auth \
		sends 0 '4 accepted, 0 rejected, 0 retries' "$request"
	expect_match "$auth" "*/$auth/v1/traces 200*" "$(cat "$tmp/requests")"
done
unset OTEL_C_PLUGIN_PATH

# ---- tried again ----
to_sink 503x2
sends 0 '4 accepted, 0 rejected, 2 retries' "$spans"
counted '4 spans, 0 copies'
to_sink reset,429:1
sends 0 '4 accepted, 0 rejected, 2 retries' "$spans"
counted '4 spans, 0 copies'
to_sink drop-reply
sends 0 '4 accepted, 0 rejected, 1 retries' "$spans"
counted '8 spans, 4 copies'
to_sink slow
sends 0 '4 accepted, 0 rejected, 0 retries' "$spans"
to_sink hang
OTEL_EXPORTER_OTLP_TIMEOUT=3000 sends 0 '4 accepted, 0 rejected, 1 retries' "$spans"

# ---- refused for good ----
to_sink 404
sends 1 '4 accepted, 4 rejected, 0 retries' "$tmp/two.jsonl"
to_sink partial:3
sends 1 '1 accepted, 3 rejected, 0 retries' "$spans"
counted '1 spans, 0 copies'

# ---- never there ----
export OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1
sends 3 '0 accepted, 0 rejected, 0 retries' --timeout 1 "$tmp/two.jsonl"
expect_match "what was not sent" "*otel-c send: $tmp/two.jsonl:1: not delivered within 1 s; *" "$err"
expect_match "how much of it" "*otel-c send: 4 undelivered*" "$err"
to_sink 503x1000
run timeout 60 "$bin/otel-c" send --timeout 5 "$spans"
expect_equal "exit status" 3 "$status"
expect_match "tries in vain" '0 accepted, 0 rejected, [1-9]* retries' "$out"
OTEL_TRACES_EXPORTER=none sends 3 '0 accepted, 0 rejected, 0 retries' "$spans"
expect_match "nobody to send them" '*no exporter takes spans: look at OTEL_TRACES_EXPORTER*' "$err"
sends 3 '' --distro nowhere "$spans"
expect_match "no such distro" '*"nowhere"*' "$err"

# ---- files that are none ----
to_sink ''
sends 1 '0 accepted, 0 rejected, 0 retries' "$tmp/none"
expect_equal "no such file" "otel-c send: $tmp/none: No such file or directory" "$err"
{ cat "$spans"; echo '{"resourceSpans":7}'; echo '{"resourceProfiles":[]}'; cat "$spans"; } >"$tmp/bad.jsonl"
sends 1 '8 accepted, 0 rejected, 0 retries' "$tmp/bad.jsonl"
expect_match "a wrong line" "*$tmp/bad.jsonl:2: JSON: column 18: \"resourceSpans\" is not an array*" "$err"
expect_match "another signal" "*$tmp/bad.jsonl:3: JSON, but without resourceSpans, resourceMetrics or resourceLogs*" "$err"
head -c 100 "$request" >"$tmp/cut.pb"
sends 1 '0 accepted, 0 rejected, 0 retries' "$tmp/cut.pb"
expect_match "what is neither" '*neither OTLP JSON Lines nor*' "$err"
printf '\012\004\022\002\022\000' >"$tmp/bare.pb"
sends 1 '0 accepted, 0 rejected, 0 retries' "$tmp/bare.pb"
expect_match "what does not tell" '*that tells what it holds*' "$err"
sends 0 '1 accepted, 0 rejected, 0 retries' --signal logs "$tmp/bare.pb"
sends 2 '' --nonsense
sends 2 ''
expect_match "no file" 'otel-c send: FILE is missing*' "$err"

finish
