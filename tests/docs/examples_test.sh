#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# examples_test.sh SOURCE BUILD CC [CXX] - what README.md and docs/ show is what happens.
#
# Of each page, in the order in which they stand there:
#   ```c, ```cpp    a whole program: compiled with all warnings; run without a distro, when it must say nothing (unless it
#                   starts the SDK itself), with the console exporter, and against otel-c sink. A block without main() is
#                   compiled only
#   ```c FILE       the same block as that file, for the commands that follow; not compiled here
#   ```ini FILE     likewise
#   ```sh run       commands, run by bash as they stand, where otel-c is installed, or built below the current directory;
#                   ./app is the program of README.md
#   ```text         lines that must be among those printed by the program or the commands before, in this order; blanks,
#                   times, ids and the lines of the tree do not count. Of a program, by the console and by the sink; by the
#                   sink alone after ```text sink
# All others are for the eye. Whatever is run must end with 0.
set -euo pipefail
source=$1 build=$2 cc=$3 cxx=${4:-}
. "$source/scripts/servers.sh"
servers_begin "$build" "$build/docs"
. "$source/tests/support/calm.sh"
export OTEL_C_EXIT_TIMEOUT=60000 # where everything is slow, loading libcurl alone takes long
failures=0 programs=0 commands=0

fail() {
	echo "FAILED: $*"
	failures=$((failures + 1))
}

# blocks PAGE: each block as one line "NUMBER KIND NAME", its text in NUMBER.block; NUMBER is its line in the page.
blocks() {
	awk '
		/^```/ && inside { inside = 0; close(out); next }
		/^```/ { inside = 1; out = sprintf("%04d.block", NR); printf "" >out
			print sprintf("%04d", NR), substr($1, 4) == "" ? "-" : substr($1, 4), $2; next }
		inside { print >out }' "$1"
}

# Without the tree, ids, times and repeated blanks.
plain() {
	sed -E 's/[│├└─]//g; s/[0-9.]+ (ns|µs|ms|s)\b//g; s/\b[0-9a-f]{16,32}\b//g; s/[[:space:]]+/ /g; s/^ //; s/ $//' "$1"
}

# check_lines WHAT BLOCK OUTPUT: every expected line begins a printed one or stands in it, in order.
check_lines() {
	local at=0 wanted number
	plain "$3" >plain.out
	while IFS= read -r wanted; do
		number=$(tail -n +"$((at + 1))" plain.out | grep -nF -m 1 -e "$wanted" | cut -d: -f1) || true
		if [ -z "$number" ]; then
			fail "$1: \"$wanted\" was not printed after line $at of:"
			cat "$3"
			return
		fi
		at=$((at + number))
	done < <(plain "$2")
}

# compile BLOCK OUT OPTION…
compile() {
	local block=$1 out=$2 compiler=("$cc" -std=gnu11 -x c)
	shift 2
	[ "$kind" = c ] || compiler=("$cxx" -std=c++17 -x c++)
	"${compiler[@]}" -O1 -Wall -Wextra -Werror -I"$source/core/include" "$block" -o "$out" "$@" ||
		{ fail "$where does not compile"; return 1; }
}

