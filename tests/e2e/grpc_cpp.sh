#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# grpc_cpp: OTLP/gRPC with libgrpc++ at the other end: its client against our sink, its server against our exporter.
. "$(dirname "$0")/lib.sh" grpc_cpp
peer=$programs/grpc_peer
export OTEL_SERVICE_NAME=shop

make_certificates() {
	openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=test-ca -keyout "$tmp/ca.key" -out "$tmp/ca.pem"
	for name in server client; do
		openssl req -newkey rsa:2048 -nodes -subj "/CN=$name" -keyout "$tmp/$name.key" -out "$tmp/$name.csr"
		openssl x509 -req -in "$tmp/$name.csr" -CA "$tmp/ca.pem" -CAkey "$tmp/ca.key" -CAcreateserial -days 2 \
			-extfile <(echo subjectAltName=IP:127.0.0.1,DNS:localhost) -out "$tmp/$name.pem"
	done
}
make_certificates 2>"$logs/certificates.log"

# ---- its client, our sink ----

# calls WANT OPTION=VALUE…: what the client says of its calls to the sink, on one line.
calls() {
	local want=$1
	shift
	run timeout 60 "$peer" send "$sink_grpc_port" "$@"
	expect_match "send $*" "$want" "$(tr '\n' ' ' <<<"$out")"
}

# counted WHAT: the sink's last line.
counted() {
	sink_stop
	expect_equal "what the sink counts" "otel-c sink: $1" "$(tail -n 1 "$sink_err")"
}

sink_start --json --grpc 127.0.0.1:0
calls 'code 0: 1 ' spans=5
calls 'code 0: 300 ' calls=300 at=50 spans=20 gzip=yes
calls 'code 0: 3 ' calls=3 at=3 spans=30 text=100000
calls 'code 8: 1 message: *larger than*' spans=50 text=100000
calls 'code 8: 1 message: *larger than*' spans=50 text=100000 gzip=yes
calls 'code 12: 1 *' service=some.Other
calls 'code *: 1 message: *not protobuf*' wrong=yes
calls 'code 0: 1 ' spans=5 deadline=20000
counted '6100 spans, 0 copies'
expect_equal "spans written" 6100 "$(spans_in "$sink_out")"

sink_start --json --grpc 127.0.0.1:0 --fail 503,partial:3,hang
calls 'code 14: 1 *' spans=5
calls 'code 0: 1 rejected: 3 ' spans=5
calls 'code 4: 1 *' spans=5 deadline=3000
calls 'code 0: 1 ' spans=5
sink_stop

sink_start --json --grpc 127.0.0.1:0 --tls-cert "$tmp/server.pem" --tls-key "$tmp/server.key" --tls-client-ca "$tmp/ca.pem"
calls 'code 0: 40 ' calls=40 at=10 spans=5 ca="$tmp/ca.pem" cert="$tmp/client.pem" key="$tmp/client.key"
calls 'code 4: 1 *' spans=5 ca="$tmp/ca.pem" deadline=1000
counted '200 spans, 0 copies'

# ---- our exporter, its server ----

# server OPTION=VALUE…: a new one; $server_port, its output in $server_out.
server() {
	servers_count=$((servers_count + 1))
	server_out=$logs/server-$servers_count.out
	: >"$server_out" # what a run before this one left there would be taken for an answer
	"$peer" serve "${server_on:-0}" "$@" >"$server_out" 2>"$logs/server-$servers_count.err" &
	server_pid=$!
	wait_for 60 grep -q '^listening on ' "$server_out" || fail "the server did not start: $(cat "$logs/server-$servers_count.err")"
	server_port=$(sed -n 's/^listening on //p' "$server_out")
}

server_stop() {
	end "$server_pid" || true
}

# came SUM: what the server counted, at its end.
came() {
	server_stop
	expect_equal "$name: what came" "$1 metrics=0 records=0" "$(tail -n 1 "$server_out")"
}

# answered: the answers that the server gave, on one line.
answered() {
	sed -n 's/^call answer=\([^ ]*\) .*/\1/p' "$server_out" | xargs
}

soon=(OTEL_C_EXPORT_RETRY_INITIAL=40 OTEL_C_EXPORT_RETRY_MAX=160)
never=(OTEL_C_EXPORT_RETRY_INITIAL=600000 OTEL_C_EXPORT_RETRY_MAX=600000)

# row HOW VARIABLE…: seven spans in one batch to that server; what is told of them in $out.
row() {
	local how=$1
	shift
	run timeout 60 env OTEL_EXPORTER_OTLP_PROTOCOL=grpc OTEL_EXPORTER_OTLP_ENDPOINT="${scheme:-http}://127.0.0.1:$server_port" \
		OTEL_BSP_MAX_EXPORT_BATCH_SIZE=7 OTEL_BSP_SCHEDULE_DELAY=600000 "$@" "$programs/faults" 7 "$how"
	expect_equal "$name: exit status" 0 "$status"
}

# told COUNTERS: those that are not 0, apart from how many were created.
told() {
	expect_equal "$name" "ok created=7 $1" "$out"
}

for gzip in none gzip; do
	name="delivered, $gzip"
	server
	row wait OTEL_EXPORTER_OTLP_COMPRESSION=$gzip OTEL_EXPORTER_OTLP_HEADERS=api-key=k1 OTEL_EXPORTER_OTLP_TIMEOUT=7000
	told accepted=7
	expect_match "$name: what the server saw" '*answer=ok bytes=* patience=[1-7]?00 api-key=k1*' "$(cat "$server_out")"
	expect_equal "$name: messages" '' "$err"
	came 'spans=7 different=7'
