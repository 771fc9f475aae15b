#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# oauth2: the authenticator oauth2 against an authorization server that takes nothing but what RFC 6749 allows, and a
# backend that takes nothing but its tokens: all ways of showing who the client is, the life of tokens, and every kind of
# answer that is none. Nothing is sent unsigned, and no secret gets into a message.
. "$(dirname "$0")/lib.sh" oauth2

log=$tmp/requests
said=$logs/all_messages
: >"$log"
: >"$said"
export OTEL_DISTRO=splunk OTEL_TRACES_EXPORTER=otlp OTEL_C_EXPORTER_OTLP_AUTH=oauth2
export OTEL_C_OAUTH2_CLIENT_ID='shop & co:1' OTEL_C_OAUTH2_CLIENT_SECRET='s3cr3t+/%&= ü~'

# token_server PORT [CERT KEY [CLIENT_CA]]: on a port that is free with PORT 0; $server_port
token_server() {
	server_start tokens python3 "$OTEL_C_TEST_SOURCE/tests/e2e/programs/token_server.py" "$1" "$log" "${@:2}" 7>&-
}

# at PORT: where everything is
at() {
	url=http://127.0.0.1:$1
	export OTEL_C_OAUTH2_TOKEN_URL=$url/token OTEL_EXPORTER_OTLP_ENDPOINT=$url
}

# requests: what came since the last time, in one line
requests() {
	tr '\n' ';' <"$log"
	: >"$log"
}

tell() {
	python3 -c 'import sys, urllib.request; urllib.request.urlopen(sys.argv[1]).read()' "$url/tell/$1"
}

# one_span [VARIABLE…]: a program that makes one; all it says is kept
one_span() {
	run env "$@" "$programs/asked_spans" <<<one
	expect_equal "$*: exit status" 0 "$status"
	echo "$err" >>"$said"
}

token_server 0
port=$server_port
at "$port"

# ---- who the client is, and what it asks for ----

one_span
expect_equal "basic" "/token 200;/v1/traces 200;|flushed|" "$(requests)|$out|$err"
one_span OTEL_C_OAUTH2_CLIENT_AUTH=client_secret_post
expect_equal "post" "/token 200;/v1/traces 200;|flushed|" "$(requests)|$out|$err"
one_span OTEL_C_OAUTH2_SCOPE='telemetry more' OTEL_C_OAUTH2_AUDIENCE=https://a.example/ \
	OTEL_C_OAUTH2_PARAMETERS='resource=urn%3Aa%26b, tenant = t1'
expect_equal "all parameters" \
	"/token?scope=telemetry more&audience=https://a.example/&resource=urn:a&b&tenant=t1 200;/v1/traces 200;||" \
	"$(requests)|$err|"
one_span OTEL_EXPORTER_OTLP_HEADERS='authorization=Bearer%20old' OTEL_EXPORTER_OTLP_COMPRESSION=gzip
expect_equal "the token takes the place of a header" "/token 200;/v1/traces 200;|" "$(requests)|$err"
one_span OTEL_C_EXPORTER_OTLP_AUTH=none
expect_equal "unsigned" "/v1/traces 401 unsigned;" "$(requests)"
one_span OTEL_C_OAUTH2_SCOPE=admin
expect_equal "a scope that is not had: nothing is sent" "/token 400 invalid_scope;" "$(requests)"
expect_match "a scope that is not had" "otel-c: authenticator \"oauth2\": $url/token answered 400, invalid_scope: see RFC 6749; will try again*" "$err"
one_span OTEL_C_OAUTH2_CLIENT_SECRET=wr0ng-s3cr3t
expect_equal "a wrong secret: nothing is sent" "/token 401 invalid_client;" "$(requests)"
expect_match "a wrong secret" "*$url/token answered 401, invalid_client: see RFC 6749; will try again*" "$err"

# The profile says the same in its own words.
cat >"$tmp/acme.ini" <<INI
[distro]
name = acme
[exporter.otlp]
endpoint = $url
auth = oauth2
[auth.oauth2]
token_url = $url/token
client_id = \${OTEL_C_OAUTH2_CLIENT_ID}
client_secret_file = $tmp/secret
INI
chmod 644 "$tmp/acme.ini"
printf '%s\n' "$OTEL_C_OAUTH2_CLIENT_SECRET" >"$tmp/secret"
run env -u OTEL_C_OAUTH2_CLIENT_SECRET -u OTEL_C_OAUTH2_TOKEN_URL -u OTEL_EXPORTER_OTLP_ENDPOINT -u OTEL_C_EXPORTER_OTLP_AUTH \
	OTEL_DISTRO="$tmp/acme.ini" "$programs/asked_spans" <<<one
