#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# detectors: a vendor's detectors ask a metadata service while spans wait; who is late, fails or never answers loses its
# own attributes alone, and no exit waits longer than it may.
. "$(dirname "$0")/lib.sh" detectors

# service_start MILLISECONDS: a metadata service that answers after that time; $service, and $asked with its requests.
service_start() {
	asked=$logs/asked.$servers_count
	: >"$asked"
	server_start service python3 "$OTEL_C_TEST_SOURCE/tests/e2e/programs/metadata_service.py" "$asked" "$1"
	service=http://127.0.0.1:$server_port
}

# The vendor's profile: its module, and its detectors beside ours.
mkdir -p "$tmp/modules"
cp "$servers_build/tests/abi/modules/scout.so" "$tmp/modules/"
printf '[distro]\nname = scout\nmodule = scout\n[resource]\ndetectors = process,os,scout\n' >"$tmp/scout.ini"
chmod 644 "$tmp/scout.ini" "$tmp/modules/scout.so"

# observe PROGRAM_ARGUMENT VARIABLE=VALUE…: one span with that configuration; $err, and its resource in $resource.
observe() {
	local argument=$1
	shift
	sink_start --json --until-spans 1 --timeout 60
	run env OTEL_DISTRO="$tmp/scout.ini" OTEL_C_PLUGIN_PATH="$tmp/modules" OTEL_EXPORTER_OTLP_ENDPOINT="$sink_url" \
		OTEL_SERVICE_NAME=shop SCOUT_URL="$service" "$@" "$programs/one_span" "$argument"
	expect_equal "status" 3 "$status"
	sink_wait || fail "$*: no span arrived: $err"
	resource=$sink_out
}

