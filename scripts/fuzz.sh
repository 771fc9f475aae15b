#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# fuzz.sh SECONDS - builds the fuzz targets with clang and runs each for that long on its corpus.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
seconds=$1
cmake -G Ninja -S . -B build/fuzz -DCMAKE_BUILD_TYPE=RelWithDebInfo -DCMAKE_C_COMPILER=clang \
	-DCMAKE_CXX_COMPILER=clang++ -DOTEL_C_FUZZ=ON -DBUILD_TESTING=ON >/dev/null
cmake --build build/fuzz --target fuzz_targets -- --quiet
passed=0 failed=0
for target in build/fuzz/fuzz/*_fuzz; do
	name=$(basename "$target" _fuzz)
	mkdir -p "build/fuzz/corpus/$name" "build/fuzz/crashes/$name"
	seeds=()
	[ -d "tests/fuzz/corpus/$name" ] && seeds=("tests/fuzz/corpus/$name")
	if "$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
		-artifact_prefix="build/fuzz/crashes/$name/" "build/fuzz/corpus/$name" "${seeds[@]}" >"build/fuzz/$name.log" 2>&1; then
		runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "build/fuzz/$name.log")
		echo "$name: clean after ${seconds} s, $runs runs"
		passed=$((passed + 1))
	else
		tail -n 40 "build/fuzz/$name.log"
		echo "$name: FAILED, see build/fuzz/$name.log"
		failed=$((failed + 1))
	fi
done
echo "fuzz: $passed passed, $failed failed"
[ "$failed" = 0 ]
