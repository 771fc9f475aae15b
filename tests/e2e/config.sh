#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# config: otel-c config tells what counts, who says so and what that beats; each sentence it can say; no secret in any.
. "$(dirname "$0")/lib.sh" config
unset OTEL_C_EXIT_TIMEOUT

# An installation of its own, so that it has a site file of its own.
prefix=$tmp/prefix
mkdir -p "$prefix"/{bin,lib,share,etc/otel-c}
cp "$bin/otel-c" "$prefix/bin/"
cp -L "$servers_build"/lib/libotel_{api,sdk}.so.1 "$prefix/lib/"
mkdir -p "$prefix/lib/otel-c" "$prefix/share/otel-c"
cp -L "$servers_build"/lib/otel-c/{distro_aws,distro_splunk,console}.so "$prefix/lib/otel-c/"
cp "$servers_build"/share/otel-c/{aws,splunk}.ini "$prefix/share/otel-c/"
chmod -R go-w "$prefix"
config=("$prefix/bin/otel-c" config)
site=$prefix/etc/otel-c/otel.ini

# file PATH TEXT: an INI file that may be trusted.
file() {
	printf '%b' "$2" >"$1"
	chmod 644 "$1"
}

# value KEY FIELD: a field of a key in $out, which is JSON.
value() {
	jq -r --arg key "$1" ".[] | select(.key == \$key) | $2" <<<"$out"
}

# says WHAT STATUS PATTERN COMMAND…: one line on stderr like the pattern.
says() {
	local what=$1 want=$2 pattern=$3
	shift 3
	run "$@"
	expect_equal "$what: exit status" "$want" "$status"
	expect_equal "$what: lines" 1 "$(grep -c . "$tmp/err")"
	expect_match "$what" "$pattern" "$err"
}

# ---- what it prints ----

run "${config[@]}"
expect_equal "defaults: exit status" 0 "$status"
expect_equal "defaults: messages" "" "$err"
expect_match "defaults: a key" $'*\nbsp.max_queue_size = 2048 *  default\n*' "$out"
expect_equal "defaults: keys without a value" 0 "$(grep -c 'is unset' <<<"$out")"
expect_equal "defaults: keys that nothing follows" 0 "$(grep -c 'not supported' <<<"$out")"

run "${config[@]}" --all
expect_match "all: a key without a value" $'*\nresource.service_name is unset\n*' "$out"
expect_match "all: a key that nothing follows" $'*\nresource.entities is unset * not supported yet\n*' "$out"

run "${config[@]}" OTEL_SERVICE_NAME bsp resource.attributes
expect_equal "keys asked for" "bsp.schedule_delay bsp.export_timeout bsp.max_queue_size bsp.max_export_batch_size" \
	"$(grep -o '^bsp[^ ]*' <<<"$out" | xargs)"
expect_equal "keys asked for: lines" 6 "$(grep -c . <<<"$out")"

# The line of the promise.
expect_equal "secrets of splunk" redacted "$(OTEL_DISTRO=splunk SPLUNK_ACCESS_TOKEN=abc "${config[@]}" --json |
	jq -r '.[]|select(.secret)|.value' | sort -u)"

# ---- layers and origins ----

file "$site" '[bsp]\nmax_queue_size = 11\nmax_export_batch_size = 12\n[resource]\nservice_name = sited\nservice_version = 1\n'
file "$tmp/user.ini" '[resource]\n\n  service_name = ${NAME:-used}\n[bsp]\nmax_queue_size = 13\n'
file "$tmp/base.ini" '[distro]\nname = base\n[bsp]\nmax_queue_size = 1\nschedule_delay = 2\n[otel]\npropagators = b3\n'
file "$tmp/acme.ini" "[distro]\nname = acme\nextends = $tmp/base.ini\n[bsp]\nmax_queue_size = 3\n"
run env OTEL_C_CONFIG="$tmp/user.ini" OTEL_DISTRO="$tmp/acme.ini" OTEL_BSP_MAX_QUEUE_SIZE=14 \
	OTEL_TRACES_SAMPLER=always_off OTEL_C_FLAGS=otel-c-trace,OTEL_TRACES_SAMPLER "${config[@]}" --json