# run_program N: by console and sink; N.out and N.sink get what was printed.
run_program() {
	local n=$1 libraries=(-x none -L"$build/lib" -lotel_api -pthread -Wl,-rpath,"$build/lib")
	! grep -q 'otel/sdk\.h' "$n.block" || libraries+=(-lotel_sdk)
	! grep -q '<uv\.h>' "$n.block" || libraries+=(-luv)
	compile "$n.block" "$n" "${libraries[@]}" || return 0
	programs=$((programs + 1))
	if grep -q 'otel/sdk\.h' "$n.block"; then
		"./$n" >"$n.out" 2>"$n.err" || fail "$where: status $?"
		cat "$n.err" >>"$n.out"
		return 0
	fi
	"./$n" >"$n.out" 2>&1 || fail "$where: status $? without a distro"
	[ ! -s "$n.out" ] || fail "$where printed something without a distro: $(cat "$n.out")"
	OTEL_DISTRO=splunk OTEL_TRACES_EXPORTER=console "./$n" >"$n.out" 2>"$n.err" || fail "$where: status $? with a distro"
	[ ! -s "$n.err" ] || fail "$where said: $(cat "$n.err")"
	sink_start
	OTEL_DISTRO=splunk OTEL_EXPORTER_OTLP_ENDPOINT=$sink_url "./$n" >"$n.err" 2>&1 || fail "$where: status $? with the sink"
	sink_stop
	[ ! -s "$n.err" ] || fail "$where said with the sink: $(cat "$n.err")"
	cp "$sink_out" "$n.sink"
}

# run_commands N: as a reader would after an installation; spans go to a sink, whose trees come last.
run_commands() {
	local n=$1 status=0
	commands=$((commands + 1))
	sink_start
	PATH=$build/bin:$PATH C_INCLUDE_PATH=$source/core/include CPLUS_INCLUDE_PATH=$source/core/include \
		LIBRARY_PATH=$build/lib LD_LIBRARY_PATH=$build/lib OTEL_EXPORTER_OTLP_ENDPOINT=$sink_url \
		bash -euo pipefail "$n.block" >"$n.out" 2>&1 || status=$?
	sink_stop
	[ "$status" = 0 ] || fail "$where: status $status: $(cat "$n.out")"
	cat "$sink_out" >>"$n.out"
}

check_page() {
	local n kind name last=''
	page=$1
	mkdir -p "$servers_tmp/${page//\//-}/build"
	cd "$servers_tmp/${page//\//-}"
	umask 022
	ln -s "$source/core" core
	ln -s "$build" build/release
	[ "$page" = README.md ] || ln -s ../README.md/app app
	while read -r n kind name; do
		where="$page:$((10#$n))"
		case $kind,$name in
		cpp, | c,) [ "$kind" = c ] || [ -n "$cxx" ] || continue ;;&
		cpp, | c,)
			if grep -q 'int main(' "$n.block"; then
				last=$n
				run_program "$n"
			else
				last=''
				compile "$n.block" "$n.o" -c -Wno-unused-function || true
			fi
			;;
		c,* | cpp,* | ini,?*) cp "$n.block" "$name" ;;
		sh,run)
			last=$n
			run_commands "$n"
			;;
		text, | text,sink)
			[ -n "$name" ] || [ ! -f "$last.out" ] || check_lines "$where" "$n.block" "$last.out"
			[ ! -f "$last.sink" ] || check_lines "$where, by the sink" "$n.block" "$last.sink"
			last=''
			;;
		*) last='' ;;
		esac
	done < <(blocks "$source/$page")
}

source=$(readlink -f "$source")
build=$(readlink -f "$build")
for page in README.md docs/instrumenting-an-application.md docs/context.md docs/processors.md docs/sampling.md docs/propagation.md docs/writing-a-distro.md; do
	check_page "$page"
done

# What the specification wants to be said (rows T12 and T43 of docs/compliance.md).
says() {
	tr -s '\n\t *' ' ' <"$source/$1" | grep -F "$2" >/dev/null || fail "$1 does not say: $2"
}
says docs/instrumenting-an-application.md 'Give attributes at start if you know them then'
says core/include/otel/span.h 'Attributes that a sampler should see go into the options at start'
says docs/instrumenting-an-application.md 'A NULL string is recorded as the empty value; an attribute with a NULL or empty key is ignored'
says core/include/otel/attr.h 'NULL is recorded as the empty value'

[ "$programs" -ge 10 ] || fail "only $programs programs were found"
[ "$commands" -ge 5 ] || fail "only $commands commands were found"
[ "$failures" = 0 ] && echo "ok: $programs programs, $commands blocks of commands"
[ "$failures" = 0 ]
