# SPDX-License-Identifier: Apache-2.0
#
# lib.sh - sourced by the rows of the fault matrix: `. lib.sh NAME`. A row is a program that makes seven spans, a
# backend that answers as it is told, and what became of the spans as both of them see it:
#
#     row 'busy for a while' '503 503 200' 'accepted=7' "${soon[@]}"
#
# Of each row is asked: the program ends by itself, with status 0, within a minute, and finds what is its own as it was;
# created = accepted + dropped + queued + spooled; the backend acknowledged as many as count as accepted; none that it
# acknowledged comes again; what comes twice was taken before without an answer, has the same ids, and counts as
# ambiguous.
# FAULTS_PROTOCOL=grpc: the same over gRPC.
protocol=${FAULTS_PROTOCOL:-http}
. "$(dirname "$0")/../lib.sh" "faults_$1_$protocol"

# Seven spans are one batch, which goes out as soon as they are there.
export OTEL_SERVICE_NAME=shop OTEL_BSP_MAX_EXPORT_BATCH_SIZE=7 OTEL_BSP_SCHEDULE_DELAY=600000
soon=(OTEL_C_EXPORT_RETRY_INITIAL=40 OTEL_C_EXPORT_RETRY_MAX=160)
never=(OTEL_C_EXPORT_RETRY_INITIAL=600000 OTEL_C_EXPORT_RETRY_MAX=600000)
brief=("${soon[@]}" OTEL_C_EXPORT_RETRY_ELAPSED=300)

case $protocol in
http) yes=200 no=503 ;; # what means "taken", and "busy"
grpc) yes=0 no=14; export OTEL_EXPORTER_OTLP_PROTOCOL=grpc ;;
esac
rows=0

coproc BACKEND { exec python3 "$(dirname "$0")/backend/backend.py" 2>"$logs/backend.log"; }
exec 8<&"${BACKEND[0]}" 9>&"${BACKEND[1]}"

# ask WORD…: a line to the backend, its answer in $told.
ask() {
	echo "$*" >&9
	read -r -t 60 told <&8 || { cat "$logs/backend.log"; echo "FAILED: the backend does not answer"; exit 1; }
}

# backend ANSWER…: a port that gives them in this order.
backend() {
	ask "${manner:-}" "$protocol" "$@"
	port=$told
	export OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:$port
}

# backend_was_asked ANSWERS: that many requests came.
backend_was_asked() {
	ask tell "$port"
	[ "$(what asked)" = "$1" ]
}

# what WORD: that one of what the backend told last.
what() {
	local words=" $told"
	words=${words#* "$1="}
	echo "${words%% *}"
}

# counted WORD: that counter of the program; 0 if it is not named.
counted() {
	local words=" $out "
	case $words in *" $1="*) words=${words#* "$1="}; echo "${words%%[!0-9]*}" ;; *) echo 0 ;; esac
}

# sorted WORDS
sorted() {
	tr ' ' '\n' <<<"$1" | sort | xargs
}

# begin NAME: of a row.
begin() {
	name=$1
	rows=$((rows + 1))
}

# wanted WANT: all that the program shall say, sorted; "full=?" stands for any number.
wanted() {
	local want word
	case $1 in failed*) want= ;; *) want=ok ;; esac
	for word in $1 created=?; do
		case $word in
		*'=?') [ "$(counted "${word%=?}")" = 0 ] || want="$want ${word%?}$(counted "${word%=?}")" ;;
		*) want="$want $word" ;;
		esac
	done
	sorted "$want"
}

# agree WANT [ANSWERS]: what the program counts is that, and goes with what the backend saw and was asked.
agree() {
	local asked wrong
	expect_equal "$name" "$(wanted "$1")" "$(sorted "$out")"
	ask tell "$port"
	wrong=$(what wrong)
	case $1 in # an acknowledgement may have got lost
	*'ambiguous=?') wrong=${wrong//copy-of-what-was-acknowledged/} wrong=${wrong//,/} ;;
	esac
	expect_equal "$name: what is wrong" "" "$wrong"
	expect_equal "$name: spans that the backend acknowledged" "$(counted accepted)" "$(what acked)"
	[ "$(what seen)" -le "$(counted created)" ] || fail "$name: spans got other ids: $told"
	[ "$(what copies)" -le "$(counted ambiguous)" ] || fail "$name: $told, but $(counted ambiguous) ambiguous"
	asked=$(what asked | tr , '\n')
	case ${2-} in
	'') ;;
	*'*')
		[ "$(wc -l <<<"$asked")" -ge 3 ] || fail "$name: tried only $(wc -l <<<"$asked") times"
		expect_equal "$name: answers" "${2%'*'}" "$(uniq <<<"$asked" | xargs)"
		;;
	*) expect_equal "$name: answers" "$2" "$(xargs <<<"$asked")" ;;
	esac
}

# program [VARIABLE…]: makes $spans spans, and waits for them, or as $how says.
program() {
	run timeout 60 env "$@" "$programs/${binary:-faults}" "${spans:-7}" "${how:-wait}" 8<&- 9>&-
	expect_equal "$name: exit status" 0 "$status"
	[ "$(wc -l <<<"$err")" -le 3 ] || fail "$name: said too much: $err"
}

# program_begin [VARIABLE…]: the same, behind; $program is its process.
program_begin() {
	: >"$tmp/out"
	: >"$tmp/err"
	env "$@" "$programs/${binary:-faults}" "${spans:-7}" "${how:-wait}" >"$tmp/out" 2>"$tmp/err" 8<&- 9>&- &
	program=$!
}

# program_end [STATUS]: waits for it.
program_end() {
	status=0
	wait_for 60 program_is_over || { fail "$name: it does not end"; kill -9 "$program"; }
	wait "$program" || status=$?
	expect_equal "$name: exit status" "${1:-0}" "$status"
	out=$(cat "$tmp/out")
	err=$(cat "$tmp/err")
}

program_is_over() {
	! is_running "$program"
}

# failed_once: it has noticed.
failed_once() {
	wait_for 60 grep -q . "$tmp/err" || fail "$name: nothing was said of it"
}

# row NAME ANSWERS WANT [VARIABLE…]: these answers and no other; one with a * comes again and again.
row() {
	begin "$1"
	# shellcheck disable=SC2086
	backend $2
	program "${@:4}"
	agree "$3" "$2"
}

# says PATTERN: so did the row before.
says() {
	expect_match "$name: messages" "$1" "$err"
}

# waited N LEAST: its request N + 1 came no sooner than so many milliseconds after the one before.
waited() {
	local waits
	ask times "$port"
	read -r -a waits <<<"$told"
	[ "${waits[$1 - 1]:-0}" -ge "$2" ] || fail "$name: request $(($1 + 1)) came after ${waits[$1 - 1]:-0} ms, not $2"
}

# rows_end: how many there were.
rows_end() {
	echo "$rows rows"
	finish
}
