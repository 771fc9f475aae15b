# SPDX-License-Identifier: Apache-2.0
#
# packages.sh - sourced by ./dev: which Debian packages a command needs, and how the missing ones are installed.

packages_build="gcc libc6-dev cmake ninja-build pkg-config libcurl4-openssl-dev libssl-dev libprotobuf-c-dev
	protobuf-c-compiler libinih-dev libmicrohttpd-dev libnghttp2-dev libjansson-dev zlib1g-dev
	libisal-dev libdeflate-dev"
packages_demo="curl nginx"
packages_test="g++ check jq openssl strace binutils diffutils util-linux python3 libcurl3-gnutls libuv1-dev valgrind
	libgrpc++-dev protobuf-compiler protobuf-compiler-grpc"
packages_package="dpkg-dev file make man-db mandoc bash-completion bsdextrautils"
packages_lintian="lintian"
packages_fuzz="clang libclang-rt-14-dev"
packages_valgrind="valgrind"
packages_format="clang-format git"

# packages_missing NAME…: those that dpkg does not know as installed.
packages_missing() {
	local name
	for name in "$@"; do
		[ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || echo "$name"
	done
}

# packages_need GROUP…: installs what is missing of these groups; exits 2 when it cannot.
packages_need() {
	local group names=() missing
	if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
		return 0 # not Debian: go on if CMake finds everything
	fi
	for group in "$@"; do
		local list=packages_$group
		# shellcheck disable=SC2206
		names+=(${!list})
	done
	missing=$(packages_missing "${names[@]}" | sort -u | tr '\n' ' ')
	[ -z "$missing" ] && return 0
	echo "installing: $missing"
	# shellcheck disable=SC2086
	packages_install $missing
}

packages_install() {
	local as_root=() install
	install="apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=300 $*"
	if [ "$(id -u)" != 0 ]; then
		if ! command -v sudo >/dev/null || ! sudo true; then
			echo "These Debian packages are missing. As root, run:" >&2
			echo "    $install" >&2
			exit 2
		fi
		as_root=(sudo)
	fi
	if ! "${as_root[@]}" bash -c "$(declare -f packages_as_root packages_apt packages_quiet_units); packages_as_root $*"; then
		echo "could not install: $*" >&2
		echo "(no network, or no such package; they are in Debian 12 main)" >&2
		exit 2
	fi
}

# Runs as root: installs without starting services, and leaves nothing enabled that was not.
packages_as_root() {
	set -eu
	local policy=/usr/sbin/policy-rc.d ours='' log name
	local before after
	export DEBIAN_FRONTEND=noninteractive
	if [ ! -e "$policy" ]; then
		ours=yes
		trap 'rm -f /usr/sbin/policy-rc.d' EXIT
		trap 'exit 130' INT TERM HUP
		printf '#!/bin/sh\nexit 101\n' >"$policy"
		chmod 755 "$policy"
	fi
	before=$(dpkg-query -W -f '${Package}\n' | sort -u)
	log=$(mktemp)
	if ! ls /var/lib/apt/lists/*Packages* >/dev/null 2>&1; then
		apt-get update -qq -o DPkg::Lock::Timeout=300 >"$log" 2>&1 || true
	fi
	if ! packages_apt "$@" >"$log" 2>&1; then
		apt-get update -qq -o DPkg::Lock::Timeout=300 >>"$log" 2>&1 || true
		packages_apt "$@" >"$log" 2>&1 || { tail -n 5 "$log" >&2; rm -f "$log"; return 1; }
	fi
	rm -f "$log"
	after=$(dpkg-query -W -f '${Package}\n' | sort -u)
	for name in $(comm -13 <(echo "$before") <(echo "$after")); do
		packages_quiet_units "$name"
	done
	if [ -n "$ours" ]; then rm -f "$policy"; fi
}

packages_apt() {
	apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=300 "$@"
}

# Disables the services that a newly installed package brought.
packages_quiet_units() {
	local file
	dpkg -L "$1" 2>/dev/null | grep -E '^(/usr)?/lib/systemd/system/[^/@]+\.service$|^/etc/init\.d/[^/]+$' |
		while read -r file; do
			case $file in
			*.service) deb-systemd-helper disable "${file##*/}" >/dev/null 2>&1 || true ;;
			*) update-rc.d "${file##*/}" disable >/dev/null 2>&1 || true ;;
			esac
		done
}
