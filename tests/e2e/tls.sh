#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# tls: whom telemetry and credentials are given to, over OTLP/HTTP and OTLP/gRPC. Each row is a server with one thing wrong
# with it: the span does not arrive there, one line says why, and the program goes on. Certificates are made here.
. "$(dirname "$0")/lib.sh" tls

export OTEL_DISTRO=splunk OTEL_TRACES_EXPORTER=otlp
pki=$tmp/pki
mkdir -p "$pki"
key=(-newkey ec -pkeyopt ec_paramgen_curve:prime256v1)

# authority NAME: $pki/NAME.pem and its key
authority() {
	openssl req -x509 "${key[@]}" -nodes -days 2 -subj "/CN=$1" -keyout "$pki/$1.key" -out "$pki/$1.pem" 2>/dev/null
}

# certificate NAME AUTHORITY SUBJECT_ALT_NAME DAYS
certificate() {
	openssl req "${key[@]}" -nodes -subj "/CN=$1" -keyout "$pki/$1.key" -out "$pki/$1.csr" 2>/dev/null
	openssl x509 -req -in "$pki/$1.csr" -CA "$pki/$2.pem" -CAkey "$pki/$2.key" -CAcreateserial -days "$4" \
		-extfile <(echo "subjectAltName=$3") -out "$pki/$1.pem" 2>/dev/null
}

authority ca
authority stranger
certificate good ca IP:127.0.0.1,DNS:localhost 2
certificate expired ca IP:127.0.0.1,DNS:localhost -1
certificate elsewhere ca DNS:elsewhere.example 2
certificate client ca DNS:client 2
certificate intruder stranger DNS:client 2
certificate outdated ca DNS:client -1
openssl req -x509 "${key[@]}" -nodes -days 2 -subj /CN=self -addext subjectAltName=IP:127.0.0.1,DNS:localhost \
	-keyout "$pki/self.key" -out "$pki/self.pem" 2>/dev/null

# server CERTIFICATE [OPTION…]: both protocols with TLS
server() {
	sink_start --json --grpc 127.0.0.1:0 --tls-cert "$pki/$1.pem" --tls-key "$pki/$1.key" "${@:2}"
	http_port=$sink_port grpc_port=$sink_grpc_port
}

# give PROTOCOL [VARIABLE…]: a program with one span
give() {
	local port=$http_port
	[ "$1" = grpc ] && port=$grpc_port
	run env OTEL_EXPORTER_OTLP_PROTOCOL="$1" OTEL_EXPORTER_OTLP_ENDPOINT="https://${host:-127.0.0.1}:$port" "${@:2}" \
		"$programs/one_span"
	expect_equal "$row, $1: exit status" 3 "$status"
}

spans_came() {
	spans_in "$sink_out"
}

# taken ROW [VARIABLE…]: the span arrives, by either protocol, silently
taken() {
	local protocol before
	row=$1
	for protocol in http/protobuf grpc; do
		before=$(spans_came)
		give "$protocol" "${@:2}"
		expect_equal "$row, $protocol" "$((before + 1)) spans, " "$(spans_came) spans, $err"
	done
}

# refused ROW PATTERN [VARIABLE…]: it does not, and the line says why
refused() {
	local protocol before pattern=$2
	row=$1
	for protocol in http/protobuf grpc; do
		before=$(spans_came)
		give "$protocol" "${@:3}"
		expect_equal "$row, $protocol: spans that came" "$before" "$(spans_came)"
		# shellcheck disable=SC2254
		case $err in
		*"otlp: cannot export to https://"*$pattern*) ;;
		*) fail "$row, $protocol: expected something like \"$pattern\", got \"$err\"" ;;
		esac
	done
}

ca=(OTEL_EXPORTER_OTLP_CERTIFICATE="$pki/ca.pem")

# ---- who the server is ----

server good
taken "an authority that was given" "${ca[@]}"
host=localhost taken "by its name" "${ca[@]}"
refused "an authority that nobody named" "certificate"
refused "another authority" "certificate" OTEL_EXPORTER_OTLP_CERTIFICATE="$pki/stranger.pem"
row="a file that is not there"
give http/protobuf OTEL_EXPORTER_OTLP_CERTIFICATE="$pki/absent.pem"
expect_match "$row" "otel-c: otlp: OTEL_EXPORTER_OTLP_CERTIFICATE: cannot read \"$pki/absent.pem\": No such file or directory; nothing is exported*" "$err"
echo nonsense >"$tmp/nonsense.pem"
refused "a file that is no certificate" "" OTEL_EXPORTER_OTLP_CERTIFICATE="$tmp/nonsense.pem"
sink_stop

server expired
refused "expired" "certificate" "${ca[@]}"
sink_stop
server elsewhere
refused "of another host" "certificate" "${ca[@]}"
sink_stop
server self
refused "signed by itself" "certificate"
refused "signed by itself, among other authorities" "certificate" "${ca[@]}"
taken "signed by itself, and trusted" OTEL_EXPORTER_OTLP_CERTIFICATE="$pki/self.pem"
sink_stop

# ---- who the client is ----

server good --tls-client-ca "$pki/ca.pem"
taken "a client that the server knows" "${ca[@]}" OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE="$pki/client.pem" \
	OTEL_EXPORTER_OTLP_CLIENT_KEY="$pki/client.key"
refused "no client certificate" "" "${ca[@]}"
refused "a client of another authority" "" "${ca[@]}" OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE="$pki/intruder.pem" \
	OTEL_EXPORTER_OTLP_CLIENT_KEY="$pki/intruder.key"
refused "an expired client" "" "${ca[@]}" OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE="$pki/outdated.pem" \
	OTEL_EXPORTER_OTLP_CLIENT_KEY="$pki/outdated.key"
