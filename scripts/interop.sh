#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# interop.sh BUILD_DIR [REGEX] - otel-c and what others wrote, each sending to the other: the OpenTelemetry Collector,
# built here from its Go modules, and OpenTelemetry's SDKs of other languages. What one writes down of a run must be what
# the other does, field by field. REGEX: only the rows that match. What this machine has no toolchain for is passed over,
# with a word. The last line says how many rows held.
set -euo pipefail
source=$(dirname "$(dirname "$(readlink -f "$0")")")
interop=$source/tests/interop
. "$source/scripts/servers.sh"
servers_begin "${1:?usage: interop.sh BUILD_DIR [REGEX]}" "$1/interop-logs"
only=${2:-.}
bin=$servers_build/bin
tmp=$servers_tmp
logs=$servers_logs
kept=$(dirname "$servers_build")/interop # what others wrote: never in the repository
rows=0 held=0
collector_file= # what the Collector writes; empty: there is none
for variable in $(compgen -e | grep -E '^(OTEL_|SPLUNK_|AWS_|DEPLOYMENT_ENVIRONMENT|https?_proxy|HTTPS?_PROXY|all_proxy|ALL_PROXY|LD_PRELOAD|INTEROP_)'); do
	unset "$variable"
done

# ---- what others wrote ----

pass_over() {
	echo "passed over: $*"
}

# fresh DIR FILE…: whether DIR was made from these files as they are.
fresh() {
	local dir=$1
	shift
	[ -e "$dir/made" ] && cat "$@" | cmp -s - "$dir/made"
}

