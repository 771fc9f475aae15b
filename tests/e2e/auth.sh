#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# auth: three vendors' authenticators against a backend that takes nothing but what is signed as it should be: neither
# unsigned, nor stale, nor wrongly hashed. And what servers tell their clients, for vendors write that as well.
. "$(dirname "$0")/lib.sh" auth

log=$tmp/requests
: >"$log"
server_start backend python3 "$OTEL_C_TEST_SOURCE/tests/e2e/programs/auth_backend.py" "$log"
port=$server_port
url=http://127.0.0.1:$port
export OTEL_DISTRO=splunk OTEL_C_PLUGIN_PATH=$servers_build/tests/modules
export AUTH_STATIC_KEY=k3y AUTH_HASH_KEY=h4sh AUTH_TOKEN_URL=$url/tokens

# requests: what the backend got since the last time, in one line
requests() {
	tr '\n' ';' <"$log"
	: >"$log"
}

# tell WHAT: the backend
tell() {
	exec 6<>"/dev/tcp/127.0.0.1/$port"
	printf 'GET /tell/%s HTTP/1.0\r\n\r\n' "$1" >&6
	cat <&6 >/dev/null
	exec 6>&-
}

# one_span PATH VARIABLE…: a program that makes one
one_span() {
	local path=$1
	shift
	run env OTEL_EXPORTER_OTLP_ENDPOINT="$url$path" "$@" "$programs/asked_spans" <<<one
	expect_equal "$path $*: exit status" 0 "$status"
}

# ---- a key in a header ----

one_span /static
expect_equal "unsigned" "/static/v1/traces 401 unsigned;" "$(requests)"
one_span /static OTEL_C_EXPORTER_OTLP_AUTH=auth_static
expect_equal "static" "/static/v1/traces 200;|flushed|" "$(requests)|$out|$err"
one_span /static OTEL_C_EXPORTER_OTLP_TRACES_AUTH=Auth_Static OTEL_C_EXPORTER_OTLP_AUTH=none
expect_equal "static, for traces" "/static/v1/traces 200;" "$(requests)"
one_span /static OTEL_C_EXPORTER_OTLP_AUTH=auth_static OTEL_EXPORTER_OTLP_HEADERS=X-Api-Key=old
expect_equal "it takes the place of a header of that name" "/static/v1/traces 200;" "$(requests)"
one_span /static OTEL_C_EXPORTER_OTLP_AUTH=auth_static AUTH_STATIC_KEY=wr0ng
expect_equal "a wrong key" "/static/v1/traces 401 unsigned;" "$(requests)"
case $err in *wr0ng*) fail "a secret was said: $err" ;; esac
one_span /static OTEL_C_EXPORTER_OTLP_AUTH=auth_static AUTH_STATIC_KEY=
expect_equal "no key: nothing is sent" "" "$(requests)"
expect_match "no key: message" 'otel-c: authenticator "auth_static": it did not sign the request*' "$err"

# ---- a hash and a signature over each request ----

one_span /hash OTEL_C_EXPORTER_OTLP_AUTH=auth_hash
expect_equal "hash" "/hash/v1/traces 200;" "$(requests)"
one_span /hash OTEL_C_EXPORTER_OTLP_AUTH=auth_hash OTEL_EXPORTER_OTLP_COMPRESSION=gzip
expect_equal "hash of a compressed body" "/hash/v1/traces 200;" "$(requests)"
one_span /hash OTEL_C_EXPORTER_OTLP_AUTH=auth_hash AUTH_HASH_KEY=other
expect_equal "signed with another key" "/hash/v1/traces 401 wrong-signature;" "$(requests)"

# ---- tokens that expire ----

mkfifo "$tmp/lines"
env OTEL_EXPORTER_OTLP_ENDPOINT="$url/token" OTEL_C_EXPORTER_OTLP_AUTH=auth_token "$programs/asked_spans" \
	<"$tmp/lines" >"$tmp/answers" 2>"$tmp/said" &
