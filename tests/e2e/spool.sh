#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# spool: what cannot be delivered lies on disk until this process, a later one or otel-c spool flush delivers it, once.
. "$(dirname "$0")/lib.sh" spool
export OTEL_SERVICE_NAME=spooler OTEL_EXPORTER_OTLP_TIMEOUT=30000 OTEL_C_EXPORT_RETRY_INITIAL=20 OTEL_C_EXPORT_RETRY_MAX=100
export OTEL_C_SPOOL_REPLAY_INTERVAL=0
spooler=$programs/spooler
nobody=http://127.0.0.1:1
work=$tmp/work
mkdir "$work"
cd "$work"

# spool_new: an empty spool that is not there yet, in $OTEL_C_SPOOL_DIRECTORY.
spools=0
spool_new() {
	spools=$((spools + 1))
	export OTEL_C_SPOOL_DIRECTORY=$tmp/spool-$spools
}

# spooled SPANS: makes so many and leaves them in a new spool.
spooled() {
	spool_new
	OTEL_EXPORTER_OTLP_ENDPOINT=$nobody "$spooler" spans "$1" >/dev/null 2>&1 || fail "spooler ends with $?"
}

# status_is TEXT: the first line of otel-c spool status.
status_is() {
	run "$bin/otel-c" spool status
	expect_equal "status of spool status" 0 "$status"
	expect_equal "spool status" "$1" "$(printf '%s\n' "$out" | head -n 1)"
}

# flushes STATUS LINE ARGUMENT…
flushes() {
	local want=$1 line=$2
	shift 2
	run timeout 60 "$bin/otel-c" spool flush "$@"
	expect_equal "exit status of spool flush" "$want" "$status"
	expect_equal "spool flush" "$line" "$out"
}

to_sink() {
	sink_start --json "$@"
	export OTEL_EXPORTER_OTLP_ENDPOINT=$sink_url
}

# counted SPANS COPIES: what the sink has had.
counted() {
	sink_stop
	expect_match "what the sink counts" "*otel-c sink: $1 spans, $2 copies*" "$(cat "$sink_err")"
}

files() {
	find "$OTEL_C_SPOOL_DIRECTORY" -name "$1" | wc -l
}

# ---- as a user sees it: no word of configuration for the tool but the directory ----
OTEL_EXPORTER_OTLP_ENDPOINT=$nobody OTEL_C_SPOOL_DIRECTORY=d OTEL_DISTRO=aws run "$bin/shop"
expect_equal "exit of the shop" 0 "$status"
status_is '7 spans, 1 batch'
expect_equal "mode of the directory" 700 "$(stat -c %a d)"
expect_equal "modes of the files" 600 "$(stat -c %a d/*.batch)"
run "$bin/otel-c" spool status --json
expect_equal "JSON" '7 1 d otlp traces 7 0' "$(printf '%s' "$out" |
	jq -r '[.spans, .batches, (.spools[0] | .directory, (.exporters[0] | .exporter, .signal, .items, .under_way_items))] | join(" ")')"
export OTEL_EXPORTER_OTLP_ENDPOINT=$nobody
OTEL_C_SPOOL_DIRECTORY=d flushes 3 '0 accepted, 0 rejected, 0 retries' --timeout 1
expect_match "what is left" '*7 spans for exporter "otlp" undelivered*' "$err"
status_is '7 spans, 1 batch'
to_sink
OTEL_C_SPOOL_DIRECTORY=d flushes 0 '7 accepted, 0 rejected, 0 retries'
status_is '0 spans, 0 batches'
flushes 0 '0 accepted, 0 rejected, 0 retries' d
flushes 0 '0 accepted, 0 rejected, 0 retries' # found
counted 7 0
expect_equal "what is left in it" "otel-c.spool" "$(ls d)"

# ---- the process itself, when the backend answers again ----
spool_new
port_reserve
port=$reserved_port
OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:$port OTEL_C_EXPORT_RETRY_ELAPSED=1 "$spooler" \
	spans 5 flush until spooled 5 touch "$tmp/stored" until accepted 5 print >"$tmp/same.out" 2>"$tmp/same.err" &
same=$!
wait_for 60 test -e "$tmp/stored" || fail "nothing is stored: $(cat "$tmp/same.out" "$tmp/same.err")"
"$bin/otel-c" sink --json --listen "127.0.0.1:$port" >"$logs/same.out" 2>"$logs/same.sink" &
sink_pid=$! sink_err=$logs/same.sink
wait "$same" || fail "it does not come back: $?"
expect_equal "counters" "created 5 accepted 5 dropped 0 queued 0 spooled 0 replayed 0" "$(cat "$tmp/same.out")"
counted 5 0