# make_one NAME COMMAND FUNCTION: makes build/interop/NAME unless it is there; 1 when it cannot be had.
make_one() {
	local name=$1 command=$2 how=$3 dir=$kept/$1 files=("$interop/$1"/*)
	fresh "$dir" "${files[@]}" && return 0
	command -v "$command" >/dev/null || { pass_over "$name: no $command on this machine"; return 1; }
	echo "building $name"
	rm -rf "$dir"
	mkdir -p "$dir"
	cp "${files[@]}" "$dir"
	if ! (cd "$dir" && "$how") >"$logs/$name.log" 2>&1; then
		pass_over "$name: cannot be built here; see $logs/$name.log"
		return 1
	fi
	cat "${files[@]}" >"$dir/made"
}

make_go() {
	GOFLAGS=-mod=mod go build -trimpath -o program .
}

make_python() {
	python3 -m venv venv
	venv/bin/pip install -q -r requirements.txt
}

make_js() {
	npm install --no-audit --no-fund --ignore-scripts
}

# ---- servers ----

make_certificates() {
	openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=interop-ca -keyout "$tmp/ca.key" -out "$tmp/ca.pem"
	local name
	for name in server client; do
		openssl req -newkey rsa:2048 -nodes -subj "/CN=interop-$name" -keyout "$tmp/$name.key" -out "$tmp/$name.csr"
		openssl x509 -req -in "$tmp/$name.csr" -CA "$tmp/ca.pem" -CAkey "$tmp/ca.key" -CAcreateserial -days 2 \
			-extfile <(echo subjectAltName=IP:127.0.0.1,DNS:localhost) -out "$tmp/$name.pem"
	done
}

# sink_named NAME [OPTION…]: its output in $logs/NAME.jsonl, its ports in sink_NAME and sink_NAME_grpc.
sink_named() {
	local name=$1
	shift
	sink_start --json --grpc 127.0.0.1:0 "$@"
	ln -sf "$(basename "$sink_out")" "$logs/$name.jsonl"
	printf -v "sink_$name" %s "$sink_port"
	printf -v "sink_${name}_grpc" %s "$sink_grpc_port"
}

# port_of NAME: of the Collector's listener of that name, in $port.
port_of() {
	port=port_$1
	port=${!port}
}

collector_configure() {
	local config name port exporters names
	exporters=$(cat <<-YAML
		  otlp_http/proto: {endpoint: "http://127.0.0.1:$sink_http", compression: none}
		  otlp_http/gzip: {endpoint: "http://127.0.0.1:$sink_http_gzip", compression: gzip}
		  otlp_http/json: {endpoint: "http://127.0.0.1:$sink_json", encoding: json}
		  otlp_http/tls: {endpoint: "https://127.0.0.1:$sink_tls", tls: {ca_file: "$tmp/ca.pem"}}
		  otlp_grpc/plain: {endpoint: "127.0.0.1:$sink_grpc_grpc", compression: none, tls: {insecure: true}}
		  otlp_grpc/gzip: {endpoint: "127.0.0.1:$sink_grpc_gzip_grpc", tls: {insecure: true}}
		  otlp_grpc/mtls:
		    endpoint: "127.0.0.1:$sink_mtls_grpc"
		    tls: {ca_file: "$tmp/ca.pem", cert_file: "$tmp/client.pem", key_file: "$tmp/client.key"}
	YAML
	)
	names=$(sed -n 's/^  \(otlp_[a-z/]*\):.*/, \1/p' <<<"$exporters" | tr -d '\n')
	config=$(cat "$interop/collector/config.yaml")
	config=${config//@EXPORTERS@/$exporters}
	config=${config//@NAMES@/$names}
	config=${config//@TMP@/$tmp}
	collector_file=$logs/collector.jsonl
	config=${config//@FILE@/$collector_file}
	for name in GRPC HTTP GRPC_TLS HTTP_TLS GRPC_MTLS HTTP_MTLS; do
		port=$(port_pick)
		printf -v "port_$name" %s "$port"
		config=${config//@$name@/$port}
	done
	rm -f "$collector_file"
	echo "$config" >"$logs/collector.yaml"
	: >"$logs/collector.log"
}

collector_start() {
	local name port
	"$kept/collector/program" --config "$logs/collector.yaml" >>"$logs/collector.log" 2>&1 &
	collector_pid=$!
	for name in GRPC HTTP GRPC_TLS HTTP_TLS GRPC_MTLS HTTP_MTLS; do
		port_of "$name"
		wait_for 20 port_open "$port" || { cat "$logs/collector.log" >&2; return 1; }
	done
}

# ---- rows ----

# row NAME COMMAND…: one thing that holds or does not; what it says behind its name.
row() {
	local name=$1
	shift
	[[ $name =~ $only ]] || return 0
	rows=$((rows + 1))
	service=interop-$rows
	if "$@" >"$tmp/found" 2>"$tmp/said"; then
		held=$((held + 1))
		echo "ok      $name: $(cat "$tmp/found")"
	else
		echo "FAILED  $name: $(cat "$tmp/found")"
		sed 's/^/        /' "$tmp/said"
	fi
}

same() {
	python3 "$interop/compare.py" "$service" "$@"
}

# endpoint PROTOCOL SECURITY: of the Collector.
endpoint() {
	local name port scheme=https
	case $1 in grpc) name=GRPC ;; *) name=HTTP ;; esac
	case $2 in plain) scheme=http ;; tls) name=${name}_TLS ;; mtls) name=${name}_MTLS ;; esac
	port_of "$name"
	echo "$scheme://127.0.0.1:$port"
}

# ours PROTOCOL SECURITY COMPRESSION COMMAND…: with our exporter set to the Collector.
ours() {
	local protocol=$1 security=$2 compression=$3 set=()
	shift 3
	[ "$security" = plain ] || set+=(OTEL_EXPORTER_OTLP_CERTIFICATE="$tmp/ca.pem")
	[ "$security" = mtls ] && set+=(OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE="$tmp/client.pem"
		OTEL_EXPORTER_OTLP_CLIENT_KEY="$tmp/client.key")
	env "${set[@]}" OTEL_EXPORTER_OTLP_ENDPOINT="$(endpoint "$protocol" "$security")" \
		OTEL_EXPORTER_OTLP_PROTOCOL="$protocol" OTEL_EXPORTER_OTLP_COMPRESSION="$compression" \
		OTEL_SERVICE_NAME="$service" OTEL_C_EXIT_TIMEOUT=20000 timeout 60 "$@"
}

# A program with the SDK in it; the Collector's file beside its own.
program_to_collector() {
	local count=$1 protocol=$2 security=$3 compression=$4 own=$tmp/own-$service.jsonl
	shift 4
	OTEL_DISTRO=splunk OTEL_TRACES_EXPORTER=otlp,otlp_file OTEL_C_EXPORTER_OTLP_FILE_PATH=$own \
		OTEL_BSP_MAX_QUEUE_SIZE=20000 ours "$protocol" "$security" "$compression" "$@" >/dev/null
	same "$count" "$own" "$collector_file" "$logs/http.jsonl"
}

# otel-c send; what it was given beside the Collector's file.
file_to_collector() {
	local given=$tmp/given-$service.jsonl
	"$servers_build/tests/sample_request" order >"$tmp/sample.pb"
	"$bin/otel-c" sink --json --file "$tmp/sample.pb" | jq -c --arg name "$service" '(.resourceSpans[].resource.attributes[]
		| select(.key == "service.name")).value.stringValue = $name' >"$given"
	ours "$1" "$2" "$3" "$bin/otel-c" send --timeout 10 "$given" >/dev/null || return 1
	same 4 "$given" "$collector_file"
}

