#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# exits_silent: 60 programs whose backend accepts and never answers, 8 at a time: each exits with its own status once
# OTEL_C_EXIT_TIMEOUT is over. Then 200 that exit while http.so is still being set up (the sanitizers stretch that time).
. "$(dirname "$0")/lib.sh" exits_silent

python3 - "$tmp/port" <<'PY' &
import socket, sys, time
s = socket.socket()
s.bind(("127.0.0.1", 0))
s.listen(512)
open(sys.argv[1], "w").write(str(s.getsockname()[1]))
time.sleep(110)
PY
servers_pids="$servers_pids $!"
wait_for 10 test -s "$tmp/port" || fail "the silent server did not start"
export OTEL_DISTRO=aws OTEL_C_EXIT_TIMEOUT=300 OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:$(cat "$tmp/port")"
begin=$SECONDS
seq 60 | xargs -P 8 -I{} sh -c '"$1" >/dev/null 2>>"$2"; echo $?' sh "$programs/one_span" "$tmp/messages" >"$tmp/statuses"
expect_equal "exit statuses" "60 3" "$(sort "$tmp/statuses" | uniq -c | awk '{ print $1, $2 }')"
[ $((SECONDS - begin)) -lt 60 ] || fail "60 exits took $((SECONDS - begin)) s"

export OTEL_BSP_MAX_QUEUE_SIZE=20000 OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1
seq 600 40 8560 | xargs -P 8 -I{} sh -c '"$1" open {} >/dev/null 2>>"$2"; echo $?' sh "$programs/many_spans" "$tmp/early" \
	>"$tmp/statuses"
expect_equal "early exit statuses" "200 0" "$(sort "$tmp/statuses" | uniq -c | awk '{ print $1, $2 }')"
finish
