#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# sink_test.sh - otel-c and its sink from outside: real sockets, curl as the client.
set -euo pipefail
otel_c=$OTEL_C_TEST_BUILD/bin/otel-c
sample=$OTEL_C_TEST_BUILD/tests/sample_request
dir=$(mktemp -d)
sink=
failures=0

cleanup() {
	[ -z "$sink" ] || kill "$sink" 2>/dev/null || true
	rm -rf "$dir"
}
trap cleanup EXIT

# check NAME COMMAND…: the command must succeed.
check() {
	local name=$1
	shift
	if ! "$@"; then
		echo "FAILED: $name"
		failures=$((failures + 1))
	fi
}

# says FILE TEXT: the file holds it.
says() {
	grep -qF -- "$2" "$1" || { echo "no \"$2\" in $1:"; head -c 2000 "$1"; return 1; }
}

# ends_with CODE COMMAND…: the exit status; output in $dir/out and $dir/err.
ends_with() {
	local want=$1 have=0
	shift
	timeout 60 "$@" >"$dir/out" 2>"$dir/err" </dev/null || have=$?
	[ "$have" = "$want" ] || { echo "$*: exit status $have, not $want"; cat "$dir/err"; return 1; }
}

# start_sink OPTION…: on a free port, $url; stdout in $dir/sink.out, stderr in $dir/sink.err.
start_sink() {
	: >"$dir/sink.err" # what a sink before this one said would be taken for an answer
	"$otel_c" sink --listen 127.0.0.1:0 "$@" >"$dir/sink.out" 2>"$dir/sink.err" &
	sink=$!
	for _ in $(seq 1200); do
		grep -q '^listening on ' "$dir/sink.err" && break
		sleep 0.05
	done
	url=http://$(sed -n 's/^listening on //p' "$dir/sink.err")/v1/traces
}

# sink_ends CODE: it ends by itself.
sink_ends() {
	local have=0
	wait "$sink" || have=$?
	sink=
	[ "$have" = "$1" ] || { echo "the sink ended with $have, not $1"; cat "$dir/sink.err"; return 1; }
}

# post CODE CURL-OPTION…: the HTTP status of a request of $type; the body in $dir/body.
type=application/x-protobuf
post() {
	local want=$1 have
	shift
	have=$(curl -s --noproxy '*' --max-time 60 -o "$dir/body" -w '%{http_code}' \
		-H "Content-Type: $type" "$@" "$url") || true
	[ "$have" = "$want" ] || { echo "HTTP status $have, not $want"; cat "$dir/body"; return 1; }
}

printed_within() {
	for _ in $(seq $(($1 * 20))); do
		grep -qF -- "$2" "$dir/sink.out" && return 0
		sleep 0.05
	done
	return 1
}

"$sample" order >"$dir/order"
"$sample" twice >"$dir/twice"
"$sample" many 5000 >"$dir/many"
gzip -c "$dir/order" >"$dir/order.gz"
head -c 100 "$dir/order" >"$dir/cut"
printf '\n\012\022\010\022\0\022\0\022\0\022\0' >"$dir/logs" # four empty log records
head -c $((64 * 1024 * 1024 + 1)) /dev/zero >"$dir/huge"
gzip -c "$dir/huge" >"$dir/bomb.gz"

# ---- the tool ----
check "no command is a wrong usage" ends_with 2 "$otel_c"
check "  and shows how" says "$dir/err" "usage: otel-c COMMAND"
check "an unknown command is a wrong usage" ends_with 2 "$otel_c" frobnicate
check "  and the commands are listed" says "$dir/err" "  sink "
check "help lists the commands" ends_with 0 "$otel_c" help
check "  on stdout" says "$dir/out" "  sink "
check "help shows a command's page" ends_with 0 "$otel_c" help sink
check "  whole" says "$dir/out" "--until-spans N"
check "so does --help" ends_with 0 "$otel_c" sink --help
check "  whole" says "$dir/out" "--until-spans N"
check "the version is shown" ends_with 0 "$otel_c" --version
check "  by name" says "$dir/out" "otel-c "