done

name='taken in part'
server answers=part:3
row wait
told 'accepted=4 rejected=3'
expect_match "$name: messages" '*only in part: in part*' "$err"
came 'spans=7 different=7'

for code in 1 4 10 11 14 15; do
	name="code $code, which may be tried again"
	server answers=$code,$code
	row wait "${soon[@]}"
	told accepted=7
	expect_equal "$name: answers" "$code $code ok" "$(answered)"
	came 'spans=7 different=7'
done

for code in 2 3 5 6 7 9 12 13 16 8; do
	name="code $code, which may not be tried again"
	server answers=$code
	row wait "${soon[@]}"
	told rejected=7
	expect_match "$name: messages" '*refused*100%*' "$err"
	came 'spans=0 different=0'
done

for code in 8 14; do
	name="code $code with RetryInfo"
	server answers=$code:50,$code:1
	row wait "${never[@]}"
	told accepted=7
	expect_equal "$name: answers" "$code:50 $code:1 ok" "$(answered)"
	came 'spans=7 different=7'
done

name='a deadline that passes'
server answers=late:600000
row wait "${soon[@]}" OTEL_EXPORTER_OTLP_TIMEOUT=4000
told 'accepted=7 ambiguous=7'
wait_for 60 grep -q cancelled "$server_out" || true
expect_equal "$name: the server heard of it" 1 "$(grep -c cancelled "$server_out")"
came 'spans=14 different=7'

name='all signals'
cat >"$tmp/all.jsonl" <<'JSON'
{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174","name":"a"}]}]}]}
{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"m","gauge":{"dataPoints":[{"asInt":"7","timeUnixNano":"1700000000000000000"}]}}]}]}]}
{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"1700000000000000000","body":{"stringValue":"text"}}]}]}]}
JSON
server
run timeout 60 env OTEL_EXPORTER_OTLP_PROTOCOL=grpc OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:$server_port" \
	"$bin/otel-c" send "$tmp/all.jsonl"
expect_equal "$name" '3 accepted, 0 rejected, 0 retries' "$out"
server_stop
expect_equal "$name: what came" 'spans=1 different=1 metrics=1 records=1' "$(tail -n 1 "$server_out")"

name='a message that is too large'
server max=1200
row wait "${soon[@]}"
told 'accepted=7'
came 'spans=7 different=7'

name='gzip, which the server does not take'
server gzip=no
row wait "${soon[@]}" OTEL_EXPORTER_OTLP_COMPRESSION=gzip
told 'accepted=7'
server_stop

name='TLS'
server cert="$tmp/server.pem" key="$tmp/server.key"
scheme=https row wait OTEL_EXPORTER_OTLP_CERTIFICATE="$tmp/ca.pem"
told accepted=7
came 'spans=7 different=7'

name='TLS with a client certificate'
server cert="$tmp/server.pem" key="$tmp/server.key" ca="$tmp/ca.pem"
scheme=https row wait OTEL_EXPORTER_OTLP_CERTIFICATE="$tmp/ca.pem" OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE="$tmp/client.pem" \
	OTEL_EXPORTER_OTLP_CLIENT_KEY="$tmp/client.key"
told accepted=7
came 'spans=7 different=7'

# ---- under load ----

# load HOW VARIABLE…: 20000 spans in batches of 100 in the background; told in $tmp/told.
load() {
	: >"$tmp/told"
	env OTEL_EXPORTER_OTLP_PROTOCOL=grpc OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:$server_port" \
		OTEL_BSP_MAX_EXPORT_BATCH_SIZE=100 OTEL_BSP_MAX_QUEUE_SIZE=40000 "${soon[@]}" "$@" \
		timeout 100 "$programs/faults" 20000 wait >"$tmp/told" 2>"$logs/load.err" &
	load_pid=$!
}

# settled: the load's end; each span is accepted and came, or came twice and is told so.
settled() {
	local ambiguous spans different
	wait "$load_pid" || fail "$name: exit status $?"
	out=$(cat "$tmp/told")
	expect_match "$name" 'ok created=20000 accepted=20000*' "$out"
	ambiguous=$(sed -n 's/^ok created=20000 accepted=20000 ambiguous=\([0-9]*\)$/\1/p' <<<"$out")
	spans=$(cat "$@" | sed -n 's/^spans=\([0-9]*\) .*/\1/p' | awk '{ n += $1 } END { print n }')
	[ "$spans" -ge 20000 ] && [ "$((spans - 20000))" -le "${ambiguous:-0}" ] ||
		fail "$name: $spans spans came, ${ambiguous:-0} are ambiguous: $out"
}

name='connections that must end (GOAWAY) under load'
server age=100
load
wait_for 60 test -s "$tmp/told" || fail "$name: not done"
server_stop
settled "$server_out"

name='a server that is stopped and started under load'
port_reserve
server_on=$reserved_port
server
load
wait_for 60 grep -q '^call' "$server_out" || fail "$name: no call came"
server_stop
first=$server_out
server
wait_for 60 test -s "$tmp/told" || fail "$name: not done"
server_stop
settled "$first" "$server_out"
finish
