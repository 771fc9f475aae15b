#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# valgrind.sh BUILD_DIR - the unit tests under memcheck. What is reachable at exit is left there on purpose, and forked
# children, which lack the threads that owned some blocks, are silent. Left out: a test that execs itself by
# /proc/self/exe would exec valgrind, those that close or limit descriptors take valgrind's own, and the rest make many
# busy threads, which valgrind runs one at a time.
set -euo pipefail
source=$(dirname "$(dirname "$(readlink -f "$0")")")
unfit='^(sdk_exit|sdk_provider|sdk_log_writer|sdk_span_log|sdk_span_slot|sdk_span_thread|http_sock|http_module)_test$'
exec ctest --test-dir "$1" -L unit -E "$unfit" -T memcheck --no-tests=error --output-on-failure -j "$(nproc)" \
	--overwrite MemoryCheckCommandOptions="--error-exitcode=99 --leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite --num-callers=20 --child-silent-after-fork=yes --suppressions=$source/tests/support/valgrind.supp"
