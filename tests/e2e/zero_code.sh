#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# zero_code: Debian's curl, not rebuilt, traced by the launcher.
. "$(dirname "$0")/lib.sh" zero_code

nginx_start
sink_start --json --until-spans 1 --timeout 60
run env OTEL_EXPORTER_OTLP_ENDPOINT="$sink_url" "$bin/splunk-c-trace" curl -sS -H 'X-Mine: kept' "$nginx_url/hello?sig=secret&page=2"
expect_equal "exit status" 0 "$status"
expect_equal "output of curl" hello "$out"
expect_equal "messages" "" "$err"
sink_wait || fail "the span did not arrive"
expect_equal "spans" 1 "$(spans_in "$sink_out")"
expect_equal "name and kind" "GET 3" "$(jq -r '..|.spans ? // empty|.[]|"\(.name) \(.kind)"' "$sink_out")"
attributes=$(jq -c '..|.spans ? // empty|.[].attributes|map({(.key): (.value|to_entries[0].value)})|add' "$sink_out")
expect_equal "http.request.method" GET "$(jq -r '."http.request.method"' <<<"$attributes")"
expect_equal "http.response.status_code" 200 "$(jq -r '."http.response.status_code"' <<<"$attributes")"
expect_equal "server.address" 127.0.0.1 "$(jq -r '."server.address"' <<<"$attributes")"
expect_equal "server.port" "$nginx_port" "$(jq -r '."server.port"' <<<"$attributes")"
expect_equal "url.full" "$nginx_url/hello?sig=REDACTED&page=2" "$(jq -r '."url.full"' <<<"$attributes")"
expect_equal "network.protocol.version" 1.1 "$(jq -r '."network.protocol.version"' <<<"$attributes")"
ids=$(jq -r '..|.spans ? // empty|.[]|"\(.traceId)-\(.spanId)"' "$sink_out")
nginx_logged
expect_match "traceparent at nginx" "*\"00-$ids-0?\"*" "$(cat "$nginx_access_log")"
expect_equal "distro" splunk "$(jq -r '.resourceSpans[0].resource.attributes[]|select(.key=="telemetry.distro.name")|.value.stringValue' "$sink_out")"

# A failing request: 404 is an error for the client; curl's own exit code stays.
nginx_start 'listen 127.0.0.1:@PORT@; return 404;'
sink_start --json --until-spans 1 --timeout 60
run env OTEL_EXPORTER_OTLP_ENDPOINT="$sink_url" "$bin/splunk-c-trace" curl -sSf "$nginx_url/missing"
expect_equal "curl -f on 404" 22 "$status"
sink_wait || fail "the span of the 404 did not arrive"
expect_equal "error.type and status" "404 2" "$(jq -r '..|.spans ? // empty|.[]|"\(.attributes[]|select(.key=="error.type")|.value.stringValue) \(.status.code)"' "$sink_out")"

# The token goes out as a header and nowhere else.
sink_start --headers --json --until-spans 1 --timeout 60
run env SPLUNK_ACCESS_TOKEN=top-secret OTEL_LOG_LEVEL=debug OTEL_EXPORTER_OTLP_ENDPOINT="$sink_url" "$bin/splunk-c-trace" curl -sS "$nginx_url/missing" -o /dev/null
sink_wait || fail "the span with a token did not arrive"
grep -qi 'x-sf-token' "$sink_err" || fail "no X-SF-Token header"
expect_match "no token in messages" "0" "$(grep -c top-secret "$tmp/err" "$sink_out" | awk -F: '{ n += $2 } END { print n }')"

# Nothing listens: one line, curl as before.
run env OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1 "$bin/splunk-c-trace" curl -sS "$nginx_url/missing" -o /dev/null
expect_equal "status with no backend" 0 "$status"
expect_equal "lines with no backend" 1 "$(grep -c . "$tmp/err")"

# The launcher's own answers.
run "$bin/splunk-c-trace"
expect_equal "no argument" 2 "$status"
run "$bin/splunk-c-trace" ./none
expect_equal "missing program" 127 "$status"
run "$bin/splunk-c-trace" /etc/passwd
expect_equal "not executable" 126 "$status"
run env OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1 "$bin/azure-c-trace" sh -c 'exit 7'
expect_equal "exit status under a distro that is not installed" 7 "$status"
expect_match "azure's sentence" '*azure*not installed*aws, splunk*' "$err"
run "$bin/splunk-c-trace" -- sh -c 'echo "$#:$1:$2"' sh 'a b' '--c'
expect_equal "arguments arrive verbatim" '2:a b:--c' "$out"
finish
