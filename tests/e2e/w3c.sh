#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# w3c: w3c_service under requests with good and bad trace headers, as the W3C suite sends them (scripts/w3c.sh runs that
# suite itself).
. "$(dirname "$0")/lib.sh" w3c

"$bin/w3c_service" 0 >"$tmp/service" 2>"$logs/service.err" &
wait_for 60 grep -q listening "$tmp/service" || fail "w3c_service does not listen: $(cat "$logs/service.err")"
port=$(sed -n 's/^listening on http:..127\.0\.0\.1:\([0-9]*\).*/\1/p' "$tmp/service")
run timeout 100 python3 "$(dirname "$0")/programs/w3c_client.py" "$port"
printf '%s\n' "$out" | grep -v ': ok$' || true
expect_equal "exit status of the client" 0 "$status"
expect_match "the client's last line" "*54 of 54 as expected" "$out"
expect_equal "messages of the client" "" "$err"
expect_equal "messages of the service" "" "$(cat "$logs/service.err")"
finish
