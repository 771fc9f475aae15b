#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# spool: what becomes of spans when there is a spool, and when its disk takes nothing. In a file system of its own, for
# that must be small.
if [ -z "${FAULTS_SPOOL_INSIDE:-}" ]; then
	for way in '-m' '-Urm'; do
		if unshare $way true 2>/dev/null; then
			FAULTS_SPOOL_INSIDE=1 exec unshare $way "$0"
		fi
	done
	echo 'SKIPPED: no name spaces here'
	exit 77
fi
. "$(dirname "$0")/lib.sh" spool
export OTEL_C_SPOOL_REPLAY_INTERVAL=0

# spool_new [full]: a new directory, on a disk that is full.
spool_new() {
	local disk=$tmp/disk-$rows
	mkdir -m 700 "$disk"
	export OTEL_C_SPOOL_DIRECTORY=$disk/spool
	[ -n "${1:-}" ] || return 0
	mount -t tmpfs -o size=64k,mode=700 none "$disk" || skip 'no tmpfs'
	mkdir -m 700 "$OTEL_C_SPOOL_DIRECTORY"
	cat /dev/zero >"$disk/fill" 2>/dev/null || true
}

# in_spool SPANS
in_spool() {
	expect_equal "$name: in the spool" "$1" "$("$bin/otel-c" spool status --json | jq .spans)"
}

# later: another process delivers what the one before left, beside seven spans of its own; then the backend has all.
later() {
	ask plan "$port"
	how=replay program "${soon[@]}"
	expect_equal "$name, later" "$(sorted 'ok created=7 accepted=7 replayed=7')" "$(sorted "$out")"
	in_spool 0
	ask tell "$port"
	expect_equal "$name, later: what came" "seen=14 acked=14" "seen=$(what seen) acked=$(what acked)"
	expect_equal "$name, later: what is wrong" "" "$(what wrong)"
}

for how in quit stop; do
	ended=''
	[ "$how" = quit ] || ended='failed '
	spool_new
	row "busy until the $how" '503 503' "${ended}spooled=7" "${never[@]}"
	in_spool 7
	later
	spool_new
	row "refused until the $how, taken without an answer" 'reset reset' "${ended}spooled=7 ambiguous=14" "${never[@]}"
	in_spool 7
	later
done
how=wait
spool_new
row 'busy for longer than retry_elapsed' '503*' 'spooled=7' "${soon[@]}" OTEL_C_EXPORT_RETRY_ELAPSED=5000
later
spool_new
row 'refused for good' '400' 'rejected=7' "${soon[@]}"
in_spool 0

# ---- a disk that takes nothing ----
spool_new full
row 'a full disk' '503*' 'retry=7' "${soon[@]}" OTEL_C_EXPORT_RETRY_ELAPSED=5000
says '*spool*No space left on device*'
umount "$tmp/disk-$((rows - 1))"

# A program that may write no files gets SIGXFSZ when it tries.
spool_new
how=quit row 'a program that may not write' '503 503' 'shutdown=7' "${never[@]}" FAULTS_MAY_NOT_WRITE=1
in_spool 0
rows_end