refused "the key of another" "" "${ca[@]}" OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE="$pki/client.pem" \
	OTEL_EXPORTER_OTLP_CLIENT_KEY="$pki/intruder.key"
row="a certificate without its key"
give http/protobuf "${ca[@]}" OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE="$pki/client.pem"
expect_match "$row" "otel-c: otlp: OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE: client_key and client_certificate go together: one is missing; nothing is exported*" "$err"
expect_equal "clients: spans" 2 "$(spans_came)"
sink_stop

# ---- versions ----

server good --tls-max-version 1.2
taken "1.2 at most" "${ca[@]}"
refused "1.2 at most, 1.3 at least wanted" "" "${ca[@]}" OTEL_C_EXPORTER_OTLP_TLS_MIN_VERSION=1.3
sink_stop
server good
taken "1.3 at least" "${ca[@]}" OTEL_C_EXPORTER_OTLP_TLS_MIN_VERSION=1.3
sink_stop

# The system's own OpenSSL would hardly speak 1.1 any more: it is told to, on both ends.
cat >"$tmp/old.cnf" <<'CNF'
openssl_conf = all
[all]
ssl_conf = ssl
[ssl]
system_default = old
[old]
MinProtocol = TLSv1
CipherString = ALL:@SECLEVEL=0
CNF
OPENSSL_CONF=$tmp/old.cnf server good --tls-max-version 1.1
OPENSSL_CONF=$tmp/old.cnf openssl s_client -connect "127.0.0.1:$http_port" -tls1_1 -cipher ALL:@SECLEVEL=0 </dev/null \
	>"$tmp/s_client" 2>&1 || true
grep -q 'Protocol *: TLSv1.1' "$tmp/s_client" || fail "1.1 at most: the server does not speak 1.1: $(tail -n 5 "$tmp/s_client")"
refused "1.1 at most" "" "${ca[@]}"
refused "1.1 at most, and this machine would" "" "${ca[@]}" OPENSSL_CONF="$tmp/old.cnf"
sink_stop

# ---- a server that does not speak TLS at all ----

sink_start --json
http_port=$sink_port grpc_port=$sink_port
refused "no TLS" "" "${ca[@]}"

# ---- credentials ----

# Whom a redirect names gets neither the span nor the key.
for status_code in 301 302 303 307 308; do
	nginx_start "listen 127.0.0.1:@PORT@; location / { return $status_code $sink_url\$request_uri; }"
	run env OTEL_EXPORTER_OTLP_ENDPOINT="$nginx_url" OTEL_EXPORTER_OTLP_HEADERS=authorization=Bearer%20s3cr3t "$programs/one_span"
	expect_match "redirect $status_code" "*answered $status_code*redirects are not followed*" "$err"
	case $err in *s3cr3t*) fail "redirect $status_code: a secret was said: $err" ;; esac
	nginx_logged
	expect_equal "redirect $status_code: requests" 1 "$(wc -l <"$nginx_access_log")"
done
sink_stop
expect_equal "redirects: spans that came" 0 "$(spans_came)"

# Keys in headers stay on this machine too where nobody encrypts them, unless that is asked for. This server would say 418
# to a key, and is reached by an address that is not loopback.
address=$(python3 -c 'import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.connect(("192.0.2.1", 9))
print(s.getsockname()[0])' 2>/dev/null || echo 127.0.0.1)
if [ "${address%%.*}" != 127 ]; then
	nginx_start 'listen 0.0.0.0:@PORT@; location / { if ($http_authorization) { return 418; } return 200; }'
	key=(OTEL_EXPORTER_OTLP_ENDPOINT="http://$address:$nginx_port" OTEL_EXPORTER_OTLP_HEADERS=authorization=Bearer%20s3cr3t,x-team=a)
	run env "${key[@]}" "$programs/one_span"
	expect_equal "plain http, a key in a header: status" 3 "$status"
	expect_match "plain http, a key in a header" "otel-c: otlp: header authorization is left out, for credentials are not sent over plain http to another machine (http://$address:$nginx_port/v1/traces): use https, or set OTEL_C_HTTP_ALLOW_INSECURE_CREDENTIALS=true*" "$err"
	case $err in *answered* | *s3cr3t*) fail "plain http, a key in a header: $err" ;; esac
	run env "${key[@]}" OTEL_C_HTTP_ALLOW_INSECURE_CREDENTIALS=true "$programs/one_span"
	expect_match "plain http, a key in a header, allowed" "*answered 418*" "$err"
	run env "${key[@]}" OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:$nginx_port" "$programs/one_span"
	expect_match "plain http, a key in a header, to this machine" "*answered 418*" "$err"
fi

# Keys of authenticators stay on this machine where nobody encrypts them.
export OTEL_C_PLUGIN_PATH=$servers_build/tests/modules AUTH_STATIC_KEY=s3cr3t
run env OTEL_EXPORTER_OTLP_ENDPOINT=http://192.0.2.1:4318 OTEL_C_EXPORTER_OTLP_AUTH=auth_static "$programs/one_span"
expect_equal "plain http: status" 3 "$status"
expect_match "plain http" "*credentials of authenticator \"auth_static\" are not sent over plain http to another machine: use https, or set OTEL_C_HTTP_ALLOW_INSECURE_CREDENTIALS=true" "$err"
run env OTEL_EXPORTER_OTLP_PROTOCOL=grpc OTEL_EXPORTER_OTLP_ENDPOINT=http://192.0.2.1:4317 OTEL_C_EXPORTER_OTLP_AUTH=auth_static \
	"$programs/one_span"
expect_match "plain http, grpc" "*credentials of authenticator \"auth_static\" are not sent over plain http to another machine*" "$err"

finish