expect_equal "a profile" "/token 200;/v1/traces 200;|flushed|" "$(requests)|$out|$err"
run "$bin/otel-c" config auth.oauth2
expect_match "otel-c config hides the secret" '*client_secret*redacted*' "$out"
echo "$out$err" >>"$said"
run "$bin/otel-c" config --json OTEL_C_OAUTH2_CLIENT_SECRET
echo "$out$err" >>"$said"

# ---- the life of a token ----

# program_start [VARIABLE…]: one that makes a span for each ask; program_end ends it
program_start() {
	rm -f "$tmp/lines"
	mkfifo "$tmp/lines"
	: >"$tmp/answers"
	env "$@" "$programs/asked_spans" <"$tmp/lines" >"$tmp/answers" 2>"$tmp/said" &
	program=$!
	exec 7>"$tmp/lines"
}

ask() {
	local before
	before=$(wc -l <"$tmp/answers")
	echo "a span" >&7
	wait_for 60 sh -c "[ \"\$(wc -l <'$tmp/answers')\" -gt $before ]" || echo "no answer"
	tail -n 1 "$tmp/answers"
}

program_end() {
	exec 7>&-
	wait "$program" || fail "the program failed"
	cat "$tmp/said" >>"$said"
}

program_start OTEL_C_OAUTH2_CLIENT_SECRET_FILE="$tmp/secret" OTEL_C_OAUTH2_CLIENT_SECRET=
expect_equal "first span" "flushed|/token 200;/v1/traces 200;" "$(ask)|$(requests)"
expect_equal "second span: the token is kept" "flushed|/v1/traces 200;" "$(ask)|$(requests)"
tell revoke
expect_equal "401 once: renewed and sent again" \
	"flushed|/v1/traces 401 unknown-token;/token 200;/v1/traces 200;" "$(ask)|$(requests)"
expect_equal "nothing was said so far" "" "$(cat "$tmp/said")"
tell secret/n3w-s3cr3t
printf 'n3w-s3cr3t\n' >"$tmp/secret.new"
mv "$tmp/secret.new" "$tmp/secret"
tell revoke
expect_equal "another secret in the file" \
	"flushed|/v1/traces 401 unknown-token;/token 200;/v1/traces 200;" "$(ask)|$(requests)"
tell down
tell revoke
[[ "$(ask)|$(requests)" =~ ^failed\|/v1/traces\ 401\ unknown-token\;(/token 500\;)+$ ]] || fail "no token to be had: requests"
expect_equal "no token to be had: message" \
	"otel-c: authenticator \"oauth2\": $url/token answered 500; will try again" "$(sort -u "$tmp/said")"
tell up
wait_for 60 grep -q '^/v1/traces 200' "$log" || fail "what waited was not sent once the server was up again"
expect_match "what waited is sent" "*/token 200;*/v1/traces 200;*" "$(requests)"
program_end
tell secret/s3cr3t+%2F%25%26%3D%20%C3%BC~
: >"$log"

# Tokens that hold for seconds are exchanged ahead of their end, and never shown when they are stale.
tell life/10
program_start
expect_equal "short life: first span" "flushed" "$(ask)"
for _ in 1 2 3; do
	sleep 4
	expect_equal "short life" "flushed" "$(ask)"
done
program_end
got=$(requests)
expect_match "short life: several tokens" "/token 200;*/token 200;*" "$got"
case $got in *40?*) fail "short life: a stale token was shown: $got" ;; esac
expect_equal "short life: nothing is said" "" "$(cat "$tmp/said")"
tell life/3600

# Nobody is asked without end when the backend never takes a token.
program_start OTEL_EXPORTER_OTLP_ENDPOINT="$url/never" OTEL_BSP_SCHEDULE_DELAY=50
expect_equal "401 forever" "failed" "$(ask)"
expect_equal "401 forever: one token more, and no other" \
	"/token 200;/never/v1/traces 401 never;/token 200;/never/v1/traces 401 never;" "$(requests)"
for _ in $(seq 20); do
	ask >/dev/null