expect_equal "layers: exit status" 0 "$status"
expect_equal "layers: messages" "" "$err"
expect_equal "environment" '14 OTEL_BSP_MAX_QUEUE_SIZE {"kind":"environment","file":null,"line":null,"variable":"OTEL_BSP_MAX_QUEUE_SIZE"} false' \
	"$(value bsp.max_queue_size '"\(.value) \(.env) \(.origin|tojson) \(.secret)"')"
expect_equal "what the environment beats" "13:user:$tmp/user.ini:5 11:site:$site:2 3:distro:$tmp/acme.ini:5 1:distro:$tmp/base.ini:4 2048:default:null:null" \
	"$(value bsp.max_queue_size '.overrode[] | "\(.value):\(.origin.kind):\(.origin.file):\(.origin.line)"' | xargs)"
expect_equal "user" "used $tmp/user.ini 3" "$(value resource.service_name '"\(.value) \(.origin.file) \(.origin.line)"')"
expect_equal "site" "site 6" "$(value resource.service_version '"\(.origin.kind) \(.origin.line)"')"
expect_equal "the profile below" "distro $tmp/base.ini 5" "$(value bsp.schedule_delay '"\(.origin.kind) \(.origin.file) \(.origin.line)"')"
expect_equal "flags" "flags OTEL_TRACES_SAMPLER" "$(value traces.sampler '"\(.origin.kind) \(.origin.variable)"')"
expect_equal "default" "default null []" "$(value http.load '"\(.origin.kind) \(.origin.file) \(.overrode|tojson)"')"
run env NAME=filled OTEL_C_CONFIG="$tmp/user.ini" "${config[@]}" OTEL_SERVICE_NAME
expect_equal "a variable filled in, in words" "resource.service_name = filled  $tmp/user.ini:3, beats $site:5 (sited)" "$out"

run env SPLUNK_REALM=eu0 SPLUNK_ACCESS_TOKEN=abc "${config[@]}" --json --distro splunk
expect_equal "computed" "computed plugin splunk" "$(value exporter.otlp.traces.endpoint '"\(.origin.kind) \(.origin.by)"')"
expect_equal "--distro" "splunk flags OTEL_DISTRO" "$(value distro.name '"\(.value) \(.origin.kind) \(.origin.variable)"')"
expect_equal "--distro beats OTEL_DISTRO" aws "$(OTEL_DISTRO=splunk "${config[@]}" --json --distro aws | jq -r '.[] | select(.key == "distro.name") | .value')"
rm "$site"

# ---- secrets ----

echo "s3cret" >"$tmp/token"
chmod 600 "$tmp/token"
file "$tmp/user.ini" "[splunk]\naccess_token = @$tmp/token\n"
run env SPLUNK_REALM=eu0 OTEL_C_CONFIG="$tmp/user.ini" "${config[@]}" --distro splunk --json
expect_equal "a token in a file" "redacted user" "$(value splunk.access_token '"\(.value) \(.origin.kind)"')"
expect_equal "a token in a file is no secret in what is computed" 0 "$(grep -c s3cret <<<"$out$err")"
secrets=(OTEL_EXPORTER_OTLP_ENDPOINT="http://u:s3cret@h:1/?k=s3cret" OTEL_EXPORTER_OTLP_HEADERS="a=s3cret"
	OTEL_RESOURCE_ATTRIBUTES="api_key=s3cret,a=b,url=http://u:s3cret@h" OTEL_TRACES_SAMPLER_ARG="endpoint=http://s3cret@h"
	OTEL_EXPORTER_OTLP_LOGS_HEADERS="authorization=Bearer s3cret" OTEL_BSP_MAX_QUEUE_SIZE="http://u:s3cret@h")
for form in --all --json; do
	run env "${secrets[@]:0:5}" "${config[@]}" "$form"
	expect_equal "secrets $form" 0 "$(cat "$tmp/out" "$tmp/err" | grep -c s3cret)"
	expect_equal "secrets $form: exit status" 0 "$status"
done
expect_equal "a secret among attributes" "api_key=redacted,a=b,url=http://redacted@h" "$(value resource.attributes .value)"
expect_equal "a secret in a URL" "http://redacted@h:1/?redacted" "$(value exporter.otlp.endpoint .value)"

# ---- bytes that terminals and JSON do not take ----