# theirs LANGUAGE PROTOCOL COMPRESSION ENDPOINTS [CA]: prints how many items were sent.
theirs() {
	local program=("$kept/$1/program")
	case $1 in
	python) program=("$kept/python/venv/bin/python" "$kept/python/send.py") ;;
	js) program=(node "$kept/js/send.js") ;;
	esac
	INTEROP_SERVICE=$service INTEROP_PROTOCOL=$2 INTEROP_COMPRESSION=$3 INTEROP_ENDPOINTS=$4 INTEROP_CA=${5:-} \
		timeout 60 env -u REQUESTS_CA_BUNDLE -u CURL_CA_BUNDLE "${program[@]}"
}

# The Collector ends as it should (GOAWAY, connections closed) and comes back while spans are made.
restarted() {
	local own=$tmp/own-$service.jsonl program status=0
	OTEL_DISTRO=splunk OTEL_TRACES_EXPORTER=otlp,otlp_file OTEL_C_EXPORTER_OTLP_FILE_PATH=$own OTEL_BSP_SCHEDULE_DELAY=20 \
		OTEL_BSP_MAX_EXPORT_BATCH_SIZE=20 OTEL_C_EXPORT_RETRY_INITIAL=50 OTEL_C_EXPORT_RETRY_MAX=500 \
		ours "$1" plain none "$servers_build/tests/programs/faults" 4000 flow >"$tmp/told" &
	program=$!
	wait_for 20 test -s "$own" || true
	kill "$collector_pid"
	wait "$collector_pid" || true
	collector_start
	wait "$program" || status=$?
	grep -q 'created=4000 accepted=4000' "$tmp/told" || cat "$tmp/told"
	INTEROP_COPIES=allowed same 4000 "$own" "$collector_file" || status=$?
	return "$status"
}

# SDKs of other languages to the sink; the Collector, which was sent the same, beside it if there is one.
sdk_to_sink() {
	local count ca='' security=plain port sink=direct beside=()
	[ "${4:-}" = tls ] && sink=direct_tls security=tls ca=$tmp/ca.pem
	port=sink_$sink
	[ "$2" = grpc ] && port=sink_${sink}_grpc
	[ -z "$collector_file" ] || beside=("$(endpoint "$2" "$security")")
	count=$(theirs "$1" "$2" "$3" "http${ca:+s}://127.0.0.1:${!port}${beside:+ $beside}" "$ca") || return 1
	same "$count" "$logs/$sink.jsonl" ${beside:+"$collector_file"}
}

