#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# configuration_test.sh SOURCE BUILD - docs/configuration.md and conf/otel.ini are what the tables of keys say.
set -euo pipefail
source=$1 build=$2
failures=0

compare() {
	"$build/bin/otel-c" config --reference "$2" | diff -u "$source/$1" - && return
	echo "FAILED: $1 is not what the tables of keys say; write it anew: otel-c config --reference $2 >$1"
	failures=1
}

compare docs/configuration.md md
compare conf/otel.ini ini
exit "$failures"
