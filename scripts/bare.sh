#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# bare.sh - proves the README: `./dev demo` and `./dev test` of the committed tree in a fresh Debian 12 root. As root.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
. scripts/packages.sh
. scripts/bare_root.sh
bare_root_make "./dev bare"

mkdir -p "$root/src/otel-c"
git archive HEAD | tar -x -C "$root/src/otel-c"
for command in demo test; do
	echo "bare: ./dev $command"
	bare_root_run "cd /src/otel-c && ./dev $command"
done
echo "bare: demo and test passed on a bare Debian 12"