run env OTEL_SERVICE_NAME=$'a\e[31mb' "${config[@]}" OTEL_SERVICE_NAME
expect_equal "control characters" "resource.service_name = a?[31mb  OTEL_SERVICE_NAME" "$out"
run env OTEL_SERVICE_NAME=$'caf\xe9' "${config[@]}" --json OTEL_SERVICE_NAME
expect_equal "not UTF-8" $'caf\xef\xbf\xbd' "$(value resource.service_name .value)"

# ---- what it complains of: 1 when the configuration is at fault ----

says "bad value" 1 'otel-c: OTEL_BSP_MAX_QUEUE_SIZE: "many" is not allowed; allowed: whole numbers from 1 to 2147483647' \
	env OTEL_BSP_MAX_QUEUE_SIZE=many "${config[@]}"
says "unknown variable" 1 'otel-c: OTEL_TRACE_SAMPLER: no such variable; did you mean OTEL_TRACES_SAMPLER?' \
	env OTEL_TRACE_SAMPLER=always_on "${config[@]}"
says "unknown distro" 1 'otel-c: OTEL_DISTRO: "awss" is not installed; installed: aws, splunk' "${config[@]}" --distro awss
says "a list of distros" 1 'otel-c: OTEL_DISTRO: "aws,splunk" is a list: only one distro can be in force; installed: aws, splunk' \
	env OTEL_DISTRO=aws,splunk "${config[@]}"
says "no such user file" 1 "otel-c: OTEL_C_CONFIG: \"$tmp/none.ini\" does not exist; going on without it" \
	env OTEL_C_CONFIG="$tmp/none.ini" "${config[@]}"
says "a missing module" 1 'otel-c: OTEL_C_PLUGINS_LOAD: plugin "absent" is not installed; looked in *' \
	env OTEL_C_PLUGINS_LOAD=absent "${config[@]}"
says "a declarative file" 1 'otel-c: OTEL_CONFIG_FILE: "/o.yaml" is not read, configuration in YAML is not supported yet; allowed: *' \
	env OTEL_CONFIG_FILE=/o.yaml "${config[@]}"
says "a variable given up" 1 'otel-c: OTEL_EXPORTER_OTLP_SPAN_INSECURE: "true" is not supported, *' \
	env OTEL_EXPORTER_OTLP_SPAN_INSECURE=true "${config[@]}"
says "a variable not followed yet" 0 'otel-c: OTEL_ENTITIES is not supported yet: it has no effect' env OTEL_ENTITIES='a{b=c}' "${config[@]}"
says "an older habit" 0 'otel-c: OTEL_ENABLED: "false" is understood; the variable of the specification is OTEL_SDK_DISABLED=true' \
	env OTEL_ENABLED=false "${config[@]}"
expect_match "an older habit: the value" *"sdk.disabled = true "*"OTEL_ENABLED, beats default (false)"* "$out"

