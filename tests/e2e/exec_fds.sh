#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# exec_fds: a program that is exec'd after a completed export inherits no descriptor of ours.
. "$(dirname "$0")/lib.sh" exec_fds

sink_start --json --until-spans 1 --timeout 60
run sh -c 'ls /proc/$$/fd'
before=$out
run env OTEL_EXPORTER_OTLP_ENDPOINT="$sink_url" "$programs/exec_fds" sh -c 'ls /proc/$$/fd'
expect_equal "descriptors after exec" "$before" "$out"
sink_wait || fail "the span before exec did not arrive"
finish
