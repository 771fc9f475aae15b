#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# dns: names that do not resolve, not yet, or for ever. In a network of its own, whose one name server does as it is
# told.
if [ -z "${FAULTS_DNS_INSIDE:-}" ]; then
	for way in '-mn' '-Urmn'; do
		if unshare $way true 2>/dev/null; then
			FAULTS_DNS_INSIDE=1 exec unshare $way "$0"
		fi
	done
	echo 'SKIPPED: no name spaces here'
	exit 77
fi
. "$(dirname "$0")/lib.sh" dns

printf 'nameserver 127.0.0.1\noptions timeout:30 attempts:5\n' >"$tmp/resolv.conf"
printf 'hosts: files dns\n' >"$tmp/nsswitch.conf"
printf '127.0.0.1 localhost\n' >"$tmp/hosts"
for file in resolv.conf nsswitch.conf hosts; do
	mount --bind "$tmp/$file" "/etc/$file" || skip "/etc/$file cannot be replaced"
done
: >"$tmp/manner"
python3 "$(dirname "$0")/backend/dns.py" "$tmp/manner" 2>"$logs/dns.log" &
wait_for 60 grep -q ready "$tmp/manner" || fail "the name server did not start: $(cat "$logs/dns.log")"

export FAULTS_RESOLVING=1 # libcurl's thread that resolves has descriptors of its own

# names MANNER: what the name server does from now on.
names() {
	echo "$1" >"$tmp/manner"
}

# named_row NAME ANSWERS WANT [VARIABLE…]: the backend is called otel.test.
named_row() {
	begin "$1"
	# shellcheck disable=SC2086
	backend $2
	program OTEL_EXPORTER_OTLP_ENDPOINT="http://otel.test:$port" "${@:4}"
	agree "$3" "$2"
}

names found
named_row 'a name' '200' 'accepted=7'
names none
named_row 'no such name' '' 'retry=7' "${brief[@]}"
says '*the host name did not resolve*'
names failure
named_row 'the name server fails' '' 'retry=7' "${brief[@]}"
names silent
named_row 'the name server does not answer' '' 'retry=7' "${brief[@]}" OTEL_EXPORTER_OTLP_TIMEOUT=300
how=leave named_row 'the name server does not answer, at the exit' '' 'shutdown=7' OTEL_C_EXIT_TIMEOUT=300
how=stop named_row 'the name server does not answer, at a stop' '' 'failed shutdown=7' "${never[@]}" \
	OTEL_EXPORTER_OTLP_TIMEOUT=300

for how_names in none failure silent; do
	begin "the name server: $how_names, then it finds it"
	names "$how_names"
	backend 200
	program_begin OTEL_EXPORTER_OTLP_ENDPOINT="http://otel.test:$port" "${soon[@]}" OTEL_EXPORTER_OTLP_TIMEOUT=5000
	failed_once
	names found
	program_end
	agree 'accepted=7' '200'
done
rows_end
