#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# exits_silent: 60 programs whose backend accepts and never answers, 8 at a time: each exits with its own status once
# OTEL_C_EXIT_TIMEOUT is over. Then 200 that exit while http.so is still being set up (the sanitizers stretch that time).
. "$(dirname "$0")/lib.sh" exits_silent

server_start silent python3 -c 'import signal, socket
s = socket.create_server(("127.0.0.1", 0), backlog=512); print(s.getsockname()[1], flush=True); signal.pause()'
export OTEL_DISTRO=aws OTEL_C_EXIT_TIMEOUT=300 OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:$server_port"
begin=$SECONDS
seq 60 | xargs -P 8 -I{} sh -c '"$1" >/dev/null 2>>"$2"; echo $?' sh "$programs/one_span" "$tmp/messages" >"$tmp/statuses"
expect_equal "exit statuses" "60 3" "$(sort "$tmp/statuses" | uniq -c | awk '{ print $1, $2 }')"
[ $((SECONDS - begin)) -lt 120 ] || fail "60 exits took $((SECONDS - begin)) s"

export OTEL_BSP_MAX_QUEUE_SIZE=20000 OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1
seq 600 40 8560 | xargs -P 8 -I{} sh -c '"$1" open {} >/dev/null 2>>"$2"; echo $?' sh "$programs/many_spans" "$tmp/early" \
	>"$tmp/statuses"
expect_equal "early exit statuses" "200 0" "$(sort "$tmp/statuses" | uniq -c | awk '{ print $1, $2 }')"
finish
