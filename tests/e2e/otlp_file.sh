#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# otlp_file and otlp/stdout: lines of OTLP JSON where they were asked for, whole, counted when they cannot be written,
# and good enough for otel-c send.
. "$(dirname "$0")/lib.sh" otlp_file
export OTEL_DISTRO=splunk OTEL_SERVICE_NAME=shop OTEL_TRACES_EXPORTER=otlp_file
export OTEL_C_EXPORT_RETRY_INITIAL=50 OTEL_C_EXPORT_RETRY_MAX=200
mkdir "$tmp/files"
cd "$tmp/files"

# total PATTERN…: spans in all these files.
total() {
	cat "$@" | jq -s '[.[].resourceSpans[]?.scopeSpans[]?.spans[]?] | length'
}

# ---- a file, without any setting ----
run "$bin/shop"
expect_equal "exit status" 0 "$status"
expect_equal "stderr" "" "$err"
expect_equal "spans in traces.jsonl" 7 "$(total traces.jsonl)"
expect_equal "one line for a batch" 1 "$(wc -l <traces.jsonl)"
expect_equal "who may read it" 640 "$(umask 027 && "$bin/shop" >/dev/null && stat -c %a traces.jsonl)"
expect_equal "another program appends" 14 "$(total traces.jsonl)"

# ---- what was written is sent as it is ----
sink_start --json
OTEL_TRACES_EXPORTER=otlp OTEL_EXPORTER_OTLP_ENDPOINT=$sink_url OTEL_EXPORTER_OTLP_TIMEOUT=50000 \
	run timeout 60 "$bin/otel-c" send traces.jsonl
expect_equal "what send says" "14 accepted, 0 rejected, 0 retries" "$out"
sink_stop
cmp traces.jsonl "$sink_out" || fail "what the sink got is not what was written"

# ---- beside another exporter ----
sink_start --json
OTEL_TRACES_EXPORTER=otlp,otlp_file OTEL_C_EXPORTER_OTLP_FILE_PATH=beside.jsonl OTEL_EXPORTER_OTLP_ENDPOINT=$sink_url run "$bin/shop"
sink_stop
expect_equal "the same spans" "$(total "$sink_out")" "$(total beside.jsonl)"

# ---- rotated, by several processes at once ----
export OTEL_C_EXPORTER_OTLP_FILE_PATH=$tmp/files/many.jsonl OTEL_C_EXPORTER_OTLP_FILE_MAX_BYTES=20000
for _ in 1 2 3 4 5 6; do
	OTEL_C_EXPORTER_OTLP_FILE_MAX_FILES=100 "$bin/shop" >/dev/null &
	shops="${shops-} $!"
done
# shellcheck disable=SC2086
wait $shops
expect_equal "spans of six shops" 42 "$(total many.jsonl*)"
[ -e many.jsonl.1 ] || fail "nothing was rotated"
[ "$(stat -c %s many.jsonl* | sort -n | tail -n 1)" -le 20000 ] || fail "a file is too large: $(ls -l)"
for _ in 1 2 3 4 5; do
	OTEL_C_EXPORTER_OTLP_FILE_MAX_BYTES=1 OTEL_C_EXPORTER_OTLP_FILE_MAX_FILES=3 \
		OTEL_C_EXPORTER_OTLP_FILE_PATH=few.jsonl "$bin/shop" >/dev/null
done
expect_equal "files that are kept" "few.jsonl few.jsonl.1 few.jsonl.2" "$(echo few.jsonl*)"
OTEL_C_EXPORTER_OTLP_FILE_PATH=own/%s-%p.jsonl
mkdir own
"$bin/shop" >/dev/null
"$bin/shop" >/dev/null
expect_equal "each process has its own" 2 "$(ls own/traces-*.jsonl | wc -l)"
unset OTEL_C_EXPORTER_OTLP_FILE_MAX_BYTES

# ---- while a program runs: a file that is moved away and removed, a directory that comes late ----
OTEL_C_EXPORTER_OTLP_FILE_PATH=late/%s.jsonl
mkfifo asked
"$programs/asked_spans" <asked >answers 2>complaints &
program=$!
exec 7>asked
count_flushed() {
	[ "$(grep -c '^flushed$' answers)" -ge "$1" ]
}
echo one >&7
wait_for 60 grep -q 'spans cannot be written to .*late/traces.jsonl: No such file or directory' complaints ||
	fail "no complaint about the directory"
