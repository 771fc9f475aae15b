# SPDX-License-Identifier: Apache-2.0
#
# servers.sh - sourced by the demo and the end-to-end tests: real servers on free loopback ports, in a directory of
# their own, gone when the script ends.
#
#     . scripts/servers.sh; servers_begin BUILD_DIR LOG_DIR
#     sink_start --json --until-spans 7 --timeout 20      # sink_url, sink_out; sink_wait -> its status
#     nginx_start                                         # nginx_url, nginx_access_log

# servers_begin BUILD LOGS: prepares; whatever runs in the background is stopped, and all removed, by an EXIT trap.
servers_begin() {
	umask 022 # nginx's workers are not the user who runs this
	servers_build=$(readlink -f "$1")
	servers_logs=$2
	mkdir -p "$servers_logs"
	servers_logs=$(readlink -f "$servers_logs")
	servers_tmp=$(mktemp -d "${TMPDIR:-/tmp}/otel-c.XXXXXX")
	chmod 755 "$servers_tmp"
	servers_count=0
	trap servers_end EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM HUP
}

servers_end() {
	local status=$? pid pids
	trap - EXIT
	pids=$(jobs -pr)
	for pid in $pids; do
		kill "$pid" 2>/dev/null || true
		! is_stopped "$pid" || kill -CONT "$pid" 2>/dev/null || true
	done
	for pid in $pids; do
		wait "$pid" 2>/dev/null || true
	done
	rm -rf "$servers_tmp"
	exit "$status"
}

# is_stopped PID: by a signal. To others SIGCONT would take the stop away that LeakSanitizer waits for at their end.
is_stopped() {
	grep -qs '^State:	T' "/proc/$1/status"
}

# is_running PID: so is that process of ours. The number of one that has ended may be somebody else's by now.
is_running() {
	local pid
	for pid in $(jobs -pr); do
		[ "$pid" != "$1" ] || return 0
	done
	return 1
}

# end PID [SIGNAL]: asks that process of ours to end, and waits for it; its exit status.
end() {
	! is_running "$1" || kill "-${2:-TERM}" "$1" 2>/dev/null || true
	wait "$1" 2>/dev/null
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

# port_pick: for a server that must know its port beforehand, and tells when another was faster. Below what the kernel
# gives to outgoing connections (from 32768 on): one of those would hold it without listening.
port_pick() {
	local port
	while port=$((10000 + RANDOM % 22000)); port_open "$port"; do :; done
	echo "$port"
}

# server_start NAME COMMAND…: a server that picks a port itself and says it in its first line; $server_port, $server_pid, and
# what else it says in $server_out and $server_err.
server_start() {
	servers_count=$((servers_count + 1))
	server_out=$servers_logs/$1-$servers_count.out
	server_err=$servers_logs/$1-$servers_count.err
	: >"$server_out" # what a run before this one left there would be taken for an answer
	"${@:2}" >"$server_out" 2>"$server_err" &
	server_pid=$!
	wait_for 60 grep -q '^[0-9][0-9]*$' "$server_out" || { echo "$1 did not start: $(cat "$server_err")" >&2; return 1; }
	server_port=$(head -n 1 "$server_out")
}

# port_reserve: $reserved_port, where nobody listens until a server of this test does: it is bound, which keeps everybody
# else away, but not those who set SO_REUSEADDR and name it.
port_reserve() {
	local kept_port=${server_port:-} kept_pid=${server_pid:-} kept_out=${server_out:-} kept_err=${server_err:-}
	server_start reserved python3 -c 'import signal, socket
s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(("127.0.0.1", 0))
print(s.getsockname()[1], flush=True)
signal.pause()'
	reserved_port=$server_port
	server_port=$kept_port server_pid=$kept_pid server_out=$kept_out server_err=$kept_err
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
	wait_for 60 grep -q '^listening on ' "$sink_err" || { cat "$sink_err" >&2; return 1; }
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
	end "$sink_pid" INT || true
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
		rm -f "$dir/nginx.pid"
		nginx_port=$(port_pick)
		: >"$nginx_access_log"
		nginx_config >"$dir/nginx.conf"
		PATH=$PATH:/usr/sbin nginx -c "$dir/nginx.conf" -e "$nginx_error_log" 2>>"$nginx_error_log" &
		nginx_pid=$!
		if wait_for 60 nginx_listens_or_is_dead && is_running "$nginx_pid"; then
			nginx_url=http://127.0.0.1:$nginx_port
			return 0
		fi
	done
	cat "$nginx_error_log" >&2
	return 1
}

# It writes that file once it listens. Who looks whether the port is open might meet another server.
nginx_listens_or_is_dead() {
	[ -s "$dir/nginx.pid" ] || ! is_running "$nginx_pid"
}

# nginx_logged [LINES [LOG]]: waits until the log has that many (1): nginx writes them after its answers.
nginx_logged() {
	wait_for 60 nginx_has_logged "${1:-1}" "${2:-$nginx_access_log}"
}

nginx_has_logged() {
	[ "$(wc -l <"$2")" -ge "$1" ]
}

nginx_config() {
	local filled=${server//@PORT@/$nginx_port}
	# Otherwise its workers are nobody, who may not get to where this directory is.
	[ "$(id -u)" != 0 ] || echo 'user root;'
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
