#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# idioms: the macros of otel/function.h make the spans they say, in C and in C++, however a scope is left.
. "$(dirname "$0")/lib.sh" idioms

# field NAME FILTER: of the spans of that name
field() {
	jq -r --arg name "$1" "..|.spans? // empty|.[]|select(.name==\$name)|$2" "$sink_out"
}

# attribute NAME KEY
attribute() {
	field "$1" ".attributes[]|select(.key==\"$2\")|.value|.stringValue // .intValue"
}

sink_start --json --until-spans 8 --timeout 60
run env OTEL_DISTRO=splunk OTEL_EXPORTER_OTLP_ENDPOINT="$sink_url" "$bin/idioms"
expect_equal "exit status" 0 "$status"
expect_equal "messages" "" "$err"
expect_equal "errno after a traced call" "7 2" "$out"
sink_wait || fail "8 spans did not arrive"
expect_equal "a function's name" main "$(attribute main code.function.name)"
expect_equal "its file" idioms.c "$(basename "$(attribute main code.file.path)")"
expect_equal "its scope" idioms "$(jq -r '..|.scope?.name // empty' "$sink_out" | sort -u)"
expect_equal "a name of its own" query "$(attribute database_query code.function.name)"
expect_equal "its kind" 3 "$(field database_query .kind)"
expect_equal "its attributes" "postgresql 4 2" \
	"$(attribute database_query db.system.name) $(attribute database_query db.pool.size) $(attribute database_query shard)"
expect_equal "parent of an inner function" "$(field database_query .spanId)" "$(field parse .parentSpanId)"
expect_equal "calls" 2 "$(field open .spanId | wc -l)"
expect_equal "the failed one" "ENOENT 2" \
	"$(attribute open error.type) $(field open '.status.code // empty' | tr '\n' ' ' | tr -d ' ')"
expect_equal "parent of a call" "$(field read_settings .spanId)" "$(field open .parentSpanId | sort -u)"
expect_equal "a span that ends in a callback" callback "$(attribute async finished.by)"
expect_equal "a thread that left early" leave_early "$(attribute leave_early code.function.name)"
expect_equal "a key handle" 999 "$(attribute main rounds)"

sink_start --json --until-spans 7 --timeout 60
run env OTEL_DISTRO=splunk OTEL_EXPORTER_OTLP_ENDPOINT="$sink_url" "$programs/idioms_cxx"
expect_equal "C++: exit status, and what is current after an exception" 0 "$status"
sink_wait || fail "C++: 7 spans did not arrive"
expect_equal "C++: spans" "half half half half main try try" "$(jq -r '..|.spans? // empty|.[].name' "$sink_out" | sort | tr '\n' ' ' | sed 's/ $//')"
expect_equal "C++: attributes" "careful careful" "$(attribute try kind | tr '\n' ' ' | sed 's/ $//')"
expect_equal "C++: parents of named functions" "$(field main .spanId)" "$(field try .parentSpanId | sort -u)"

run "$bin/idioms"
expect_equal "without an SDK" "7 2" "$out"
finish