# attribute KEY: its value, "absent" if there is none.
attribute() {
	jq -r --arg key "$1" '[.resourceSpans[].resource.attributes[] | select(.key == $key)
		| .value | (.stringValue // .intValue)] | first // "absent"' "$resource"
}

silent() {
	expect_equal "$1: silence" "" "$err"
}

one_line() {
	expect_equal "$1: lines" 1 "$(grep -c . <<<"$err")"
	# shellcheck disable=SC2254
	expect_match "$1" "otel-c: $2" "$err"
}

service_start 200
observe 0
silent "in time"
expect_equal "in time" "m7.large scout shop linux" \
	"$(attribute host.type) $(attribute cloud.provider) $(attribute service.name) $(attribute os.type)"
expect_equal "what was asked" "PUT /token GET /slow" "$(xargs <"$asked")"
expect_equal "the schema of our own attributes" 1 \
	"$(jq -r '.resourceSpans[].schemaUrl' "$resource" | grep -c '^https://opentelemetry.io/schemas/')"

observe 0 OTEL_RESOURCE_ATTRIBUTES=cloud.provider=mine
expect_equal "people win" "mine m7.large" "$(attribute cloud.provider) $(attribute host.type)"

observe 0 OTEL_C_RESOURCE_DETECTORS=scout,scout_timed
silent "side by side"
expect_equal "side by side" "m7.large timed absent" \
	"$(attribute host.type) $(attribute host.image.id) $(attribute os.type)"

observe 8000 OTEL_C_RESOURCE_DETECTORS=scout_hung,scout OTEL_C_RESOURCE_DETECTORS_TIMEOUT=5000
one_line "one hangs" 'detector "scout_hung": no answer within 5000 ms*'
expect_equal "one hangs" m7.large "$(attribute host.type)"

# An exit waits for them half of its time.
observe 0 OTEL_C_RESOURCE_DETECTORS=scout_hung,scout OTEL_C_EXIT_TIMEOUT=8000
silent "one hangs and the program ends"
expect_equal "one hangs and the program ends" m7.large "$(attribute host.type)"

observe 0 OTEL_C_RESOURCE_DETECTORS=scout_never,scout OTEL_C_EXIT_TIMEOUT=8000
silent "one never answers and the program ends"
expect_equal "one never answers and the program ends" m7.large "$(attribute host.type)"

observe 0 OTEL_C_RESOURCE_DETECTORS=scout_twice,scout
one_line "twice" 'detector "scout_twice" finished twice; only the first answer counts'
expect_equal "twice" "first m7.large" "$(attribute host.image.name) $(attribute host.type)"

observe 0 OTEL_C_RESOURCE_DETECTORS=none
silent "none"
expect_equal "none" "shop absent absent absent" \
	"$(attribute service.name) $(attribute process.pid) $(attribute os.type) $(attribute service.instance.id)"

observe 0 OTEL_C_RESOURCE_DETECTORS=os,scoot
one_line "unknown" '*OTEL_C_RESOURCE_DETECTORS*"scoot"*container*'
expect_equal "unknown" linux "$(attribute os.type)"

observe 0 OTEL_C_RESOURCE_DETECTORS=process
expect_equal "arguments are not sent unasked" absent "$(attribute process.command_args)"
observe 0 OTEL_C_RESOURCE_DETECTORS=process OTEL_C_RESOURCE_OPT_IN=process.args_count
expect_equal "what is asked for is sent" 2 "$(attribute process.args_count)"

service_start 30000
observe 4000 OTEL_C_RESOURCE_DETECTORS_TIMEOUT=200
one_line "late" 'detector "scout": no answer within 200 ms*'
expect_equal "late" "absent linux" "$(attribute host.type) $(attribute os.type)"

# Without a thread of ours the program's own calls move the detectors on.
service_start 600
for how in poll flush; do
	sink_start --json --until-spans 20 --timeout 60
	run env OTEL_C_PLUGIN_PATH="$tmp/modules" OTEL_C_RESOURCE_DETECTORS=os,scout OTEL_EXPORTER_OTLP_ENDPOINT="$sink_url" \
		SCOUT_URL="$service" OTEL_C_SDK_WORKER=none OTEL_BSP_SCHEDULE_DELAY=50 "$programs/poller" "$how"
	expect_equal "$how: status" 0 "$status"
	sink_wait || fail "$how: 20 spans were expected"
	resource=$sink_out
	expect_equal "$how: resource" "m7.large linux" "$(attribute host.type) $(attribute os.type)"
done

# of_process NAME KEY: what the process with the span of that name says.
of_process() {
	jq -r --arg name "$1" --arg key "$2" '.resourceSpans[] | select(any(.scopeSpans[].spans[]; .name == $name))
		| [.resource.attributes[] | select(.key == $key) | .value | (.stringValue // .intValue)] | first // "absent"' "$resource"
}

# family WHAT REQUESTS [ARGUMENT]: parent and child differ in what tells processes apart, and agree on the platform.
family() {
	service_start 200
	sink_start --json --until-spans 2 --timeout 60
	run env OTEL_DISTRO="$tmp/scout.ini" OTEL_C_PLUGIN_PATH="$tmp/modules" OTEL_EXPORTER_OTLP_ENDPOINT="$sink_url" \
		OTEL_SERVICE_NAME=shop SCOUT_URL="$service" \
		OTEL_C_RESOURCE_DETECTORS=service_instance,process,os,scout "$programs/offspring" ${3:-}
	expect_equal "$1: status" 0 "$status"
	silent "$1"
	sink_wait || fail "$1: two spans were expected"
	resource=$sink_out
	local name
	for name in parent child; do
		expect_equal "$1: $name" "m7.large linux $(jq -r --arg name "$name" '.resourceSpans[].scopeSpans[].spans[]
			| select(.name == $name) | .attributes[] | select(.key == "pid") | .value.intValue' "$resource")" \
			"$(of_process $name host.type) $(of_process $name os.type) $(of_process $name process.pid)"
	done
	expect_equal "$1: instances" 2 \
		"$({ of_process parent service.instance.id; of_process child service.instance.id; } | grep -v absent | sort -u | wc -l)"
	expect_equal "$1: requests" "$2" "$(wc -l <"$asked")"
}

if ! sanitized; then # which hang in children of threaded programs
	family "a child after the answer" 2
	family "a child before the answer" 4 early
fi

service=http://127.0.0.1:1
observe 0
one_line "refused" 'detector "scout": *refused*; telemetry goes without its attributes'
expect_equal "refused" "absent linux" "$(attribute host.type) $(attribute os.type)"
finish
