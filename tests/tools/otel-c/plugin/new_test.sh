#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# new_test.sh - otel-c plugin new: what it writes builds, passes the check and works; what it refuses.
. "$(dirname "$0")/../common.sh"

# ---- it builds, exports one symbol, and passes ----

for name in acme my_co2; do
	run 0 "$otel_c" plugin new "$name"
	says "$out" "$name: written; next: make -C $name && otel-c plugin check $name/$name.so"
	[ "$(ls -A "$name" | tr '\n' ' ')" = "$(printf '%s\n' CMakeLists.txt Makefile README.md "$name.c" "$name.ini" | LC_ALL=C sort | tr '\n' ' ')" ] ||
		[ "$(ls -A "$name" | wc -l)" = 5 ] || fail "$name holds $(ls -A "$name")"
	run 0 make -C "$name" "CC=$cc"
	silent_about "$err" warning
	run 0 "$otel_c" plugin check "$name/$name.so"
	grep -qxE "$name\.so: ok, [0-9]+ checks" <<<"$out" || fail "it does not pass: $out"
	[ "$(nm -D --defined-only "$name/$name.so" | wc -l)" = 1 ] || fail "it exports $(nm -D --defined-only "$name/$name.so")"
	[ "$(wc -l <"$name/$name.c")" -le 60 ] || fail "$name.c has more than 60 lines"
	[ "$(wc -l <"$name/$name.ini")" -le 10 ] || fail "$name.ini has more than 10 lines"
done
! grep -rni acme my_co2 || fail "my_co2 still speaks of acme"
grep -q '"MY_CO2_KEY"' my_co2/my_co2.c || fail "variables do not have the name"
run 0 "$cc" -std=c11 -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror -I"$OTEL_C_TEST_SOURCE/core/include" \
	-fsyntax-only acme/acme.c

# ---- it is a distro ----

export OTEL_C_PLUGIN_PATH=$dir/acme
run 0 env OTEL_DISTRO="$dir/acme/acme.ini" ACME_KEY=sesame "$otel_c" config sdk.id_generator
says "$out" acme
run 0 "$otel_c" distros
says "$out" "acme  $dir/acme/acme.so" "acme 0.1.0, ABI 1." "id generator acme" "authenticator acme" "detector acme"
unset OTEL_C_PLUGIN_PATH

# ---- elsewhere, and without the place it was made for ----

mkdir sub
run 0 "$otel_c" plugin new other --directory sub
[ -e sub/other/other.c ] || fail "--directory was not followed"
run 0 "$otel_c" plugin new another --directory=sub
[ -e sub/another/Makefile ] || fail "--directory= was not followed"
mkdir pc
printf 'Name: otel-plugin\nDescription: d\nVersion: 1\nCflags: -I%s/core/include\n' "$OTEL_C_TEST_SOURCE" >pc/otel-plugin.pc
run 0 env PKG_CONFIG_PATH="$dir/pc" make -C sub/other "CC=$cc" OTEL_C_INCLUDE=

run 2 env PKG_CONFIG_PATH="$dir/pc" make -C sub/other "CC=$cc" install
says "$err" "set MODULE_DIR and PROFILE_DIR"
run 0 make -C sub/other "CC=$cc" install DESTDIR="$dir/root" MODULE_DIR=/modules PROFILE_DIR=/profiles
[ -e root/modules/other.so ] && [ -e root/profiles/other.ini ] || fail "install put nothing where it was told to"

# ---- what it refuses ----

echo mine >acme/acme.c
run 1 "$otel_c" plugin new acme
says "$err" "otel-c plugin new: acme: File exists; nothing was written"
[ "$(cat acme/acme.c)" = mine ] || fail "a file was overwritten"
run 1 "$otel_c" plugin new lost --directory nowhere
says "$err" "otel-c plugin new: nowhere/lost: No such file or directory; nothing was written"
for name in Acme 1acme acme-co a.b ../x "a b"; do
	run 2 "$otel_c" plugin new "$name"
	says "$err" "otel-c plugin new: \"$name\" is no name: allowed are lower-case letters, digits and _, beginning with a letter"
done
run 2 "$otel_c" plugin new ""
says "$err" '"" is empty'
run 2 "$otel_c" plugin new "$(printf 'a%.0s' {1..33})"
says "$err" 'is longer than 32 characters'
run 2 "$otel_c" plugin new none
says "$err" '"none" is taken by otel-c itself; choose another name'
for name in aws otlp; do
	run 2 "$otel_c" plugin new "$name"
	says "$err" "\"$name\" is the name of something that is installed; choose another one"
done
run 2 "$otel_c" plugin new
says "$err" "otel-c plugin new: a name is missing; see otel-c help plugin"
run 2 "$otel_c" plugin new a b
says "$err" "b is one name too many"
run 2 "$otel_c" plugin new --force a
says "$err" "--force is no option"
run 2 "$otel_c" plugin new a --directory
says "$err" "--directory needs a directory"
run 2 "$otel_c" plugin remove
says "$err" 'there is no "remove"; say new or check'
run 0 "$otel_c" help plugin
says "$out" "usage: otel-c plugin new NAME" "otel-c plugin check FILE.so"
if [ "$(id -u)" != 0 ]; then
	mkdir locked
	chmod a-w locked
	run 1 "$otel_c" plugin new a --directory locked
fi
finish
