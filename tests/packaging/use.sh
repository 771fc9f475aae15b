# SPDX-License-Identifier: Apache-2.0
#
# use.sh - sourced by the packaging tests: what somebody does with an installation. PREFIX is where it lies; everything is
# taken from there, through pkg-config and CMake, and nothing from the build tree.

here=$OTEL_C_TEST_SOURCE/tests/packaging

# installed_lib PREFIX: the directory of the libraries.
installed_lib() {
	dirname "$(find "$1/lib" -name libotel_api.so.1)"
}

# installed_docs PREFIX: the directory of the pages and examples.
installed_docs() {
	dirname "$(dirname "$(find "$1/share/doc" -path '*otel*/examples/shop')")"
}

# compile_with_pkg_config PREFIX SOURCE… -o OUT: a program of the API, with nothing but what pkg-config says.
compile_with_pkg_config() {
	local lib path=''
	lib=$(installed_lib "$1")
	[ "$1" = /usr ] || path=-Wl,-rpath,$lib
	shift
	# shellcheck disable=SC2046
	cc -Wall -Wextra -Werror "$@" $(PKG_CONFIG_PATH=$lib/pkgconfig pkg-config --cflags --libs otel-api) $path -pthread
}

# view PREFIX DIR: DIR/bin with the installed programs and a shop compiled against them: what the demo is run from.
view() {
	local shop
	shop=$(installed_docs "$1")/examples/shop
	mkdir -p "$2/bin"
	ln -sf "$1"/bin/* "$2/bin/"
	compile_with_pkg_config "$1" "$shop/shop.c" "$shop/order.c" "$shop/http.c" -rdynamic -o "$2/bin/shop"
}

# check_demo PREFIX DIR: the demo, all of it from an installation.
check_demo() {
	view "$1" "$2"
	run "$OTEL_C_TEST_SOURCE/scripts/demo.sh" "$2"
	expect_equal "status of the demo" 0 "$status"
	[ "$status" = 0 ] || { echo "$out"; echo "$err"; }
}

# check_pkg_config PREFIX
check_pkg_config() {
	local lib name
	lib=$(installed_lib "$1")
	export PKG_CONFIG_PATH=$lib/pkgconfig
	for name in otel-api otel-sdk otel-plugin; do
		expect_equal "version of $name" "$(sed -n 's/^#define OTEL_C_VERSION "\(.*\)"/\1/p' "$1/include/otel/version.h")" \
			"$(pkg-config --modversion "$name")"
		expect_equal "$name: the directory of the headers" "$1/include" \
			"$(realpath "$(pkg-config --cflags "$name" | sed 's/^-I//; s/ *$//')")"
	done
	expect_equal "otel-plugin links" "" "$(pkg-config --libs otel-plugin)"
	expect_match "otel-sdk links" "*-lotel_sdk*-lotel_api*" "$(pkg-config --libs otel-sdk) "
	expect_equal "moduledir" "$lib/otel-c" "$(realpath "$(pkg-config --variable=moduledir otel-plugin)")"
	expect_equal "profiledir" "$1/share/otel-c" "$(realpath "$(pkg-config --variable=profiledir otel-plugin)")"
	expect_equal "abi" "$(sed -n 's/^#define OTEL_PLUGIN_ABI_M[AI][JN]OR //p' "$1/include/otel/plugin.h" | paste -sd.)" \
		"$(pkg-config --variable=abi otel-plugin)"
	unset PKG_CONFIG_PATH
}

# check_cmake PREFIX DIR: a project of somebody else, its programs, and its distro installed beside ours.
check_cmake() {
	local lib module
	lib=$(installed_lib "$1")
	run cmake -S "$here/outside" -B "$2" -DCMAKE_PREFIX_PATH="$1" -DSHOP="$(installed_docs "$1")/examples/shop"
	expect_equal "configuring with find_package(OtelC)" 0 "$status"
	[ "$status" != 0 ] || run cmake --build "$2"
	expect_equal "building with find_package(OtelC)" 0 "$status"
	if [ "$status" != 0 ]; then
		echo "$out$err"
		return
	fi
	expect_equal "what a plugin exports" otel_plugin_v1 "$(nm -D --defined-only "$2/acme.so" | awk '{ print $3 }')"
	expect_equal "what a plugin needs" libc.so.6 "$(needed "$2/acme.so")"
	expect_match "a plugin stays" "*NODELETE*" "$(readelf -dW "$2/acme.so")"
	expect_equal "what a program of the API needs" "libotel_api.so.1" "$(needed "$2/shop" | grep -v '^libc\.')"
	expect_equal "what a program with the API inside needs" "libc.so.6" "$(needed "$2/steady_static")"

	run cmake --install "$2"
	expect_equal "installing a plugin" 0 "$status"
	module=$lib/otel-c/acme.so
	[ -f "$module" ] && [ -f "$1/share/otel-c/acme.ini" ] || fail "the plugin is not where otel-c looks: $out"
	for program in steady steady_static; do
		run traced "$lib" acme "$2/$program" <<<"one"
		expect_match "$program: trace ids of a distro built outside" acacacac* "$out"
	done
	rm -f "$module" "$1/share/otel-c/acme.ini"
}

# check_tool PREFIX DIR: otel-c knows the installation it belongs to, and a vendor's first hour works with it.
check_tool() {
	local lib name
	lib=$(installed_lib "$1")
	for name in aws splunk; do
		run "$1/bin/otel-c" distros
		expect_match "distros" "*$name*$1/share/otel-c/$name.ini*" "$out"
		run "$1/bin/otel-c" config --distro "$name" distro.name
		expect_match "config of $name" "*$name*" "$out"
	done

	mkdir -p "$2"
	(cd "$2" && "$1/bin/otel-c" plugin new acme) >"$tmp/new.log" 2>&1 || fail "plugin new: $(cat "$tmp/new.log")"
	export PKG_CONFIG_PATH=$lib/pkgconfig
	run make -C "$2/acme" OTEL_C="$1/bin/otel-c" check
	expect_equal "make check of a new plugin: $out$err" 0 "$status"
	run make -C "$2/acme" install
	expect_equal "make install of a new plugin" 0 "$status"
	unset PKG_CONFIG_PATH
	run "$1/bin/otel-c" distros
	expect_match "distros with a new one" "*acme*$1/share/otel-c/acme.ini*" "$out"
	rm -f "$lib/otel-c/acme.so" "$1/share/otel-c/acme.ini"
	run cmake -S "$2/acme" -B "$2/build" -DCMAKE_PREFIX_PATH="$1"
	expect_equal "configuring a new plugin with CMake" 0 "$status"
	run cmake --build "$2/build"
	expect_equal "building a new plugin with CMake" 0 "$status"

	# The example, as its Makefile and its CMake project build it.
	cp -r "$(installed_docs "$1")/examples/acme-distro" "$2/example"
	run env PKG_CONFIG_PATH="$lib/pkgconfig" make -C "$2/example"
	expect_equal "make of examples/acme-distro: $err" 0 "$status"
	expect_equal "what it exports" otel_plugin_v1 "$(nm -D --defined-only "$2/example/acme.so" | awk '{ print $3 }')"
	run sh -c 'cmake -S "$1" -B "$1/build" -DCMAKE_PREFIX_PATH="$2" && cmake --build "$1/build"' sh "$2/example" "$1"
	expect_equal "CMake project of examples/acme-distro: $err" 0 "$status"
	expect_equal "what it exports" otel_plugin_v1 "$(nm -D --defined-only "$2/example/build/acme.so" | awk '{ print $3 }')"
	run "$1/bin/otel-c" config --distro "$(installed_docs "$1")/examples/profiles/coroot.ini" exporter.otlp.endpoint
	expect_equal "config with an example profile: $err" 0 "$status"

	run env OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1 "$1/bin/otel-c" doctor
	expect_equal "status of doctor when nobody listens" 1 "$status"
	expect_match "doctor when nobody listens" "*127.0.0.1:1 refused the connection*" "$out"
	sink_start --json --until-spans 1 --timeout 60
	run env OTEL_EXPORTER_OTLP_ENDPOINT="$sink_url" "$1/bin/otel-c" doctor --distro splunk
	expect_equal "status of doctor: $out$err" 0 "$status"
	sink_wait || fail "the span of doctor did not arrive"
}

needed() {
	readelf -dW "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p'
}

# traced LIB DISTRO PROGRAM…: prints the trace ids that arrive.
traced() {
	local lib=$1 distro=$2
	shift 2
	sink_start --json --until-spans 1 --timeout 60
	LD_LIBRARY_PATH=$lib OTEL_DISTRO=$distro OTEL_EXPORTER_OTLP_ENDPOINT=$sink_url "$@"
	sink_wait
	jq -r '..|.traceId? // empty' "$sink_out"
}

# check_content PREFIX LIB: only what belongs, and as it should be.
check_content() {
	local link
	expect_equal "programs" "aws-c-trace azure-c-trace otel-c otel-c-trace splunk-c-trace" "$(cd "$1/bin" && echo *)"
	expect_equal "folders" "bin include lib share" "$(cd "$1" && echo *)"
	expect_equal "headers, of the tree and installed" \
		"$(cd "$OTEL_C_TEST_SOURCE/core/include" && find . -name '*.h' | sort)" \
		"$(cd "$1/include" && find . -type f | sort)"
	expect_equal "modules, built and installed" "$(cd "$OTEL_C_TEST_BUILD/lib/otel-c" && echo *.so)" "$(cd "$2/otel-c" && echo *)"
	for link in api sdk; do
		expect_equal "soname of libotel_$link" "libotel_$link.so.1" \
			"$(readelf -dW "$2/libotel_$link.so.1" | sed -n 's/.*(SONAME).*\[\(.*\)\]/\1/p')"
		expect_equal "the link for ld" "libotel_$link.so.1" "$(readlink "$2/libotel_$link.so")"
		expect_match "the library behind libotel_$link.so.1" "libotel_$link.so.1.*" "$(readlink "$2/libotel_$link.so.1")"
	done
	expect_equal "what others may write" "" "$(find "$1" ! -type l -perm /022)"
	expect_equal "links that lead nowhere" "" "$(find "$1" -xtype l)"
	expect_equal "mentions of where it was built" "" "$(grep -rlF -e "$OTEL_C_TEST_BUILD" -e "$OTEL_C_TEST_SOURCE" "$1" --include='*.cmake' \
		--include='*.pc' --include='*.ini' --include='*.h' || true)"
}

arrived() {
	[ "$(spans_in "$1")" -ge "$2" ]
}

# check_upgrade PREFIX DIR INSTALL…: two programs of check_cmake's DIR are running while the command installs the same
# packages again: one that has exported already, one that has yet to load the SDK's modules.
check_upgrade() {
	local lib program inode early_pid early_sink early_sink_pid late_pid late_sink late_sink_pid pid sink
	lib=$(installed_lib "$1")
	for program in early late; do
		mkfifo "$tmp/$program"
		sink_start --json
		(LD_LIBRARY_PATH=$lib OTEL_DISTRO=aws OTEL_BSP_SCHEDULE_DELAY=50 OTEL_EXPORTER_OTLP_ENDPOINT=$sink_url \
			exec "$2/steady" <"$tmp/$program" >"$tmp/$program.out" 2>&1) &
		declare "${program}_pid=$!" "${program}_sink=$sink_out" "${program}_sink_pid=$sink_pid"
	done
	exec 7>"$tmp/early" 8>"$tmp/late"
	echo before >&7
	wait_for 60 arrived "$early_sink" 1 || fail "the running program does not export"
	inode=$(stat -Lc %i "$lib/libotel_sdk.so.1")
	shift 2
	"$@"
	[ "$(stat -Lc %i "$lib/libotel_sdk.so.1")" != "$inode" ] || fail "libraries in use were not replaced, but written into"
	echo after >&7
	echo after >&8
	wait_for 60 arrived "$early_sink" 2 || fail "the running program does not export after the upgrade"
	wait_for 60 arrived "$late_sink" 1 || fail "a program does not load its modules after the upgrade"
	exec 7>&- 8>&-
	for program in early late; do
		pid=${program}_pid sink=${program}_sink_pid status=0
		wait "${!pid}" || status=$?
		expect_equal "status of the $program program" 0 "$status"
		expect_equal "messages of the $program program" "" "$(cat "$tmp/$program.out")"
		end "${!sink}" INT || true
	done
}
