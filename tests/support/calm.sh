#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# calm.sh COMMAND… - runs a test as if nobody had called it: nothing that is inherited decides it, be it environment, file
# mode mask, descriptors, limits or ignored signals. Sourced, it changes what a shell can of itself.
strange='^(OTEL_|SPLUNK_|AWS_|ECS_|ACME_|ASKS_|AUTH_|COROOT_|DESCRIPTOR_|FAULTS_|HONEYCOMB_|NEW_RELIC_|SCOUT_|DEPLOYMENT_ENVIRONMENT'
strange+='|TRACEPARENT|TRACESTATE|BAGGAGE|https?_proxy|HTTPS?_PROXY|(all|no)_proxy|(ALL|NO)_PROXY|LD_|LC_|LANG|TZ$|MALLOC_|GLIBC_'
strange+='|SSL_|OPENSSL_|CURL_|PYTHON|JQ_|GREP_|CMAKE_|PKG_CONFIG|DESTDIR|MAKE|MFLAGS|CC$|CXX$|CFLAGS|CXXFLAGS|CPPFLAGS|LDFLAGS'
strange+='|POSIXLY_CORRECT|CDPATH|NGINX)'
for variable in $(compgen -e | grep -E "$strange"); do
	case $variable in OTEL_C_TEST_* | FAULTS_PROTOCOL | FAULTS_*_INSIDE) ;; *) unset "$variable" ;; esac
done
unset strange variable
case ${TMPDIR:-} in *[!a-zA-Z0-9/._-]*) unset TMPDIR ;; esac # make and pkg-config take no spaces
umask 022
[ "${BASH_SOURCE[0]}" = "$0" ] || return 0

ulimit -Sn 1024 2>/dev/null || true # or as many as may be
for fd in /proc/self/fd/*; do
	fd=${fd##*/}
	case $fd in 0 | 1 | 2 | 255 | '*') ;; *) eval "exec $fd>&-" ;; esac
done
exec env --default-signal "$@" </dev/null
