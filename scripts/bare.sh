#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# bare.sh - proves the README: `./dev demo` and `./dev test` of the committed tree in a fresh Debian 12 root, whose
# mirror is the one apt uses here. As root; needs debootstrap. The root is removed afterwards.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
. scripts/packages.sh
packages_bare="debootstrap git"

if [ "$(id -u)" != 0 ]; then
	echo "./dev bare: must be root, because debootstrap and chroot are" >&2
	exit 2
fi
packages_need bare

mirror=$(apt-get indextargets --format '$(REPO_URI) $(CODENAME)' "Created-By: Packages" 2>/dev/null |
	awk '$2 == "bookworm" { print $1; exit }')
if [ -z "$mirror" ]; then
	echo "./dev bare: apt here has no mirror of Debian 12 (bookworm)" >&2
	exit 2
fi

root=$(mktemp -d "${TMPDIR:-/var/tmp}/otel-c-bare.XXXXXX")
chmod 755 "$root" # tests run programs as nobody
cleanup() {
	local mount
	for mount in proc dev/pts dev sys; do
		umount -l "$root/$mount" 2>/dev/null || true
	done
	rm -rf --one-file-system "$root"
}
trap cleanup EXIT
trap 'exit 130' INT TERM HUP

echo "bare: debootstrap of Debian 12"
debootstrap --variant=minbase bookworm "$root" "$mirror" >"$root.log" 2>&1 || {
	tail -n 20 "$root.log" >&2
	rm -f "$root.log"
	exit 1
}
rm -f "$root.log"

# The same sources and the same way out of this machine as apt has here.
rm -rf "$root/etc/apt/sources.list.d" "$root/etc/apt/sources.list"
cp -a /etc/apt/sources.list.d "$root/etc/apt/" 2>/dev/null || true
cp -a /etc/apt/sources.list "$root/etc/apt/" 2>/dev/null || true
cp -a /etc/apt/apt.conf.d/. "$root/etc/apt/apt.conf.d/" 2>/dev/null || true
cp -aL /usr/share/keyrings/. "$root/usr/share/keyrings/" 2>/dev/null || true
cp -aL /etc/apt/trusted.gpg.d/. "$root/etc/apt/trusted.gpg.d/" 2>/dev/null || true
cp -L /etc/resolv.conf "$root/etc/resolv.conf" 2>/dev/null || true
cp -L /etc/hosts "$root/etc/hosts" 2>/dev/null || true
[ ! -d /usr/local/share/ca-certificates ] || cp -a /usr/local/share/ca-certificates "$root/usr/local/share/"
mkdir -p "$root/etc/ssl/certs"
[ ! -e /etc/ssl/certs/ca-certificates.crt ] ||
	cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"

mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev" && mount --make-rslave "$root/dev"

mkdir -p "$root/src/otel-c"
git archive HEAD | tar -x -C "$root/src/otel-c"

run() {
	echo "bare: ./dev $*"
	env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 \
		${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} \
		chroot "$root" /bin/sh -c "cd /src/otel-c && ./dev $*" </dev/null
}
run demo
run test
echo "bare: demo and test passed on a bare Debian 12"
