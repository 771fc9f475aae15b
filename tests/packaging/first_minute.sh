#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# first_minute.sh - the shell's view of an installation in /usr: one compiler line, and traces on the terminal.
set -eu
cat >app.c <<'C'
#include <otel/otel.h>

int main(void)
{
	OTEL_SPAN(span, otel_tracer("app", NULL), "hello");
	return 0;
}
C
cc app.c -lotel_api -o app
[ -z "$(./app 2>&1)" ]
OTEL_DISTRO=splunk OTEL_TRACES_EXPORTER=console ./app | grep -q hello
splunk-c-trace --dry-run ./app | grep -q OTEL_DISTRO=splunk
otel-c --version
