#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# shop: the demo program in its three forms: woken by the environment, set up in code, with an unreachable inventory.
. "$(dirname "$0")/lib.sh" shop

nginx_start

sink_start --json --until-spans 7 --timeout 60
run env OTEL_DISTRO=aws OTEL_EXPORTER_OTLP_ENDPOINT="$sink_url" "$bin/shop" "$nginx_url/inventory"
expect_equal "exit status of the traced shop" 0 "$status"
expect_equal "messages of the traced shop" "" "$err"
sink_wait || fail "7 spans did not arrive"
expect_equal "traces" 2 "$(jq -r '..|.traceId ? // empty' "$sink_out" | sort -u | wc -l)"
expect_equal "names" "charge_customer check_inventory create_order create_order save_order validate_order validate_order" \
	"$(jq -r '..|.spans ? // empty|.[].name' "$sink_out" | sort | tr '\n' ' ' | sed 's/ $//')"
now=$(date +%s)
for id in $(jq -r '..|.traceId ? // empty' "$sink_out" | cut -c1-8 | sort -u); do
	age=$((now - 16#$id))
	[ "$age" -ge -5 ] && [ "$age" -le 600 ] || fail "trace id begins with $id, which is $age s old"
done
expect_equal "resource" "otel-c c unknown_service:shop aws" "$(jq -r '[.resourceSpans[0].resource.attributes[] | {(.key): .value.stringValue}] | add |
	"\(."telemetry.sdk.name") \(."telemetry.sdk.language") \(."service.name") \(."telemetry.distro.name")"' "$sink_out" | head -n 1)"
save_parent=$(jq -r '..|.spans ? // empty|.[]|select(.name=="save_order")|.parentSpanId' "$sink_out")
order=$(jq -r '..|.spans ? // empty|.[]|select(.name=="create_order" and .status.code==1)|.spanId' "$sink_out")
expect_equal "parent of the span on the worker thread" "$order" "$save_parent"
expect_equal "the bad order's exception" "ValidationError order has no customer id" "$(jq -r '..|.events ? // empty|.[]|select(.name=="exception")|
	[.attributes[]|{(.key): .value.stringValue}]|add|"\(."exception.type") \(."exception.message")"' "$sink_out")"
expect_match "its stack trace" "*shop_run*" "$(jq -r '..|.attributes ? // empty|.[]|select(.key=="exception.stacktrace")|.value.stringValue' "$sink_out")"
expect_equal "attribute types of charge_customer" "arrayValue boolValue bytesValue doubleValue stringValue" "$(jq -r '..|.spans ? // empty|.[]|
	select(.name=="charge_customer")|.attributes[].value|keys[]' "$sink_out" | sort -u | tr '\n' ' ' | sed 's/ $//')"
inventory=$(jq -r '..|.spans ? // empty|.[]|select(.name=="check_inventory")|"\(.traceId) \(.spanId)"' "$sink_out")
read -r trace span <<<"$inventory"
nginx_logged
expect_match "headers at nginx" "*\"00-$trace-$span-0?\" \"Root=1-${trace:0:8}-${trace:8};Parent=$span;Sampled=1\"*" "$(cat "$nginx_access_log")"

sink_start --json --until-spans 7 --timeout 60
run env OTEL_EXPORTER_OTLP_ENDPOINT="$sink_url" "$bin/shop_sdk" "$nginx_url/inventory"
expect_equal "exit status of shop_sdk" 0 "$status"
expect_equal "messages of shop_sdk" "" "$err"
sink_wait || fail "7 spans of shop_sdk did not arrive"
expect_equal "service.name set in code" shop "$(jq -r '.resourceSpans[0].resource.attributes[]|select(.key=="service.name")|.value.stringValue' "$sink_out" | head -n 1)"

sink_start --json --until-spans 7 --timeout 60
run env OTEL_DISTRO=aws OTEL_EXPORTER_OTLP_ENDPOINT="$sink_url" "$bin/shop" http://127.0.0.1:1/
expect_equal "exit status with an unreachable inventory" 0 "$status"
sink_wait || fail "7 spans with an unreachable inventory did not arrive"
expect_equal "status of check_inventory" "2 connection refused" "$(jq -r '..|.spans ? // empty|.[]|select(.name=="check_inventory")|"\(.status.code) \(.status.message)"' "$sink_out")"
finish
