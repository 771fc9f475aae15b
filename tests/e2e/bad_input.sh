#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# bad_input: each mistake of an operator is one line that names what, where and what would be right; the program's
# behaviour and exit code are unchanged.
. "$(dirname "$0")/lib.sh" bad_input

# mistake WHAT PATTERN VARIABLE=VALUE…: one line on stderr like the pattern; the program as ever.
mistake() {
	local what=$1 pattern=$2
	shift 2
	run env OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1 OTEL_TRACES_EXPORTER=none "$@" "$programs/one_span"
	expect_equal "$what: exit status" 3 "$status"
	expect_equal "$what: output" "done" "$out"
	expect_equal "$what: lines" 1 "$(grep -c . "$tmp/err")"
	expect_match "$what" "otel-c: $pattern" "$err"
}

ini() {
	printf '%b' "$1" >"$tmp/user.ini"
	chmod 644 "$tmp/user.ini"
}

mistake "unknown distro" 'OTEL_DISTRO: "awss" is not installed; installed: aws, splunk' OTEL_DISTRO=awss
mistake "azure is not installed" 'OTEL_DISTRO: "azure" is not installed; installed: aws, splunk' OTEL_DISTRO=azure
mistake "a list of distros" '*OTEL_DISTRO*aws,splunk*' OTEL_DISTRO=aws,splunk
mistake "bad integer" '*OTEL_BSP_MAX_QUEUE_SIZE*"many"*' OTEL_DISTRO=aws OTEL_BSP_MAX_QUEUE_SIZE=many
mistake "bad boolean" '*OTEL_SDK_DISABLED*"yes"*' OTEL_DISTRO=aws OTEL_SDK_DISABLED=yes
mistake "unknown propagator" '*OTEL_PROPAGATORS*"b4"*' OTEL_DISTRO=aws OTEL_PROPAGATORS=tracecontext,b4
mistake "unknown sampler" '*OTEL_TRACES_SAMPLER*"sometimes"*' OTEL_DISTRO=aws OTEL_TRACES_SAMPLER=sometimes
mistake "sampler argument" '*OTEL_TRACES_SAMPLER_ARG*"2"*' OTEL_DISTRO=aws OTEL_TRACES_SAMPLER=traceidratio OTEL_TRACES_SAMPLER_ARG=2
mistake "a misspelt variable" '*OTEL_TRACE_SAMPLER*OTEL_TRACES_SAMPLER*' OTEL_DISTRO=aws OTEL_TRACE_SAMPLER=always_on
mistake "unknown exporter" '*OTEL_TRACES_EXPORTER*"zip"*' OTEL_DISTRO=aws OTEL_TRACES_EXPORTER=zip
mistake "endpoint is no URL" '*OTEL_EXPORTER_OTLP_ENDPOINT*localhost*' OTEL_DISTRO=aws OTEL_TRACES_EXPORTER=otlp OTEL_EXPORTER_OTLP_ENDPOINT=localhost
mistake "no gRPC server" '*OTEL_EXPORTER_OTLP_ENDPOINT*localhost:4317/v1*host:port*' OTEL_DISTRO=aws OTEL_TRACES_EXPORTER=otlp OTEL_EXPORTER_OTLP_PROTOCOL=grpc OTEL_EXPORTER_OTLP_ENDPOINT=localhost:4317/v1
mistake "unknown protocol" '*OTEL_EXPORTER_OTLP_PROTOCOL*carrier-pigeon*' OTEL_DISTRO=aws OTEL_TRACES_EXPORTER=none OTEL_EXPORTER_OTLP_PROTOCOL=carrier-pigeon
mistake "resource attributes" '*OTEL_RESOURCE_ATTRIBUTES*' OTEL_DISTRO=aws 'OTEL_RESOURCE_ATTRIBUTES=a=%zz'
mistake "a declarative file" '*OTEL_CONFIG_FILE*not supported*' OTEL_DISTRO=aws OTEL_CONFIG_FILE=/etc/otel.yaml
mistake "refused connection" '*127.0.0.1:1*refused*' OTEL_DISTRO=aws OTEL_TRACES_EXPORTER=otlp
mistake "missing user profile" "*OTEL_C_CONFIG*$tmp/none.ini*" OTEL_DISTRO=aws OTEL_C_CONFIG="$tmp/none.ini"

ini 'endpoint = http://x\n'
mistake "key before a section" "*$tmp/user.ini:1*" OTEL_DISTRO=aws OTEL_C_CONFIG="$tmp/user.ini"
ini '[bsp]\nmax_queue_sise = 5\n'
mistake "unknown key" "*$tmp/user.ini:2*max_queue_sise*max_queue_size*" OTEL_DISTRO=aws OTEL_C_CONFIG="$tmp/user.ini"
ini '[bsp]\n\n  max_queue_size = lots\n'
mistake "bad value" "*$tmp/user.ini:3*lots*" OTEL_DISTRO=aws OTEL_C_CONFIG="$tmp/user.ini"
ini '[bsp]\nmax_queue_size = 5\n; again\nmax_queue_size = 6\n'
mistake "repeated key" "*$tmp/user.ini:4*2*" OTEL_DISTRO=aws OTEL_C_CONFIG="$tmp/user.ini"
ini '[bsp\nmax_queue_size = 5\n'
mistake "unclosed section" "*$tmp/user.ini:1*" OTEL_DISTRO=aws OTEL_C_CONFIG="$tmp/user.ini"
ini '[bsp]\nmax_queue_size = 5\n'
chmod 666 "$tmp/user.ini"
mistake "file that others can write" "*$tmp/user.ini*" OTEL_DISTRO=aws OTEL_C_CONFIG="$tmp/user.ini"

# Modules. A profile of our own names each.
profile() {
	printf '[distro]\nname = own\nmodule = %s\n' "$1" >"$tmp/own.ini"
	chmod 644 "$tmp/own.ini"
}
profile "$tmp/absent.so"
mistake "missing module" "*absent.so*" OTEL_DISTRO="$tmp/own.ini"
echo "no ELF" >"$tmp/text.so"
chmod 644 "$tmp/text.so"
profile "$tmp/text.so"
mistake "module that is no ELF file" "*text.so*ELF*" OTEL_DISTRO="$tmp/own.ini"
cp "$servers_build/lib/otel-c/distro_aws.so" "$tmp/loose.so"
chmod 666 "$tmp/loose.so"
profile "$tmp/loose.so"
mistake "module that others can write" "*loose.so*" OTEL_DISTRO="$tmp/own.ini"
cp "$servers_build/lib/otel-c/http.so" "$tmp/other.so"
chmod 644 "$tmp/other.so"
profile "$tmp/other.so"
mistake "module without the symbol" "*other.so*otel_plugin_v1*" OTEL_DISTRO="$tmp/own.ini"

# Disabled wins over everything, silently, and leaves propagation.
run env OTEL_DISTRO=aws OTEL_SDK_DISABLED=true OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1 "$programs/one_span"
expect_equal "disabled: messages" "" "$err"
expect_equal "disabled: exit status" 3 "$status"

# The usual mistake with ports.
run env OTEL_DISTRO=aws OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4317 "$programs/one_span"
expect_match "port 4317" "*4317 is the usual gRPC port*4318*" "$err"
finish
