#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# commands.sh OTEL-C - the commands that are built into otel-c, as a part of its man page: each with its own help.
set -eu
tool=$1

# Those before "help"; plugins' come after it.
commands=$(env -i "$tool" help | sed -n '/^Commands:/,/^  help /s/^  \([a-z]*\) .*/\1/p' | grep -vx help)
for command in $commands; do
	printf '.Ss %s\n.Bd -literal\n' "$command"
	env -i "$tool" help "$command" | sed 's/\\/\\e/g; s/-/\\-/g; s/^\([.'\'']\)/\\\&\1/; s/	/        /g'
	printf '.Ed\n'
done