done
got=$(requests)
[ "$(tr ';' '\n' <<<"$got" | grep -c '^/token')" -le 8 ] || fail "401 forever: the token server was asked too often: $got"
program_end
expect_match "401 forever: message" "*$url/never/v1/traces answered 401*" "$(cat "$tmp/said")"
: >"$log"

# ---- the server is not there when the program starts ----

port_reserve
late=$reserved_port
late_url=http://127.0.0.1:$late
program_start OTEL_C_OAUTH2_TOKEN_URL="$late_url/token" OTEL_EXPORTER_OTLP_ENDPOINT="$late_url"
expect_equal "down at start" "failed|" "$(ask)|$(requests)"
expect_match "down at start: message" "*authenticator \"oauth2\": no token from $late_url/token: *refused*; will try again" \
	"$(cat "$tmp/said")"
token_server "$late"
wait_for 60 grep -q '^/v1/traces 200' "$log" || fail "what waited for the server was not sent"
expect_match "down at start: the token comes first" "/token 200;/v1/traces 200;*" "$(requests)"
program_end

# Children of a fork go on with what the parent has; none of them sends without it.
if ! sanitized; then
	run env OTEL_BSP_SCHEDULE_DELAY=1 "$programs/forker" 100
	expect_equal "forks" "0 of 100 children failed 0 " "$out $status $err"
	[ "$(grep -c '^/token' "$log")" -le 3 ] || fail "forks: $(grep -c '^/token' "$log") tokens"
	expect_equal "forks: all other requests" "/v1/traces 200" "$(grep -v '^/token' "$log" | sort -u)"
	: >"$log"
fi

# ---- answers that are no tokens ----

# odd KIND PATTERN [VARIABLE…]: what is said of it; and nothing is sent to the backend
odd() {
	local kind=$1 pattern=$2
	shift 2
	one_span OTEL_C_OAUTH2_TOKEN_URL="$url/token/$kind" "$@"
	case $(requests) in *traces*) fail "$kind: something was sent without a token" ;; esac
	expect_match "$kind: message" "otel-c: authenticator \"oauth2\": $pattern; will try again*" "$err"
}

odd html "$url/token/html answered 200, but it is no JSON object"
odd garbage "$url/token/garbage answered 200, but it is no JSON object"
odd list "$url/token/list answered 200, but it is no JSON object"
odd deep "$url/token/deep answered 200, but it is no JSON object"
odd empty "$url/token/empty answered 200, but it is no JSON object"
odd huge "no token from $url/token/huge: *"
odd long "$url/token/long answered 200, but its access_token is empty, longer than 32 KiB, or not printable ASCII"
odd none "$url/token/none answered 200, but it holds no access_token"
odd split "$url/token/split answered 200, but its access_token is empty, longer than 32 KiB, or not printable ASCII"
odd mac "$url/token/mac answered 200, but its token_type is not Bearer"
odd untyped "$url/token/untyped answered 200, but its token_type is not Bearer"
odd error200 "$url/token/error200 answered 200, invalid_scope"
odd redirect "$url/token/redirect answered 307; redirects are not followed"
odd teapot "$url/token/teapot answered 418"
odd lines "$url/token/lines answered 400, invalid_request: one line \[31m"
odd wordy "$url/token/wordy answered 400, invalid_request: wwww*"
odd busy "$url/token/busy answered 503"
odd slow "no token from $url/token/slow: *" OTEL_C_OAUTH2_TIMEOUT=2000
odd echo "$url/token/echo answered 400 in words that hold the secret"
odd echo "$url/token/echo answered 400 in words that hold the secret" OTEL_C_OAUTH2_CLIENT_AUTH=client_secret_post

# A server that says nothing does not hold the program at its end.
begun=$SECONDS
run env OTEL_C_OAUTH2_TOKEN_URL="$url/token/slow" OTEL_C_EXIT_TIMEOUT=300 "$programs/one_span"
expect_equal "slow, at the end: nothing is sent" "" "$(grep traces "$log" || true)"
[ $((SECONDS - begun)) -le 40 ] || fail "slow: the program was held for $((SECONDS - begun)) s"
: >"$log"

# ---- settings ----

# wrong PATTERN VARIABLE…: what is said, and nothing is sent
wrong() {
	local pattern=$1
	shift
	one_span "$@"
	expect_equal "$*: nothing is sent" "" "$(requests)"
	expect_match "$*: message" "$pattern*" "$err"
}

wrong 'otel-c: oauth2: \[auth.oauth2\] token_url (OTEL_C_OAUTH2_TOKEN_URL) is not set; nothing is signed' \
	OTEL_C_OAUTH2_TOKEN_URL=
