#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# valgrind.sh BUILD_DIR - the unit tests under memcheck. Leaks that are on purpose (nothing is freed at exit) are
# reachable ones and not reported.
set -euo pipefail
exec ctest --test-dir "$1" -L unit -T memcheck --no-tests=error --output-on-failure -j "$(nproc)" \
	--overwrite MemoryCheckCommandOptions="--error-exitcode=99 --leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite --num-callers=20"