mkdir late
echo two >&7
wait_for 60 count_flushed 1 || fail "nothing was flushed once the directory was there"
wait_for 60 test -s late/traces.jsonl || fail "nothing was written once the directory was there"
mv late/traces.jsonl late/rotated.jsonl
echo three >&7
wait_for 60 test -s late/traces.jsonl || fail "the file that was moved away was not begun anew"
rm late/traces.jsonl
echo four >&7
wait_for 60 test -s late/traces.jsonl || fail "the file that was removed was not begun anew"
exec 7>&-
wait "$program" || fail "asked_spans ended with $?"
expect_equal "complaints" 1 "$(grep -c . complaints)"
expect_equal "names in the new file" '"four"' "$(jq -c '.resourceSpans[].scopeSpans[].spans[].name' late/traces.jsonl)"
expect_equal "names in the old one" '"one" "two"' \
	"$(jq -c '.resourceSpans[].scopeSpans[].spans[].name' late/rotated.jsonl | sort | head -n 2 | paste -sd' ')"

# ---- no room, no right: counted, said once, and the program goes on ----
OTEL_C_EXPORTER_OTLP_FILE_PATH=$tmp/files/full.jsonl
export OTEL_LOG_LEVEL=info
if ! sanitized; then # sanitizers need files of their own
	run bash -c "ulimit -f 1; exec \"$bin/shop\" | cat"
	expect_equal "the program's own words" 3 "$(grep -c '^order' <<<"$out")"
	expect_match "no room" "*spans cannot be written to $tmp/files/full.jsonl: File too large*" "$err"
	expect_match "what became of them" '*spans: 0 accepted, 7 dropped*' "$err"
	expect_equal "no half line" 0 "$(stat -c %s full.jsonl)"
fi
mkdir -m 555 readonly
if [ "$(id -u)" = 0 ] && setpriv --reuid=65534 --clear-groups test -x "$bin/shop"; then
	OTEL_C_EXPORTER_OTLP_FILE_PATH=readonly/%s.jsonl \
		run setpriv --reuid=65534 --clear-groups "$bin/shop"
	expect_match "no right" "*spans cannot be written to $tmp/files/readonly/traces.jsonl: Permission denied*" "$err"
	expect_match "what became of them" '*spans: 0 accepted, 7 dropped*' "$err"
	expect_equal "exit status" 0 "$status"
fi
unset OTEL_LOG_LEVEL

# ---- standard output ----
OTEL_TRACES_EXPORTER=otlp/stdout run "$bin/shop"
expect_equal "stderr" "" "$err"
expect_equal "spans between the program's own lines" 7 "$(grep '^{' <<<"$out" | total -)"
expect_equal "its own lines" 3 "$(grep -vc '^{' <<<"$out")"
OTEL_TRACES_EXPORTER=otlp/stdout "$bin/shop" >&- 2>"$tmp/err" || true
expect_match "without standard output" '*spans cannot be written to standard output: it is closed*' "$(cat "$tmp/err")"

# ---- settings that are wrong ----
OTEL_C_EXPORTER_OTLP_FILE_PATH='%q' run "$bin/shop"
expect_match "a placeholder that is none" '*OTEL_C_EXPORTER_OTLP_FILE_PATH: "%q": % has to be followed by*' "$err"
OTEL_C_EXPORTER_OTLP_FILE_PATH=all.jsonl OTEL_METRICS_EXPORTER=otlp_file run "$bin/shop"
expect_match "one file for two signals" '*OTEL_C_EXPORTER_OTLP_FILE_PATH: "all.jsonl": several signals*it needs %s*' "$err"
OTEL_C_EXPORTER_OTLP_FILE_MAX_FILES=0 run "$bin/shop"
expect_match "no file at all" '*OTEL_C_EXPORTER_OTLP_FILE_MAX_FILES: "0"*' "$err"
OTEL_TRACES_EXPORTER=otlp_fil run "$bin/shop"
expect_match "the names there are" '*otlp/stdout, otlp_file*' "$err"

finish