# ---- a later process ----
spooled 5
to_sink
run "$spooler" spans 2 flush until replayed 5 print
expect_equal "counters" "created 2 accepted 2 dropped 0 queued 0 spooled 0 replayed 5" "$out"
counted 7 0

# ---- a queue that fills up, a backend that hangs ----
spool_new
export OTEL_BSP_MAX_QUEUE_SIZE=40 OTEL_BSP_MAX_EXPORT_BATCH_SIZE=10 OTEL_EXPORTER_OTLP_ENDPOINT=$nobody
run "$spooler" spans 10 flush spans 10 flush spans 10 flush spans 10 flush spans 10 flush spans 10 flush print
expect_match "counters" "created 60 accepted 0 dropped 0 queued * spooled *" "$out"
expect_equal "all is there in the end" '60 spans, 6 batches' "$("$bin/otel-c" spool status | head -n 1)"
unset OTEL_BSP_MAX_QUEUE_SIZE OTEL_BSP_MAX_EXPORT_BATCH_SIZE
to_sink
flushes 0 '60 accepted, 0 rejected, 0 retries'
counted 60 0
spool_new
to_sink --fail hang
OTEL_C_EXIT_TIMEOUT=300 run "$spooler" spans 3
status_is '3 spans, 1 batch'
sink_stop

# ---- many at once ----
spool_new
pids=''
for i in 1 2 3 4; do
	OTEL_EXPORTER_OTLP_ENDPOINT=$nobody "$spooler" spans 10 flush spans 10 >/dev/null 2>&1 &
	pids="$pids $!"
done
for pid in $pids; do wait "$pid" || fail "one of many ends with $?"; done
status_is '80 spans, 8 batches'
to_sink
pids=''
for i in 1 2 3; do
	timeout 60 "$bin/otel-c" spool flush >"$tmp/flush-$i" 2>"$tmp/flush-$i.err" &
	pids="$pids $!"
done
for pid in $pids; do wait "$pid" || fail "a flush of several ends with $?"; done
expect_equal "together" 80 "$(cat "$tmp"/flush-[123] | awk '{ n += $1 } END { print n }')"
counted 80 0
status_is '0 spans, 0 batches'

# ---- kill -9 ----
export OTEL_EXPORTER_OTLP_ENDPOINT=$nobody
spool_new
run "$spooler" spans 30 flush spans 10 kill
status_is '0 spans, 0 batches'
spool_new
OTEL_C_SPOOL_MODE=always run "$spooler" spans 30 flush spans 10 kill
expect_equal "killed" 137 "$status"
status_is '30 spans, 1 batch'
to_sink
flushes 0 '30 accepted, 0 rejected, 0 retries'
expect_equal "nothing is left of the dead" "otel-c.spool" "$(ls "$OTEL_C_SPOOL_DIRECTORY")"
OTEL_C_SPOOL_MODE=always run "$spooler" spans 4 flush print
expect_equal "counters" "created 4 accepted 4 dropped 0 queued 0 spooled 0 replayed 0" "$out"
expect_equal "nothing is left of what is accepted" "otel-c.spool" "$(ls "$OTEL_C_SPOOL_DIRECTORY")"
counted 34 0

# ---- what a living process delivers itself is left to it, also when it forks, and closes what it does not know ----
troubles='fork close'
if nm -D "$servers_build/lib/libotel_api.so.1" | grep ' U __tsan_func_entry' >/dev/null; then
	troubles='' # it does not let a child of a program with threads have one
fi
for trouble in $troubles; do
	spool_new
	rm -f "$tmp/held" "$tmp/go"
	OTEL_EXPORTER_OTLP_ENDPOINT=$nobody OTEL_C_SPOOL_MODE=always OTEL_C_EXPORT_RETRY_INITIAL=60000 \
		OTEL_C_EXPORT_RETRY_MAX=60000 "$spooler" spans 6 flush fork touch "$tmp/held" wait "$tmp/go" \
		$trouble spans 1 flush >/dev/null 2>&1 &
	holder=$!
	wait_for 60 test -e "$tmp/held" || fail "nothing is held"
	status_is '8 spans, 2 batches'
	to_sink
	flushes 0 '2 accepted, 0 rejected, 0 retries' # the child's
	expect_match "the holder's" '*6 spans left to running processes*' "$err"
	touch "$tmp/go"
	wait "$holder" || fail "the holder ends with $?"
	case $trouble in fork) spans=9 batches=3 ;; close) spans=7 batches=2 ;; esac
	status_is "$spans spans, $batches batches"
	flushes 0 "$spans accepted, 0 rejected, 0 retries"
	counted $((spans + 2)) 0
