# SPDX-License-Identifier: Apache-2.0
#
# servers.sh - sourced by the demo and the end-to-end tests: real servers on free loopback ports, in a directory of
# their own, gone when the script ends.
#
#     . scripts/servers.sh; servers_begin BUILD_DIR LOG_DIR
#     sink_start --json --until-spans 7 --timeout 20      # sink_url, sink_out; sink_wait -> its status
#     nginx_start                                         # nginx_url, nginx_access_log

# servers_begin BUILD LOGS: prepares; everything is stopped and removed by an EXIT trap.
servers_begin() {
	servers_build=$(readlink -f "$1")
	servers_logs=$2
	mkdir -p "$servers_logs"
	servers_logs=$(readlink -f "$servers_logs")
	servers_tmp=$(mktemp -d "${TMPDIR:-/tmp}/otel-c.XXXXXX")
	chmod 755 "$servers_tmp" # nginx's workers are not root
	servers_pids=''
	servers_count=0
	trap servers_end EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM HUP
}

servers_end() {
	local status=$? pid
	trap - EXIT
	for pid in $servers_pids; do
		kill "$pid" 2>/dev/null || true
	done
	for pid in $servers_pids; do
		wait "$pid" 2>/dev/null || true
	done
	rm -rf "$servers_tmp"
	exit "$status"
}

# wait_for SECONDS COMMAND…: until the command succeeds; 1 when time is up.
wait_for() {
	local end=$((SECONDS + $1))
	shift
	until "$@" 2>/dev/null; do
		[ "$SECONDS" -lt "$end" ] || return 1
		sleep 0.05
	done
}

port_open() {
	(exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# port_pick: for a server that must know its port beforehand. Below what the kernel gives to outgoing connections (from
# 32768 on): one of those would hold it without listening.
port_pick() {
	local port
	while port=$((10000 + RANDOM % 22000)); port_open "$port"; do :; done
	echo "$port"
}

# sink_start [OPTION…]: otel-c sink on a free port, stdout in $sink_out, stderr in $sink_err. With --grpc 127.0.0.1:0
# among the options: the port of that listener in $sink_grpc_port.
sink_start() {
	servers_count=$((servers_count + 1))
	sink_out=$servers_logs/sink-$servers_count.out
	sink_err=$servers_logs/sink-$servers_count.err
	: >"$sink_err" # what a run before this one left there would be taken for an answer
	"$servers_build/bin/otel-c" sink --listen 127.0.0.1:0 "$@" >"$sink_out" 2>"$sink_err" &
	sink_pid=$!
	servers_pids="$servers_pids $sink_pid"
	wait_for 10 grep -q '^listening on ' "$sink_err" || { cat "$sink_err" >&2; return 1; }
	sink_port=$(sed -n 's/^listening on .*:\([0-9]*\)$/\1/p' "$sink_err")
	sink_grpc_port=$(sed -n 's/^listening for gRPC on .*:\([0-9]*\)$/\1/p' "$sink_err")
	sink_url=http://127.0.0.1:$sink_port
}

# sink_wait: its exit status, once it ended by itself (--until-spans).
sink_wait() {
	wait "$sink_pid"
}

# sink_stop: asks it to end and print what it has.
sink_stop() {
	kill -INT "$sink_pid" 2>/dev/null || true
	wait "$sink_pid" || true
}

# nginx_start [SERVER_CONFIG [HTTP_CONFIG]]: answers 200 on every path and logs the propagation headers. SERVER_CONFIG
# replaces the server's content; @PORT@ and @TMP@ in it are filled in.
nginx_start() {
	local server=${1:-'listen 127.0.0.1:@PORT@; location / { default_type text/plain; return 200 "hello\n"; }'}
	local http=${2:-} try
	servers_count=$((servers_count + 1))
	local dir=$servers_tmp/nginx-$servers_count
	mkdir -p "$dir"
	nginx_access_log=$servers_logs/nginx-$servers_count.access.log
	nginx_error_log=$servers_logs/nginx-$servers_count.error.log
	for try in 1 2 3 4 5; do
		nginx_port=$(port_pick)
		: >"$nginx_access_log"
		nginx_config >"$dir/nginx.conf"
		PATH=$PATH:/usr/sbin nginx -c "$dir/nginx.conf" -e "$nginx_error_log" 2>>"$nginx_error_log" &
		nginx_pid=$!
		servers_pids="$servers_pids $nginx_pid"
		if wait_for 5 port_open_or_dead "$nginx_port" "$nginx_pid" && kill -0 "$nginx_pid" 2>/dev/null; then
			nginx_url=http://127.0.0.1:$nginx_port
			return 0
		fi
	done
	cat "$nginx_error_log" >&2
	return 1
}

port_open_or_dead() {
	port_open "$1" || ! kill -0 "$2" 2>/dev/null
}

nginx_config() {
	local filled=${server//@PORT@/$nginx_port}
	cat <<CONF
daemon off;
worker_processes 1;
pid $dir/nginx.pid;
events { worker_connections 256; }
http {
	log_format ids '\$request "\$http_traceparent" "\$http_x_amzn_trace_id" "\$http_user_agent"';
	access_log $nginx_access_log ids;
	client_body_temp_path $dir/body;
	proxy_temp_path $dir/proxy;
	fastcgi_temp_path $dir/fastcgi;
	uwsgi_temp_path $dir/uwsgi;
	scgi_temp_path $dir/scgi;
	${http//@TMP@/$servers_tmp}
	server { ${filled//@TMP@/$servers_tmp} }
}
CONF
}
