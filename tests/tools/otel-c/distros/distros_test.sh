#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# distros_test.sh - otel-c distros: what is installed, shadowed, broken or secret.
. "$(dirname "$0")/../common.sh"
sources=$OTEL_C_TEST_SOURCE/tests/tools/otel-c/modules

# ---- what this tree installs ----

run 0 "$otel_c" distros
says "$out" "aws  $OTEL_C_TEST_BUILD/share/otel-c/aws.ini" "    module distro_aws: aws " "    [sdk] id_generator = xray" \
	"otlp  $OTEL_C_TEST_BUILD/lib/otel-c/otlp.so" "    exporter otlp" "    a part of otel-c, no plugin"
silent_about "$out" "cannot be used" "shadowed"
run 0 "$otel_c" distros --json
echo "$out" >json
jq -e '[.distros[] | select(.name == "aws")][0] | .plugin == "aws" and .module == "distro_aws" and .problem == null and
	([.settings[] | select(.key == "id_generator")][0].value == "xray")' json >/dev/null || fail "--json: distros"
jq -e '[.modules[] | select(.name == "otlp")][0] | .components == [{"kind": "exporter", "name": "otlp"}] and
	.shadowed_by == null and (.abi | test("^1\\."))' json >/dev/null || fail "--json: modules"

# ---- an installation of its own, in which all sorts of things lie ----

mkdir -p home/bin home/lib/otel-c home/share/otel-c path
for file in bin/otel-c lib/libotel_sdk.so.1 lib/libotel_api.so.1; do
	cp -L "$OTEL_C_TEST_BUILD/$file" home/$file
done
otel_c=$dir/home/bin/otel-c
run 0 "$otel_c" distros
says "$out" "No distro is installed in $dir/home/share/otel-c. Install one, such as the package otel-c-distro-aws" \
	"No module is installed in $dir/home/lib/otel-c."

compile home/lib/otel-c/object.so "$sources/object.c"
compile path/object.so "$sources/object.c"
compile path/asks.so "$sources/asks.c"
compile home/lib/otel-c/newer.so "$sources/descriptor.c" -DD_MINOR=99
compile home/lib/otel-c/crash.so "$sources/process.c" '-DFAULT=*(volatile int *)0 = 1'
echo "no elf" >home/lib/otel-c/text.so
cp home/lib/otel-c/object.so home/lib/otel-c/open.so
chmod o+w home/lib/otel-c/open.so
printf '[distro]\nname = asks\nmodule = asks\n[asks]\ntoken = sesame\n[exporter.otlp]\nheaders = x-key=sesame\n' \
	>home/share/otel-c/asks.ini
printf '[distro]\nname = inner\nextends = asks\n[sdk]\nid_generator = random\n[other]\nthing = sesame\n' >home/share/otel-c/inner.ini
printf '[distro]\nname = lost\nmodule = lost\n' >home/share/otel-c/lost.ini
printf '[distro\nname = bad\n' >home/share/otel-c/bad.ini
printf '[sdk]\nid_generator = random\n' >home/share/otel-c/plain.ini
cp home/share/otel-c/inner.ini home/share/otel-c/loose.ini
chmod o+w home/share/otel-c/loose.ini
export OTEL_C_PLUGIN_PATH=$dir/path
run 0 "$otel_c" distros
says "$out" "object  $dir/path/object.so" "object  $dir/home/lib/otel-c/object.so" "    shadowed by $dir/path/object.so" \
	"    module asks: asks 1.0.0, ABI 1." "    [asks] token = redacted" "    extends asks" "    [sdk] id_generator = random" \
	"    [other] thing = redacted" "needs plugin ABI 1.99" "is not an ELF shared object" "everybody may write to it" \
	"loading it crashed with SIGSEGV"
silent_about "$out" sesame
run 0 "$otel_c" distros --json
echo "$out" >json
problem() { jq -r --arg n "$2" ".$1[] | select(.name == \$n).problem" json; }
says "$(problem distros lost)" '"lost" is not installed'
says "$(problem distros bad)" 'line 1: the section has no closing'
says "$(problem modules newer)" 'needs plugin ABI 1.99'
says "$(problem modules open)" 'everybody may write to it'
says "$(problem modules crash)" 'crashed with SIGSEGV'
says "$(problem distros plain)" 'it has no [distro] name'
says "$(problem distros loose)" 'everybody may write to it'
[ "$(problem distros asks)" = null ] || fail "asks: $(problem distros asks)"
silent_about "$out" sesame

# ---- the command line ----

run 2 "$otel_c" distros --all
says "$err" 'otel-c distros: "--all" is no option; see otel-c help distros'
run 2 "$otel_c" distros --json more
says "$err" '"more" is no option'
run 0 "$otel_c" help distros
says "$out" "usage: otel-c distros"
finish
