#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# fuzz.sh SECONDS - builds the fuzz targets with clang and runs each for that long on its corpus, as many at once as
# DEV_JOBS says (or as there are processors). A target without seeds in tests/fuzz/corpus fails.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
seconds=$1
jobs=${DEV_JOBS:-$(nproc)}
cmake -G Ninja -S . -B build/fuzz -DCMAKE_BUILD_TYPE=RelWithDebInfo -DCMAKE_C_COMPILER=clang \
	-DCMAKE_CXX_COMPILER=clang++ -DOTEL_C_FUZZ=ON -DBUILD_TESTING=ON >/dev/null
cmake --build build/fuzz --target fuzz_targets -- -j"$jobs" --quiet

# fuzz_one NAME: prints one line; status 1 when it failed.
fuzz_one() {
	local name=$1 seeds=tests/fuzz/corpus/$1 log=build/fuzz/$1.log runs
	mkdir -p "build/fuzz/corpus/$name" "build/fuzz/crashes/$name"
	if [ -z "$(ls "$seeds" 2>/dev/null)" ]; then
		echo "$name: FAILED, no seeds in $seeds"
		return 1
	fi
	if ! "build/fuzz/fuzz/${name}_fuzz" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
		-print_final_stats=1 -artifact_prefix="build/fuzz/crashes/$name/" "build/fuzz/corpus/$name" "$seeds" \
		>"$log" 2>&1; then
		tail -n 40 "$log"
		echo "$name: FAILED, see $log"
		return 1
	fi
	runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
	echo "$name: clean after $seconds s, $runs runs"
}
export -f fuzz_one
export seconds

names=$(find build/fuzz/fuzz -maxdepth 1 -name '*_fuzz' -type f -printf '%f\n' | sed 's/_fuzz$//' | sort)
: >build/fuzz/failed
xargs -n 1 -P "$jobs" bash -c 'fuzz_one "$1" || echo "$1" >>build/fuzz/failed' _ <<<"$names"
failed=$(wc -l <build/fuzz/failed)
echo "fuzz: $(($(wc -l <<<"$names") - failed)) passed, $failed failed"
[ "$failed" = 0 ]