program=$!
exec 7>"$tmp/lines"

# ask: a span more; prints how its flush went
ask() {
	local before
	before=$(wc -l <"$tmp/answers")
	echo "a span" >&7
	wait_for 60 sh -c "[ \"\$(wc -l <'$tmp/answers')\" -gt $before ]" || echo "no answer"
	tail -n 1 "$tmp/answers"
}

expect_equal "token: first span" flushed "$(ask)"
expect_equal "token: first requests" "/tokens 200;/token/v1/traces 200;" "$(requests)"
expect_equal "token: second span" flushed "$(ask)"
expect_equal "token: it is kept" "/token/v1/traces 200;" "$(requests)"
tell valid/10000,600000
tell revoke
expect_equal "token: after it was revoked" flushed "$(ask)"
expect_equal "token: refused, renewed, sent again" \
	"/token/v1/traces 401 unknown-token;/tokens 200;/token/v1/traces 200;" "$(requests)"
wait_for 60 grep -q tokens "$log" || fail "token: no renewal ahead of the end"
tell old # which would be stale before long
expect_equal "token: after it expired" flushed "$(ask)"
expect_equal "token: renewed ahead of the end" "/tokens 200;/token/v1/traces 200;" "$(requests)"
expect_equal "token: nothing was said so far" "" "$(cat "$tmp/said")"

tell down
tell revoke
expect_equal "token: none to be had" failed "$(ask)"
[[ $(requests) =~ ^/token/v1/traces\ 401\ unknown-token\;(/tokens 500\;)+$ ]] || fail "token: requests while none is to be had"
expect_equal "token: what is said" 'otel-c: authenticator "auth_token": the token server answered 500; will try again' \
	"$(sort -u "$tmp/said")"
tell up
wait_for 60 grep -q '^/token/v1/traces 200' "$log" || fail "token: what had waited was not sent"
expect_equal "token: again there" flushed "$(ask)"
expect_match "token: what had waited is sent as well" "*/tokens 200;*/token/v1/traces 200;/token/v1/traces 200;" "$(requests)"
exec 7>&-
wait "$program" || fail "token: the program failed"
: >"$log"

# The next process begins with what the last one left, as long as it is good.
mkdir -m 700 "$tmp/state"
one_span /token OTEL_C_EXPORTER_OTLP_AUTH=auth_token OTEL_C_STATE_DIRECTORY="$tmp/state"
expect_equal "state: the first process" "/tokens 200;/token/v1/traces 200;" "$(requests)"
expect_equal "state: its file" "600 auth_token@token" "$(cd "$tmp/state" && stat -c '%a %n' -- *)"
one_span /token OTEL_C_EXPORTER_OTLP_AUTH=auth_token OTEL_C_STATE_DIRECTORY="$tmp/state"
expect_equal "state: the second process" "/token/v1/traces 200;" "$(requests)"
tell revoke
one_span /token OTEL_C_EXPORTER_OTLP_AUTH=auth_token OTEL_C_STATE_DIRECTORY="$tmp/state"
expect_equal "state: it was void" "/token/v1/traces 401 unknown-token;/tokens 200;/token/v1/traces 200;" "$(requests)"
chmod 770 "$tmp/state"
one_span /token OTEL_C_EXPORTER_OTLP_AUTH=auth_token OTEL_C_STATE_DIRECTORY="$tmp/state"
expect_equal "state: not where others may write" "/tokens 200;/token/v1/traces 200;" "$(requests)"
expect_equal "state: message" "otel-c: OTEL_C_STATE_DIRECTORY: \"$tmp/state\" cannot be used: others may write to it; allowed: its owner alone" "$err"

# ---- no ----

one_span /forbidden OTEL_C_EXPORTER_OTLP_AUTH=auth_token
expect_equal "forbidden" "/tokens 200;/forbidden/v1/traces 403 forbidden;/tokens 200;/forbidden/v1/traces 403 forbidden;" \
	"$(requests)"
