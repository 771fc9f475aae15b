#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# messages.sh SOURCE - whatever is said of a module that is not loaded, or of a component that is not registered, stands
# in the table of docs/writing-a-distro.md.
set -euo pipefail
cd "$1"
page=docs/writing-a-distro.md
failed=0 count=0

# The beginnings of sentences: up to the first value, or to where the cure begins.
beginnings() {
	sed -nE 's/.*refuse\(&?r, "([^%";,]*).*/\1/p' core/plugin/loader.c
	sed -nE 's/^#define [A-Z_]+ +"([^";,]*).*/\1/p; s/.*"(is for another machine:).*/\1/p' core/plugin/elf.c
	sed -nE 's/.*snprintf\(text, MAX_COMPLAINT, "([^%";]*).*/\1/p; s/^[[:space:]]*"(its [^%";]*)%zu.*/\1/p; s/.*(is already registered by plugin).*/\1/p; s/.*(cannot be used: )%s.*/\1/p' core/plugin/component.c
	sed -nE 's/.*(is not installed; looked in|does not exist|is left out: its setup failed|has the same name|its configuration failed).*/\1/p' core/plugin/registry.c
}

while IFS= read -r text; do
	text=$(echo "$text" | sed -E 's/ (of|no|for plugin ABI|needs plugin ABI)? *$//; s/[[:space:]]+$//')
	[ -n "$text" ] || continue
	count=$((count + 1))
	grep -qF -- "$text" "$page" || { echo "$page does not explain: $text"; failed=1; }
done < <(beginnings | sort -u)
[ "$count" -ge 25 ] || { echo "only $count messages were found"; failed=1; }
exit "$failed"
