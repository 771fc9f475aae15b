#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# valgrind.sh BUILD_DIR - the unit tests under memcheck. What is reachable at exit is left there on purpose. Tests that
# fork run without the leak check: in a child the blocks of threads that are not there any more are lost. Tests that
# exec themselves by /proc/self/exe would exec valgrind.
set -euo pipefail
source=$(dirname "$(dirname "$(readlink -f "$0")")")
forking='^(sdk_provider|http_sock|http_module)_test$'
itself='^sdk_exit_test$'
options="--error-exitcode=99 --num-callers=20 --child-silent-after-fork=yes --suppressions=$source/tests/support/valgrind.supp"
leaks="--leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite"

memcheck() {
	local options=$1
	shift
	ctest -T memcheck --no-tests=error --output-on-failure -j "$(nproc)" \
		--overwrite MemoryCheckCommandOptions="$options" "$@"
}

cd "$1"
memcheck "$options" -R "$forking"
memcheck "$options $leaks" -L unit -E "$forking|$itself"