expect_match "forbidden: message" "otel-c: otlp: $url/forbidden/v1/traces answered 403*dropped" "$err"

run env OTEL_EXPORTER_OTLP_ENDPOINT=http://192.0.2.1:4318 OTEL_C_EXPORTER_OTLP_AUTH=auth_static "$programs/asked_spans" <<<one
expect_equal "plain http: status" 0 "$status"
expect_equal "plain http: message" "otel-c: otlp: cannot export to http://192.0.2.1:4318/v1/traces: credentials of authenticator \"auth_static\" are not sent over plain http to another machine: use https, or set OTEL_C_HTTP_ALLOW_INSECURE_CREDENTIALS=true" "$err"

one_span /static OTEL_C_EXPORTER_OTLP_AUTH=sigv5
expect_equal "unknown: nothing is sent" "" "$(requests)"
expect_match "unknown: message" 'otel-c: OTEL_C_EXPORTER_OTLP_AUTH: "sigv5" is not an authenticator; available: *' "$err"

# A token server that says nothing does not hold the program.
server_start silent python3 -c 'import signal, socket
s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1], flush=True); signal.pause()'
begun=$SECONDS
run env OTEL_EXPORTER_OTLP_ENDPOINT="$url/token" OTEL_C_EXPORTER_OTLP_AUTH=auth_token OTEL_C_EXIT_TIMEOUT=300 \
	AUTH_TOKEN_URL="http://127.0.0.1:$server_port" "$programs/one_span"
expect_equal "silent: status" 3 "$status"
expect_equal "silent: nothing is sent" "" "$(requests)"
[ $((SECONDS - begun)) -le 40 ] || fail "silent: the program was held for $((SECONDS - begun)) s"

# Children go on with what the parent had, and whatever a fork cuts off is begun anew.
if ! sanitized; then
	run env OTEL_BSP_SCHEDULE_DELAY=1 OTEL_C_EXPORTER_OTLP_AUTH=auth_token \
		OTEL_EXPORTER_OTLP_ENDPOINT="$url/token" "$programs/forker" 100
	expect_equal "forks" "0 of 100 children failed 0 " "$out $status $err"
	expect_equal "forks: all requests" "200" "$(cut -d' ' -f2- "$log" | sort -u)"
	: >"$log"
fi

# ---- what a server tells its client ----

hex='[0-9a-f]'
run env OTEL_TRACES_EXPORTER=none OTEL_C_OTEL_RESPONSE_PROPAGATORS=traceresponse,response_timing "$programs/asked_spans" <<<one
expect_equal "response: messages" "" "$err"
[[ $out =~ ^traceresponse:\ 00-($hex{32}-$hex{16})-0[13]$'\n'Server-Timing:\ traceparent\;desc=\"00-($hex{32}-$hex{16})-01\"$'\n'Access-Control-Expose-Headers:\ Server-Timing$'\n'flushed$ ]] ||
	fail "response: headers: $out"
expect_equal "response: the same span" "${BASH_REMATCH[1]:-}" "${BASH_REMATCH[2]:-}"
run env OTEL_TRACES_EXPORTER=none OTEL_C_OTEL_RESPONSE_PROPAGATORS=traceresponse OTEL_TRACES_SAMPLER=always_off "$programs/asked_spans" <<<one
expect_match "response: not sampled" "traceresponse: 00-*-0[02]*" "$out"
run env OTEL_TRACES_EXPORTER=none "$programs/asked_spans" <<<one
expect_equal "response: nothing unless asked for" flushed "$out"
run env OTEL_SDK_DISABLED=true OTEL_C_OTEL_RESPONSE_PROPAGATORS=traceresponse "$programs/asked_spans" <<<one
expect_equal "response: nothing when disabled" flushed "$out"
finish
