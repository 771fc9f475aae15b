#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# processors: baggage becomes attributes, and what is denied goes out neither in spans nor in their events.
. "$(dirname "$0")/lib.sh" processors

# span VARIABLE…: runs the program; $line gets its attributes as "key=value …", then those of its event
span() {
	sink_start --json --until-spans 1 --timeout 60
	run env OTEL_DISTRO=splunk OTEL_EXPORTER_OTLP_ENDPOINT="$sink_url" "$@" "$programs/secrets"
	expect_equal "$*: exit status" 0 "$status"
	expect_equal "$*: messages" "" "$err"
	sink_wait || fail "$*: the span did not arrive"
	line=$(jq -r '[..|.spans? // empty|.[]|.attributes, .events[0].attributes|map("\(.key)=\(.value.stringValue // .value.intValue)")|join(" ")]|join(" | ")' \
		"$sink_out")
}

span A=1
expect_equal "nothing asked for" "user.name=ada user.password=hunter2 | user.password=hunter2 tries=1" "$line"
span OTEL_C_BAGGAGE_ATTRIBUTES='tenant.*'
expect_equal "baggage by pattern" "tenant.id=acme user.name=ada user.password=hunter2 | user.password=hunter2 tries=1" "$line"
span OTEL_C_REDACTION_DENY='*password*'
expect_equal "what is denied is gone" "user.name=ada | tries=1" "$line"
span OTEL_C_BAGGAGE_ATTRIBUTES='*' OTEL_C_REDACTION_ALLOW='tenant.*, user.name' OTEL_C_REDACTION_REPLACEMENT='***'
expect_equal "what is not allowed is replaced" \
	"tenant.id=acme session.token=*** user.name=ada user.password=*** | user.password=*** tries=***" "$line"

run env OTEL_DISTRO=splunk OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1 OTEL_C_TRACES_PROCESSORS=nobody "$programs/secrets"
case $err in
*OTEL_C_TRACES_PROCESSORS*nobody*) ;;
*) fail "an unknown processor: one line that names it was expected, not: $err" ;;
esac
finish
