# SPDX-License-Identifier: Apache-2.0
#
# bare_root.sh - sourced by bare.sh and package_check.sh: a fresh Debian 12 root, whose mirror is the one apt uses here,
# with this machine's way out to it. As root; needs debootstrap. The root is removed when the script ends.
packages_bare="debootstrap git"

# bare_root_make NAME: the root is $root; NAME is what messages begin with.
bare_root_make() {
	local mirror
	if [ "$(id -u)" != 0 ]; then
		echo "$1: must be root, because debootstrap and chroot are" >&2
		exit 2
	fi
	packages_need bare
	mirror=$(apt-get indextargets --format '$(REPO_URI) $(CODENAME)' "Created-By: Packages" 2>/dev/null |
		awk '$2 == "bookworm" { print $1; exit }')
	if [ -z "$mirror" ]; then
		echo "$1: apt here has no mirror of Debian 12 (bookworm)" >&2
		exit 2
	fi

	root=$(mktemp -d "${TMPDIR:-/var/tmp}/otel-c-bare.XXXXXX")
	chmod 755 "$root" # tests run programs as nobody
	trap bare_root_remove EXIT
	trap 'exit 130' INT TERM HUP

	echo "$1: debootstrap of Debian 12"
	debootstrap --variant=minbase bookworm "$root" "$mirror" >"$root.log" 2>&1 || {
		tail -n 20 "$root.log" >&2
		rm -f "$root.log"
		exit 1
	}
	rm -f "$root.log"
	bare_root_network
	mount -t proc proc "$root/proc"
	mount --rbind /dev "$root/dev" && mount --make-rslave "$root/dev"
}

# The same sources and the same way out of this machine as apt has here.
bare_root_network() {
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
}

bare_root_remove() {
	local mount
	for mount in proc dev/pts dev sys; do
		umount -l "$root/$mount" 2>/dev/null || true
	done
	rm -rf --one-file-system "$root"
}

# bare_root_run COMMAND: a line for the shell in the root.
bare_root_run() {
	env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
		${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} \
		chroot "$root" /bin/sh -c "$1" </dev/null
}