# What our sink says when it is busy is understood: they come again, and each span arrives once.
sdk_tries_again() {
	local count port=sink_busy fail=429:1,503:1
	[ "$2" = grpc ] && port=sink_busy_grpc fail=grpc:14:200
	sink_named busy --fail "$fail"
	count=$(theirs "$1" "$2" none "http://127.0.0.1:${!port}") || return 1
	same "$count" "$logs/busy.jsonl"
	sink_stop
	[[ $(tail -n 1 "$sink_err") = *' 0 copies'* ]] && [ "$(grep -c fail "$sink_err")" -ge 1 ]
}

# All signals of Python's SDK through the Collector, whose file is sent on by otel-c.
signals_to_sink() {
	local count
	count=$(INTEROP_ALL=1 theirs python "$1" "$2" "$(endpoint "$1" plain)") || return 1
	same "$count" "$collector_file" "$logs/http.jsonl" "$logs/http_gzip.jsonl" "$logs/json.jsonl" "$logs/tls.jsonl" \
		"$logs/grpc.jsonl" "$logs/grpc_gzip.jsonl" "$logs/mtls.jsonl"
}

# What the Collector's file exporter wrote, by otel-c send to a sink.
collector_file_sent() {
	local count
	count=$(INTEROP_ALL=1 theirs python grpc gzip "$(endpoint grpc plain)") || return 1
	same "$count" "$collector_file" >/dev/null
	grep -F "\"$service\"" "$collector_file" >"$tmp/written.jsonl"
	OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:$sink_direct timeout 60 "$bin/otel-c" send --timeout 10 \
		"$tmp/written.jsonl" >/dev/null || return 1
	same "$count" "$tmp/written.jsonl" "$logs/direct.jsonl"
}

rows_to_collector() {
	local protocol security compression name
	for protocol in http/protobuf http/json grpc; do
		for security in plain tls mtls; do
			for compression in none gzip; do
				name="$protocol, $security, $compression"
				row "shop to the Collector, $name" program_to_collector 7 "$protocol" "$security" "$compression" "$bin/shop"
				row "send to the Collector, $name" file_to_collector "$protocol" "$security" "$compression"
			done
		done
		row "5000 spans to the Collector, $protocol" program_to_collector 5000 "$protocol" plain gzip \
			"$servers_build/tests/programs/many_spans" open 5000
		row "the Collector is restarted under load, $protocol" restarted "$protocol"
	done
}

rows_of_signals() {
	local protocol
	for protocol in http/protobuf grpc; do
		row "all signals through the Collector to sinks, $protocol" signals_to_sink "$protocol" gzip
	done
	row "what the Collector's file exporter wrote, by otel-c send" collector_file_sent
}

# rows_of_sdk LANGUAGE PROTOCOL…
rows_of_sdk() {
	local language=$1 protocol compression
	shift
	for protocol in "$@"; do
		for compression in none gzip; do
			row "$language's SDK to the sink, $protocol, $compression" sdk_to_sink "$language" "$protocol" "$compression"
		done
		row "$language's SDK to the sink, $protocol, TLS" sdk_to_sink "$language" "$protocol" gzip tls
		[ "$language $protocol" = 'js grpc' ] || # gives up at the first no
			row "$language's SDK to a busy sink, $protocol" sdk_tries_again "$language" "$protocol"
	done
}

make_certificates 2>"$logs/certificates.log"
for name in direct http http_gzip json grpc grpc_gzip; do
	sink_named "$name"
done
for name in direct_tls tls; do
	sink_named "$name" --tls-cert "$tmp/server.pem" --tls-key "$tmp/server.key"
done
sink_named mtls --tls-cert "$tmp/server.pem" --tls-key "$tmp/server.key" --tls-client-ca "$tmp/ca.pem"
if make_one collector go make_go; then
	collector_configure
	collector_start
	rows_to_collector
fi
if make_one go go make_go; then
	rows_of_sdk go http/protobuf grpc
fi
if make_one js npm make_js; then
	rows_of_sdk js http/protobuf http/json grpc
fi
if make_one python python3 make_python; then
	rows_of_sdk python http/protobuf grpc
	[ -z "$collector_file" ] || rows_of_signals
fi
echo "interop: $held of $rows"
[ "$rows" -gt 0 ] && [ "$held" = "$rows" ]