done

# ---- no credentials in it; whoever delivers has them ----
export OTEL_EXPORTER_OTLP_HEADERS=api-key=hush-hush
spooled 2
expect_equal "credentials in the spool" 0 "$(grep -c hush "$OTEL_C_SPOOL_DIRECTORY"/*.batch)"
to_sink --headers
flushes 0 '2 accepted, 0 rejected, 0 retries'
expect_match "credentials on the way" '*api-key*' "$(cat "$sink_err")"
unset OTEL_EXPORTER_OTLP_HEADERS
sink_stop

# ---- a backend that does not want it ----
spooled 3
to_sink --fail 503x2
flushes 0 '3 accepted, 0 rejected, 2 retries'
sink_stop
spooled 3
to_sink --fail 400
flushes 1 '0 accepted, 3 rejected, 0 retries'
status_is '0 spans, 0 batches'
sink_stop

# ---- for an exporter that is not configured here ----
spooled 3
OTEL_TRACES_EXPORTER=console flushes 3 '0 accepted, 0 rejected, 0 retries'
expect_match "whose it is" '*3 spans for exporter "otlp" undelivered: it is not among*' "$err"

# ---- otel-c send tells what it does not get rid of, and leaves it with whoever has the files ----
spool_new
OTEL_EXPORTER_OTLP_ENDPOINT=$nobody run timeout 60 "$bin/otel-c" send --timeout 1 "$logs/same.out"
expect_equal "exit status of send" 3 "$status"
expect_equal "no spool of it" no "$([ -e "$OTEL_C_SPOOL_DIRECTORY" ] && echo yes || echo no)"