wrong 'otel-c: oauth2: \[auth.oauth2\] client_id (OTEL_C_OAUTH2_CLIENT_ID) is not set; nothing is signed' \
	OTEL_C_OAUTH2_CLIENT_ID=
wrong 'otel-c: oauth2: \[auth.oauth2\] client_secret (OTEL_C_OAUTH2_CLIENT_SECRET) or client_secret_file is not set; nothing is signed' \
	OTEL_C_OAUTH2_CLIENT_SECRET=
wrong 'otel-c: oauth2: OTEL_C_OAUTH2_TOKEN_URL: a secret is not sent over plain http to another machine; allowed: https, or OTEL_C_HTTP_ALLOW_INSECURE_CREDENTIALS=true; nothing is signed' \
	OTEL_C_OAUTH2_TOKEN_URL=http://192.0.2.1/token
wrong 'otel-c: oauth2: OTEL_C_OAUTH2_TOKEN_URL: it holds a user; allowed: client_id and client_secret for that; nothing is signed' \
	OTEL_C_OAUTH2_TOKEN_URL="http://joe:s3cr3tpw@127.0.0.1:$port/token"
wrong 'otel-c: oauth2: OTEL_C_OAUTH2_PARAMETERS: element 2: that parameter follows from other settings; allowed: name=value,name=value; nothing is signed' \
	OTEL_C_OAUTH2_PARAMETERS='a=b,client_id=x'
wrong 'otel-c: oauth2: OTEL_C_OAUTH2_CLIENT_AUTH: tls_client_auth needs client_certificate and client_key; nothing is signed' \
	OTEL_C_OAUTH2_CLIENT_AUTH=tls_client_auth
wrong "otel-c: authenticator \"oauth2\": no secret from \"$tmp/absent\": No such file or directory; will try again" \
	OTEL_C_OAUTH2_CLIENT_SECRET= OTEL_C_OAUTH2_CLIENT_SECRET_FILE="$tmp/absent"
one_span OTEL_C_OAUTH2_CLIENT_AUTH=client_secret_magic
expect_match "client_auth: message" 'otel-c: OTEL_C_OAUTH2_CLIENT_AUTH: "client_secret_magic" is not allowed; allowed: client_secret_basic*' "$err"
expect_equal "client_auth: the default counts" "/token 200;/v1/traces 200;" "$(requests)"

# ---- TLS, with a certificate in place of the secret ----

openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1,DNS:localhost \
	-keyout "$tmp/server.key" -out "$tmp/server.pem" 2>/dev/null
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=client -keyout "$tmp/client.key" -out "$tmp/client.pem" 2>/dev/null
token_server 0 "$tmp/server.pem" "$tmp/server.key" "$tmp/client.pem"
tls=$server_port
at_tls=(OTEL_C_OAUTH2_TOKEN_URL="https://127.0.0.1:$tls/token" OTEL_EXPORTER_OTLP_ENDPOINT="https://127.0.0.1:$tls"
	OTEL_EXPORTER_OTLP_CERTIFICATE="$tmp/server.pem" OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE="$tmp/client.pem"
	OTEL_EXPORTER_OTLP_CLIENT_KEY="$tmp/client.key" OTEL_C_OAUTH2_CLIENT_AUTH=tls_client_auth OTEL_C_OAUTH2_CLIENT_SECRET=
	OTEL_C_OAUTH2_CLIENT_CERTIFICATE="$tmp/client.pem" OTEL_C_OAUTH2_CLIENT_KEY="$tmp/client.key")
one_span "${at_tls[@]}" OTEL_C_OAUTH2_CERTIFICATE="$tmp/server.pem"
expect_equal "TLS" "/token 200;/v1/traces 200;|" "$(requests)|$err"
one_span "${at_tls[@]}"
expect_equal "TLS, an authority that nobody knows" "" "$(requests)"
expect_match "TLS: message" "*no token from https://127.0.0.1:$tls/token: *certificate*" "$err"

# ---- secrets ----

if grep -nE 's3cr3t|at-[0-9]|wr0ng|c2hvcC|c2hvcCUyMCUy' "$said" "$tmp/said"; then
	fail "a secret or a token was said"
fi
# The end of the file is there, so what was looked through is all that was said.
[ "$(wc -l <"$said")" -ge 30 ] || fail "too little was said to look through"
finish
