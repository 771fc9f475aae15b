#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# valgrind.sh BUILD_DIR - the unit tests under memcheck, as many at once as DEV_JOBS says (or as there are processors).
# What is reachable at exit is left there on purpose. Forked children are silent, and end by an exec where all is well
# (tests/support/child.h): they lack the threads that owned some blocks. Threads take turns, or those that wait for each
# other would take minutes. Left out: children of sdk_worker_test fault on purpose, which memcheck counts as errors.
set -euo pipefail
source=$(dirname "$(dirname "$(readlink -f "$0")")")
unfit='^sdk_worker_test$'
exec ctest --test-dir "$1" -L unit -E "$unfit" -T memcheck --no-tests=error --output-on-failure -j "${DEV_JOBS:-$(nproc)}" \
	--overwrite MemoryCheckCommandOptions="--fair-sched=yes --error-exitcode=99 --leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite --num-callers=20 --child-silent-after-fork=yes --suppressions=$source/tests/support/valgrind.supp"