# ---- files that are not what they should be ----
spooled 3
batch=$(ls "$OTEL_C_SPOOL_DIRECTORY"/*.batch)
printf 'x' | dd of="$batch" bs=1 seek=80 conv=notrunc 2>/dev/null
status_is '3 spans, 1 batch'
to_sink
flushes 0 '0 accepted, 0 rejected, 0 retries'
expect_match "a corrupt one" '*is left aside: its checksum is wrong*' "$err"
expect_equal "left aside" 1 "$(files '*.bad')"
status_is '0 spans, 0 batches'
spooled 3
truncate -s -10 "$OTEL_C_SPOOL_DIRECTORY"/*.batch
flushes 0 '0 accepted, 0 rejected, 0 retries'
expect_match "a torn one" '*is left aside: it is cut off*' "$err"
spooled 3
chmod 640 "$OTEL_C_SPOOL_DIRECTORY"/*.batch
flushes 0 '0 accepted, 0 rejected, 0 retries'
expect_match "one that others read" '*is left aside: others may use it; allowed: mode 0600*' "$err"
spooled 3
echo hello >"$OTEL_C_SPOOL_DIRECTORY/notes.txt"
batch=$(cd "$OTEL_C_SPOOL_DIRECTORY" && ls ./*.batch)
ln -s /etc/passwd "$OTEL_C_SPOOL_DIRECTORY/${batch/-3-/-4-}"
flushes 0 '3 accepted, 0 rejected, 0 retries'
expect_match "a link" '*is left aside: it is a symbolic link*' "$err"
expect_equal "somebody's notes" hello "$(cat "$OTEL_C_SPOOL_DIRECTORY/notes.txt")"
if [ "$(id -u)" = 0 ]; then
	spooled 3
	chown 65534 "$OTEL_C_SPOOL_DIRECTORY"/*.batch
	flushes 0 '0 accepted, 0 rejected, 0 retries'
	expect_match "one of another user" '*is left aside: it does not belong to this user*' "$err"
fi
counted 3 0

# ---- directories that cannot be used: the program goes on, one line says why ----
# dropped_with PATTERN [COMMAND…]: three spans are lost, and that was said once.
dropped_with() {
	local pattern=$1
	shift
	OTEL_LOG_LEVEL=warn OTEL_C_EXPORT_RETRY_ELAPSED=1 run "$@" "$spooler" spans 3 flush print
	expect_equal "status of the program" 0 "$status"
	expect_match "the spool" "*$pattern*" "$err"
	expect_equal "said once" 1 "$(printf '%s\n' "$err" | grep -c 'the spool "')"
}
export OTEL_EXPORTER_OTLP_ENDPOINT=$nobody
spool_new
mkdir -m 755 "$OTEL_C_SPOOL_DIRECTORY"
dropped_with 'others may enter it; allowed: mode 0700'
run "$bin/otel-c" spool status
expect_equal "status of spool status" 1 "$status"
expect_match "its reason" '*others may enter it; allowed: mode 0700*' "$err"
spool_new
OTEL_C_SPOOL_DIRECTORY=$OTEL_C_SPOOL_DIRECTORY/no/where dropped_with 'the directory that it shall lie in does not exist'
ln -s "$tmp" "$tmp/link"
OTEL_C_SPOOL_DIRECTORY=$tmp/link dropped_with 'it is not a directory, and links are not followed'
spool_new
OTEL_C_SPOOL_MAX_BYTES=100 dropped_with '\[spool\] max_bytes'
small_files() {
	(ulimit -f 0 && exec "$@" 2>&1) | cat >&2
}
if ! sanitized; then # they write to files of their own
	spool_new
	dropped_with 'File too large' small_files
fi
spool_new
mkdir -m 700 "$OTEL_C_SPOOL_DIRECTORY"
if [ "$(id -u)" = 0 ]; then
	if mount -t tmpfs -o size=4k,mode=700 none "$OTEL_C_SPOOL_DIRECTORY" 2>/dev/null; then
		head -c 4096 /dev/zero >"$OTEL_C_SPOOL_DIRECTORY/filler" || true
		dropped_with 'No space left on device'
		umount "$OTEL_C_SPOOL_DIRECTORY"
	fi
	chown 65534 "$OTEL_C_SPOOL_DIRECTORY"
	chmod 500 "$OTEL_C_SPOOL_DIRECTORY"
	as_nobody=(setpriv --reuid=65534 --regid=65534 --clear-groups)
	if "${as_nobody[@]}" test -x "$spooler" -a -x "$tmp"; then # else the tree lies where that user may not look
		dropped_with 'Permission denied' "${as_nobody[@]}"
	fi
	dropped_with 'it does not belong to this user'
else
	chmod 500 "$OTEL_C_SPOOL_DIRECTORY"
	dropped_with 'Permission denied'
fi

# ---- without http.so there is no way to the network: the spool takes it ----
if ! sanitized; then
	prefix=$tmp/prefix
	mkdir -p "$prefix/lib/otel-c" "$prefix/bin" "$prefix/share"
	cp -P "$servers_build"/lib/libotel_api.so* "$servers_build"/lib/libotel_sdk.so* "$prefix/lib"
	cp "$servers_build"/lib/otel-c/{otlp,distro_aws}.so "$prefix/lib/otel-c"
	cp -r "$servers_build/share/otel-c" "$prefix/share"
	cp "$bin/shop" "$prefix/bin"
	spool_new
	OTEL_DISTRO=aws run "$prefix/bin/shop"
	expect_match "no network" '*nothing is sent over the network*' "$err"
	status_is '7 spans, 1 batch'
fi

# ---- too old ----
spooled 3
sleep 0.1
to_sink
OTEL_C_SPOOL_MAX_AGE=50 flushes 0 '0 accepted, 0 rejected, 0 retries'
expect_match "too old" '*what is older than \[spool\] max_age is dropped*' "$err"
status_is '0 spans, 0 batches'
sink_stop

# ---- wrong usage ----
for words in '' 'nonsense' 'status a b' 'flush --json' 'status --distro x' '--nonsense' 'flush --timeout 0'; do
	# shellcheck disable=SC2086
	run "$bin/otel-c" spool $words
	expect_equal "otel-c spool $words" 2 "$status"
done
run "$bin/otel-c" spool status "$tmp/nothing-here"
expect_equal "no such directory" 1 "$status"
unset OTEL_C_SPOOL_DIRECTORY
mkdir "$tmp/empty" && cd "$tmp/empty"
run "$bin/otel-c" spool status
expect_equal "none configured, none here" 1 "$status"
run "$bin/otel-c" spool flush
expect_equal "nothing to flush" 3 "$status"

finish
