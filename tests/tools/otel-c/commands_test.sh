#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# commands_test.sh - commands that plugins bring to otel-c: through a distro, and through [plugins] load.
. "$(dirname "$0")/common.sh"
compile greet.so "$OTEL_C_TEST_SOURCE/tests/tools/otel-c/modules/greet.c"
printf '[distro]\nname = greet\nmodule = greet\n' >greet.ini
export OTEL_C_PLUGIN_PATH=$dir

# ---- without the plugin there is no such command ----

run 2 "$otel_c" greet
says "$err" 'otel-c: there is no command "greet"; the commands are:' 'sink'
run 0 "$otel_c" help
silent_about "$out" greet

# ---- of a distro, and of a module that is loaded beside it ----

for variable in "OTEL_DISTRO=$dir/greet.ini" OTEL_C_PLUGINS_LOAD=greet; do
	run 0 env "$variable" "$otel_c" help
	says "$out" '  greet      says hello as it is configured to' '  sink '
	run 0 env "$variable" "$otel_c" help greet
	says "$out" 'otel-c greet: says hello as it is configured to'
	run 7 env "$variable" GREET_WORD=Servus "$otel_c" greet a "b c"
	[ "$out" = "Servus greet a|b c|" ] || fail "it got \"$out\""
	[ -z "$err" ] || fail "it said \"$err\""
done
run 7 env OTEL_C_PLUGINS_LOAD=greet "$otel_c" greet
[ "$out" = "Hello greet " ] || fail "defaults are not in force: \"$out\""

# ---- what can go wrong ----

run 1 env OTEL_C_PLUGINS_LOAD=greet GREET_WORD=none "$otel_c" greet
says "$err" 'otel-c: greet: GREET_WORD: there must be a word'
run 2 env OTEL_C_PLUGINS_LOAD=gret "$otel_c" greet
says "$err" 'plugin "gret" is not installed' 'there is no command "greet"'
run 2 env OTEL_C_PLUGINS_LOAD=greet "$otel_c" gret
says "$err" 'there is no command "gret"' 'says hello'
run 0 env OTEL_C_PLUGINS_LOAD=greet "$otel_c" sink --help
silent_about "$out" greet

# ---- it keeps the contract ----

run 0 "$otel_c" plugin check greet.so
says "$out" "greet.so: ok, "
finish