# ini WHAT TEXT LINE SENTENCE: a user file with this text.
ini() {
	file "$tmp/bad.ini" "$2"
	says "$1" 1 "otel-c: $tmp/bad.ini:$3: $4" env OTEL_C_CONFIG="$tmp/bad.ini" "${config[@]}"
}
ini "repeated key" '[bsp]\nmax_queue_size = 5\n; again\nmax_queue_size = 6\n' 4 '\[bsp\] max_queue_size is set twice: first in line 2; the file is ignored'
ini "no section" 'max_queue_size = 5\n' 1 'a key before the first \[section\]; the file is ignored'
ini "no equals sign" '[bsp]\nmax_queue_size: 5\n' 2 'no "=" in the line; allowed: *; the file is ignored'
ini "open section" '[bsp\n' 1 'the section has no closing "\]"; the file is ignored'
ini "text behind a section" '[bsp] x\n' 1 'text after the "\]" of a section; the file is ignored'
ini "long name" "[bsp]\n$(printf 'a%.0s' {1..50}) = 1\n" 2 'the name of the key has 50 bytes; allowed: up to 49; the file is ignored'
ini "strange name" '[bsp]\nmax queue = 1\n' 2 '"max" is not the name of a key; allowed: *; the file is ignored'
ini "empty name" '[bsp]\n = 1\n' 2 'the name of the key is empty; the file is ignored'
ini "control character" '[bsp]\nmax_queue_size = 1\x012\n' 2 'a control character (0x01); the file is ignored'
ini "not UTF-8" '[resource]\nservice_name = caf\xe9\n' 2 'the line is not UTF-8; the file is ignored'
ini "NUL" '[resource]\nservice_name = a\0b\n' 2 'a NUL byte; the file is ignored'
ini "nothing follows" '[bsp]\nmax_queue_size = \\\\' 2 'nothing follows the "\\" at the end of the file; the file is ignored'
ini "comment in a continued line" '[bsp]\nmax_queue_size = \\\\\n; x\n5\n' 3 'a comment inside a line that was continued with "\\"; the file is ignored'
ini "broken variable" '[resource]\nservice_name = ${1X}\n' 2 '\[resource\] service_name has a "${" that is not ${NAME} or ${NAME:-default}; a plain $ is written $$; the file is ignored'
ini "quotes" '[resource]\nservice_name = "shop"\n' 2 '\[resource\] service_name: the quotes are part of the value; leave them out'
ini "comment with #" '[resource]\nservice_name = shop # x\n' 2 '\[resource\] service_name: the text from "#" on is part of the value; *'
ini "unknown key" '[bsp]\n\nmax_queue_sise = 5\n' 3 '\[bsp\] max_queue_sise is no known key; did you mean \[bsp\] max_queue_size?'
ini "unknown section" '[exporter.otpl]\nendpoint = http://h\n' 2 '\[exporter.otpl\] is no known section; did you mean \[exporter.otlp\]?'
ini "no such value file" "[splunk]\naccess_token = @$tmp/absent\n" 2 "\[splunk\] access_token: $tmp/absent: it does not exist; the key is ignored"
ini "relative value file" '[splunk]\naccess_token = @${NONE}x\n' 2 '\[splunk\] access_token: x: the path is relative; allowed: @/path/to/file; the key is ignored'
chmod 666 "$tmp/token"
ini "value file that others can write" "[splunk]\naccess_token = @$tmp/token\n" 2 "\[splunk\] access_token: $tmp/token: everybody may write to it; *; the key is ignored"
printf 'a\nb\n' >"$tmp/token"
chmod 600 "$tmp/token"
ini "value file of two lines" "[splunk]\naccess_token = @$tmp/token\n" 2 "\[splunk\] access_token: $tmp/token: it has more than one line; the key is ignored"
ini "extends in a user file" '[distro]\nextends = splunk\n' 2 '\[distro\] extends has no effect here, only a profile extends another; write name = splunk'
ini "unknown distro in a file" '[distro]\nname = awss\n' 2 '"awss" is not installed; installed: aws, splunk'
file "$tmp/bad.ini" '[bsp]\n'
chmod 666 "$tmp/bad.ini"
says "file that others can write" 1 "otel-c: $tmp/bad.ini: everybody may write to it; *; the file is ignored" env OTEL_C_CONFIG="$tmp/bad.ini" "${config[@]}"

# profile NAME TEXT: an installed profile.
profile() {
	file "$prefix/share/otel-c/$1.ini" "[distro]\nname = $1\n$2"
}
profile one 'extends = two\n'
profile two 'extends = one\n'
says "a loop" 1 "otel-c: $prefix/share/otel-c/two.ini:3: \[distro\] extends: one -> two -> one is a loop" "${config[@]}" --distro one
profile two 'extends = three\n'
says "an unknown profile below" 1 "otel-c: $prefix/share/otel-c/two.ini:3: \[distro\] extends: \"three\" is not installed; installed: *" "${config[@]}" --distro one
for i in {1..9}; do profile "p$i" "extends = p$((i + 1))\n"; done
says "a long chain" 1 "otel-c: $prefix/share/otel-c/p8.ini:3: \[distro\] extends: p1 -> * -> p9 is too long: up to 8 profiles may extend one another" "${config[@]}" --distro p1
profile own 'extends = splunk\n[splunk]\nrealm = us1\n'
run env SPLUNK_ACCESS_TOKEN=abc "${config[@]}" --distro own --json
expect_equal "a distro without code: exit status" 0 "$status$err"
expect_match "a distro without code" "https://*us1*" "$(value exporter.otlp.traces.endpoint .value)"

