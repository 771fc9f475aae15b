#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# compliance_test.sh SOURCE - docs/compliance.md tells the truth as far as a script can see: every row of the matrix is
# there once, and each test it names exists, is in its program's list of tests, and that program or script is registered
# with ctest. Rows of what is absent say so in their first words, and are listed here; all others name a test.
set -euo pipefail
source=$1
page=$source/docs/compliance.md
absent="C13 S08 S09 S10 S11 X22 X23 E07 E09 E19 E20 E26 E27 E28 E29 E30"
failures=0

fail() {
	echo "FAILED: $*"
	failures=$((failures + 1))
}

wanted_ids() {
	local i
	for ((i = 1; i <= 64; i++)); do printf 'T%02d\n' "$i"; done
	printf 'B01\nB02\n'
	for ((i = 1; i <= 19; i++)); do printf 'C%02d\n' "$i"; done
	for ((i = 1; i <= 17; i++)); do printf 'S%02d\n' "$i"; done
	for ((i = 1; i <= 23; i++)); do printf 'X%02d\n' "$i"; done
	for ((i = 1; i <= 30; i++)); do printf 'E%02d\n' "$i"; done
}

# check_test ROW FILE [NAME]
check_test() {
	local row=$1 file=$2 name=${3:-} list stem
	[ -f "$source/$file" ] || { fail "$row: there is no $file"; return; }
	list=$source/$(dirname "$file")/CMakeLists.txt
	[ -f "$list" ] || list=$source/$(dirname "$(dirname "$file")")/CMakeLists.txt # as for e2e_test(faults/reply)
	stem=$(basename "$file")
	case $file in
	*.sh) # registered by name, as in e2e_test(forks)
		grep -qE "(\b${stem%.sh}\b|$stem)" "$list" || fail "$row: $file is not registered in $list"
		[ -x "$source/$file" ] || fail "$row: $file cannot be executed"
		return
		;;
	*.cc) # one program, one test
		grep -qF "$stem" "$list" || fail "$row: $file is not registered in $list"
		return
		;;
	esac
	grep -qE "\b(${stem%_test.c}\b|$stem)" "$list" || fail "$row: $file is not registered in $list"
	case $name in
	'') fail "$row: $file without the name of a test" ;;
	main) grep -q '^int main(' "$source/$file" || fail "$row: $file has no main()" ;;
	*)
		grep -qE "^START_TEST\($name\)" "$source/$file" || fail "$row: $file has no test $name"
		# Once where it is defined, once in the list of those that run.
		[ "$(grep -cw "$name" "$source/$file")" -ge 2 ] || fail "$row: $file never runs $name"
		;;
	esac
}

rows=$(grep -E '^\| [TBCSXE][0-9]+ ' "$page")
diff <(wanted_ids) <(sed -E 's/^\| ([TBCSXE][0-9]+) .*/\1/' <<<"$rows") ||
	fail "the rows are not T01-T64, B01-B02, C01-C19, S01-S17, X01-X23, E01-E30, each once and in order"
for rest in X24–X37 X38–X59; do
	grep -q "rows $rest, is not offered" "$page" || fail "$rest: not summed up"
done

while IFS= read -r line; do
	IFS='|' read -r _ id feature how tests rest <<<"$line"
	id=${id// /}
	[ -z "${rest// /}" ] || fail "$id: more than four columns"
	[ -n "${feature// /}" ] && [ -n "${how// /}" ] || fail "$id: an empty column"
	named=0
	while read -r file name; do
		[ -n "$file" ] || continue
		named=$((named + 1))
		check_test "$id" "$file" "$name"
	done < <(sed 's/<br>/\n/g' <<<"$tests")
	case $how in
	' not there yet: '* | ' not offered'*) is_absent=1 ;;
	*) is_absent=0 ;;
	esac
	[[ " $absent " == *" $id "* ]] && is_listed=1 || is_listed=0
	[ "$is_absent" = "$is_listed" ] || fail "$id: what it says and the list of what is absent are not the same"
	[ "$named" != 0 ] || [ "$is_absent" = 1 ] || fail "$id: names no test"
done <<<"$rows"

[ "$failures" = 0 ] && echo "ok: $(wc -l <<<"$rows") rows; absent: ${absent:-none}"
[ "$failures" = 0 ]