# ---- wrong usage ----
check "an unknown option" ends_with 2 "$otel_c" sink --frob
check "  is named" says "$dir/err" "--frob is no option"
check "an option without its value" ends_with 2 "$otel_c" sink --listen
check "  is named" says "$dir/err" "--listen needs a value"
check "a wrong failure" ends_with 2 "$otel_c" sink --fail 503x2,teapot
check "  is named" says "$dir/err" '--fail: "teapot" is none of: 300 to 599, partial, reset'
check "a wrong address" ends_with 2 "$otel_c" sink --listen nonsense
check "  is named" says "$dir/err" '"nonsense" is not HOST:PORT'
check "a timeout alone" ends_with 2 "$otel_c" sink --timeout 3
check "  is explained" says "$dir/err" "--timeout needs --until-spans"

# ---- files ----
check "a file is printed as a tree" ends_with 0 "$otel_c" sink --file "$dir/order"
check "  with its spans" says "$dir/out" "   └─ check_inventory"
check "  without colour" test -z "$(tr -dc '\033' <"$dir/out")"
check "a file is printed as JSON" ends_with 0 "$otel_c" sink --json --file "$dir/order"
check "  in one line" test "$(wc -l <"$dir/out")" = 1
check "standard input is a file too" ends_with 0 bash -c '"$1" sink --file - <"$2"' - "$otel_c" "$dir/order"
check "a cut file is refused" ends_with 1 "$otel_c" sink --file "$dir/cut"
check "  with a reason" says "$dir/err" "not protobuf"
check "a file that breaks the rules is refused" ends_with 1 "$otel_c" sink --file "$dir/twice"
check "  with a reason" says "$dir/err" 'attribute "user.id" comes twice'
check "a missing file is named" ends_with 1 "$otel_c" sink --file "$dir/none"
check "  with the system's words" says "$dir/err" "No such file"
check "a full disk is told" ends_with 1 bash -c '"$1" sink --file "$2" >/dev/full' - "$otel_c" "$dir/order"
check "  in words" says "$dir/err" "cannot write to standard output"

# ---- until enough spans came ----
start_sink --until-spans 8 --timeout 60
check "plain spans are taken" post 200 --data-binary "@$dir/order"
check "nothing is printed before the end" test ! -s "$dir/sink.out"
check "gzip spans are taken" post 200 -H 'Content-Encoding: gzip' --data-binary "@$dir/order.gz"
check "the last answer is sent before the end" sink_ends 0
check "requests of one trace are one tree" says "$dir/sink.out" "8 spans"

start_sink --json --until-spans 1 --timeout 60
check "spans are taken" post 200 --data-binary "@$dir/order"
check "one is enough" sink_ends 0
check "JSON is one line for each request" test "$(wc -l <"$dir/sink.out")" = 1
check "JSON has hex ids" says "$dir/sink.out" '"traceId":"67400a1b5759eac8f2f1d4c3b2a19080"'

start_sink --until-spans 9 --timeout 6
check "spans are taken" post 200 --data-binary "@$dir/order"
check "time may be up" sink_ends 1
check "  which is told with the number that came" says "$dir/sink.err" "4 of 9 spans came in 6 s"
check "  and they are printed all the same" says "$dir/sink.out" "4 spans"