# ---- a program is configured likewise ----

# program WHAT PATTERN VARIABLE=VALUE…: runs as ever, with one line on stderr like the pattern; none if that is empty.
program() {
	local what=$1 pattern=$2
	shift 2
	run env OTEL_TRACES_EXPORTER=none OTEL_METRICS_EXPORTER=none OTEL_LOGS_EXPORTER=none "$@" "$programs/one_span"
	expect_equal "program, $what: exit status" 3 "$status"
	expect_equal "program, $what: output" "done" "$out"
	expect_match "program, $what" "$pattern" "$err"
}
file "$tmp/plain.ini" '[distro]\nname = plain\nextends = aws\n[bsp]\nmax_queue_size = 10\n'
program "a distro without code" "" OTEL_DISTRO="$tmp/plain.ini"
program "a distro without code takes part" 'otel-c: OTEL_BSP_MAX_EXPORT_BATCH_SIZE: 20 is more than the queue holds (*plain.ini:5: 10); using 10' \
	OTEL_DISTRO="$tmp/plain.ini" OTEL_BSP_MAX_EXPORT_BATCH_SIZE=20
file "$tmp/loop.ini" "[distro]\nname = loop\nextends = $tmp/loop.ini\n"
program "a loop" "otel-c: $tmp/loop.ini:3: \[distro\] extends: loop -> loop is a loop" OTEL_DISTRO="$tmp/loop.ini"
program "a missing module" 'otel-c: OTEL_C_PLUGINS_LOAD: plugin "absent" is not installed; looked in *' \
	OTEL_DISTRO=aws OTEL_C_PLUGINS_LOAD=absent
program "a value in a missing file" "otel-c: $tmp/bad.ini:2: \[resource\] service_name: $tmp/absent: it does not exist; the key is ignored" \
	OTEL_DISTRO=aws OTEL_C_CONFIG="$(file "$tmp/bad.ini" "[resource]\nservice_name = @$tmp/absent\n" && echo "$tmp/bad.ini")"

# ---- 2 when the command line is ----

says "unknown key" 2 'otel-c config: there is no key "bsp.max_queue_sise"; did you mean bsp.max_queue_size?' "${config[@]}" bsp.max_queue_sise
says "unlike any key" 2 'otel-c config: there is no key "the quick brown fox"; otel-c config --all lists the keys, --distro NAME adds those of a distro' \
	"${config[@]}" "the quick brown fox"
says "unknown option" 2 'otel-c config: --jsno is no option of this command; see otel-c help config' "${config[@]}" --jsno
says "option without its value" 2 'otel-c config: --distro needs a value; see otel-c help config' "${config[@]}" --distro
says "unknown form" 2 'otel-c config: --reference "html" is not allowed; allowed: md, ini' "${config[@]}" --reference html
says "reference and more" 2 'otel-c config: --reference stands alone: it shows no configuration' "${config[@]}" --reference md --json
run "${config[@]}" --help
expect_equal "help: exit status" 0 "$status"
expect_match "help" "usage: otel-c config *" "$out"
if [ -w /dev/full ]; then
	status=0
	"${config[@]}" >/dev/full 2>"$tmp/err" || status=$?
	expect_equal "a full disk" "1 otel-c config: the output cannot be written" "$status $(cat "$tmp/err")"
fi

# The reference is itself a configuration that says nothing, and every key of it may be taken.
run "${config[@]}" --reference ini
file "$tmp/user.ini" ""
printf '%s\n' "$out" >"$tmp/user.ini"
run env OTEL_C_CONFIG="$tmp/user.ini" "${config[@]}" --json
expect_equal "the reference as it stands" "0 0" "$status $(jq '[.[] | select(.origin.kind == "user")] | length' <<<"$out")"
sed -i -E 's/^;([a-z_]+ = )/\1/' "$tmp/user.ini"
run env OTEL_C_CONFIG="$tmp/user.ini" "${config[@]}" --json
expect_equal "the reference with every default taken" "0" "$status"
expect_equal "the reference with every default taken: values" "" \
	"$(jq -r '.[] | select(.origin.kind == "user" and .overrode[0].value != .value) | .key' <<<"$out")"
finish
