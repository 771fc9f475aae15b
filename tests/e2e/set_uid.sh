#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# set_uid: the environment of a set-uid program starts nothing.
. "$(dirname "$0")/lib.sh" set_uid

[ "$(id -u)" = 0 ] || skip "only root can make a file that belongs to nobody"
install -o 65534 -g 65534 -m 4755 "$programs/one_span" "$tmp/one_span" || skip "files cannot be given away here"
grep -q '^NoNewPrivs:.*1' /proc/self/status && skip "no program may get other rights here"
case $(findmnt -no OPTIONS -T "$tmp") in *nosuid*) skip "$tmp is mounted nosuid" ;; esac
sink_start --json
run env OTEL_DISTRO=awss OTEL_EXPORTER_OTLP_ENDPOINT="$sink_url" "$tmp/one_span"
expect_equal "exit status" 3 "$status"
expect_equal "messages" "" "$err"
run env OTEL_DISTRO=aws OTEL_EXPORTER_OTLP_ENDPOINT="$sink_url" "$tmp/one_span"
expect_equal "exit status" 3 "$status"
sink_stop
expect_equal "spans" 0 "$(spans_in "$sink_out")"
finish