# ---- refusals ----
start_sink --headers
address=${url#http://}
address=${address%/v1/traces}
check "an empty request is a success" post 200 --data-binary ''
check "malformed protobuf is refused" post 400 --data-binary "@$dir/cut"
check "  with a reason in the answer" says "$dir/body" "not protobuf"
check "  and on stderr" says "$dir/sink.err" "answered 400: not protobuf"
check "broken rules are refused" post 400 --data-binary "@$dir/twice"
check "  with a reason" says "$dir/body" 'spans[0] "login": attribute "user.id" comes twice'
check "what is no gzip is refused" post 400 -H 'Content-Encoding: gzip' --data-binary "@$dir/order"
check "a body that unpacks to too much is refused" post 413 -H 'Content-Encoding: gzip' --data-binary "@$dir/bomb.gz"
check "a body that is too large is refused" post 413 --data-binary "@$dir/huge"
check "so is one of unknown length" post 413 -H 'Transfer-Encoding: chunked' -T "$dir/huge" -X POST
check "another encoding is refused" post 415 -H 'Content-Encoding: br' --data-binary "@$dir/order"
type=application/json
check "JSON that breaks the rules is refused" post 400 -d '{"resourceSpans":[{"scopeSpans":[{"spans":[{}]}]}]}'
check "  with a reason" says "$dir/body" "traceId is 0 bytes long"
check "JSON is taken" post 200 -d '{}'
check "  and answered" says "$dir/body" '{}'
type=application/x-protobuf
check "GET is refused" post 405 -X GET
url=http://$address/v1/profiles
check "another path is refused" post 404 --data-binary "@$dir/order"
url=http://$address/v1/logs
check "logs are counted" post 200 --data-binary "@$dir/logs"
check "  which is said" says "$dir/sink.err" "log records are counted; --json and --tee print them"
url=http://$address/v1/metrics
check "metrics that are none are refused" post 400 --data-binary "@$dir/cut"
check "even those that are well-formed spans" post 400 --data-binary "@$dir/order"
url=http://$address/v1/traces
check "headers are shown" post 200 -H 'X-SF-Token: hush' -H 'X-Test: seen' --data-binary "@$dir/order"
check "  by name and value" says "$dir/sink.err" "X-Test: seen"
check "  but no secrets" says "$dir/sink.err" "X-SF-Token: (redacted)"
check "  at all" test -z "$(grep hush "$dir/sink.err")"
check "a port in use ends a second sink" ends_with 1 "$otel_c" sink --listen "$address"
check "  and is named" says "$dir/err" "$address is in use"
check "a trace is printed a little later" printed_within 60 "4 spans"
check "many spans are taken" post 200 --data-binary "@$dir/many"
kill -TERM "$sink"
check "SIGTERM ends it cleanly" sink_ends 0
check "what waits is printed then" test "$(grep -c '^trace ' "$dir/sink.out")" = 5001
check "what came is counted" says "$dir/sink.err" "otel-c sink: 5004 spans, 0 copies, 4 log records"

# ---- failures that are asked for ----
start_sink --json --fail 503:7,429,partial:3,drop-reply,reset,slow,hangx2
check "the first is refused" post 503 --data-binary "@$dir/order" -D "$dir/head"
check "  for a while" grep -qi '^Retry-After: 7' "$dir/head"
check "  which is said" says "$dir/sink.err" "--fail: answered 503, Retry-After: 7: refused 4 spans"
check "the second, too" post 429 --data-binary "@$dir/order" -D "$dir/head"
check "  for no certain time" test -z "$(grep -i '^Retry-After' "$dir/head")"
check "what is no good is refused all the same" post 400 --data-binary "@$dir/twice"
check "the third is taken in part" post 200 --data-binary "@$dir/order"
check "  which the answer says" says "$dir/body" "as --fail says"
check "an answer is lost" post 000 --data-binary "@$dir/order"
check "  and what it was about came" test "$(wc -l <"$dir/sink.out")" = 2
check "a connection is reset" post 000 --data-binary "@$dir/order"
check "  before anything was taken" test "$(wc -l <"$dir/sink.out")" = 2
check "an answer is late" post 200 --data-binary "@$dir/order" -w '%{http_code}'
check "an answer never comes" post 000 --max-time 1 --data-binary "@$dir/order"
curl -s --noproxy '*' -H "Content-Type: $type" --data-binary "@$dir/order" "$url" &
waiting=$!
for _ in $(seq 1200); do
	[ "$(grep -c 'gives no answer' "$dir/sink.err")" = 2 ] && break
	sleep 0.05
done
check "then all is well" post 200 --data-binary "@$dir/order"
kill -TERM "$sink"
check "clients that wait are no hindrance to the end" sink_ends 0
wait "$waiting" || true
check "copies are counted" says "$dir/sink.err" "otel-c sink: 13 spans, 9 copies"

start_sink
check "spans are taken" post 200 --data-binary "@$dir/order"
kill -INT "$sink"
check "SIGINT ends it cleanly" sink_ends 0
check "what waits is printed then" says "$dir/sink.out" "4 spans"

[ "$failures" = 0 ] || { echo "$failures checks failed"; exit 1; }
echo "all checks passed"
