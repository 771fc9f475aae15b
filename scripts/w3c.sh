#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# w3c.sh SUITE [BUILD] - runs the validation suite of W3C Trace Context (github.com/w3c/trace-context, folder test/)
# against w3c_service. The suite needs Python with aiohttp: PYTHON names the interpreter. LEVEL is 2 unless set.
set -euo pipefail
: "${1:?usage: scripts/w3c.sh SUITE_DIRECTORY [BUILD_DIRECTORY]}"
suite=$1
[ -f "$suite/test.py" ] || suite=$suite/test
[ -f "$suite/test.py" ] || { echo "w3c.sh: no test.py in $1 or $1/test; give the checkout of w3c/trace-context" >&2; exit 2; }
root=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd)
build=${2:-$root/build/release}
python=${PYTHON:-python3}
"$python" -c 'import aiohttp' 2>/dev/null || { echo "w3c.sh: $python has no aiohttp (package python3-aiohttp)" >&2; exit 2; }
. "$root/scripts/servers.sh"
servers_begin "$build" "$build/w3c"

"$servers_build/bin/w3c_service" 0 >"$servers_tmp/service" 2>"$servers_logs/service.err" &
wait_for 10 grep -q listening "$servers_tmp/service" || { cat "$servers_logs/service.err" >&2; exit 1; }
url=$(sed -n 's/^listening on //p' "$servers_tmp/service")
cd "$suite"
SPEC_LEVEL=${LEVEL:-2} STRICT_LEVEL=2 PYTHONDONTWRITEBYTECODE=1 "$python" test.py "$url"
