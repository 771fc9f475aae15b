#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# debs: the Debian packages, installed by dpkg into a root of their own and used from there; installed again under running
# programs; purged. Their dependencies are not in that root: ./dev package --check does this in a real system.
. "$(dirname "$0")/../e2e/lib.sh" debs
. "$(dirname "$0")/use.sh"
debs=$OTEL_C_TEST_BUILD/packages
root=$tmp/root prefix=$tmp/root/usr

field() {
	dpkg-deb -f "$debs/$1"_*.deb "$2"
}

in_root() {
	dpkg --root="$root" --log=/dev/null --force-depends --force-not-root --force-bad-path --force-unsafe-io --path-include="*" "$@" \
		>"$tmp/dpkg.log" 2>&1 || { cat "$tmp/dpkg.log"; fail "dpkg $1"; }
}

# Those in the root, dpkg's own apart.
files() {
	(cd "$root" && find . ! -type d ! -path './var/lib/dpkg/*' | sort)
}

# --- what they say about themselves
expect_equal "packages" "libotel-api1 libotel-dev libotel-sdk1 otel-c-distro-aws otel-c-distro-splunk otel-c-tools otel-c-zero-code" \
	"$(for deb in "$debs"/*.deb; do dpkg-deb -f "$deb" Package; done | sort | xargs)"
expect_match "libotel-api1 depends on" "libc6 (>= [0-9.]*)" "$(field libotel-api1 Depends)"
expect_match "libotel-sdk1 depends on" "*libotel-api1 *libcurl4 *libprotobuf-c1 *" "$(field libotel-sdk1 Depends)"
expect_match "otel-c-tools, which carries parts of the SDK, depends on" "*libotel-sdk1 (= *" "$(field otel-c-tools Depends)"
for package in otel-c-zero-code otel-c-distro-aws otel-c-distro-splunk; do
	expect_match "$package depends on" "*libotel-sdk1 (>= *" "$(field "$package" Depends)"
done
expect_equal "conffiles" /etc/otel-c/otel.ini "$(dpkg-deb --ctrl-tarfile "$debs"/libotel-sdk1_*.deb | tar xO ./conffiles)"
expect_match "libotel-dev depends on" "libotel-api1 (= *), libotel-sdk1 (= *)*" "$(field libotel-dev Depends)"
for deb in "$debs"/*.deb; do
	package=$(dpkg-deb -f "$deb" Package)
	expect_equal "$package: scripts that run as root" "" "$(dpkg-deb --ctrl-tarfile "$deb" | tar t | grep -E '(pre|post)(inst|rm)' || true)"
	expect_match "$package: copyright" "*apache*inih*" \
		"$(dpkg-deb --fsys-tarfile "$deb" | tar xO "./usr/share/doc/$package/copyright" | tr 'A-Z\n' 'a-z ')"
	expect_equal "$package: in /etc, and no conffile" "" \
		"$(comm -3 <(dpkg-deb --fsys-tarfile "$deb" | tar t | sed -n 's,^\./etc/.*[^/]$,&,p' | sed 's,^\.,,' | sort) \
			<(dpkg-deb --ctrl-tarfile "$deb" | tar xO ./conffiles 2>/dev/null | sort))"
done

# --- installed
mkdir -p "$root/var/lib/dpkg/updates" "$root/var/lib/dpkg/info"
touch "$root/var/lib/dpkg/status"
files >"$tmp/before"
in_root -i "$debs"/*.deb
lib=$(installed_lib "$prefix")
check_content "$prefix" "$lib"
check_pkg_config "$prefix"
servers_build=$prefix bin=$prefix/bin # from here on nothing comes from the build tree
check_demo "$prefix" "$tmp/view"
check_cmake "$prefix" "$tmp/outside"
check_tool "$prefix" "$tmp/vendor"

# --- what somebody wrote into the site's file survives
echo '; ours' >>"$root/etc/otel-c/otel.ini"

# --- installed again, and purged
check_upgrade "$prefix" "$tmp/outside" in_root -i "$debs"/*.deb
expect_equal "the last line of the site's file" "; ours" "$(tail -n 1 "$root/etc/otel-c/otel.ini")"
in_root --purge libotel-api1 libotel-sdk1 libotel-dev otel-c-tools otel-c-zero-code otel-c-distro-aws otel-c-distro-splunk
files >"$tmp/after"
expect_equal "files left after purge" "" "$(comm -13 "$tmp/before" "$tmp/after")"
expect_equal "directories left after purge" "" "$(find "$root" -path "$root/var" -prune -o -type d -name '*otel*' -print)"
expect_equal "what dpkg still knows" "" "$(ls "$root/var/lib/dpkg/info" | grep otel || true)"
finish
