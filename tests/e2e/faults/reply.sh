#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# reply: answers that are not as they should be: cut, malformed, endless, of another type, or only half a success.
. "$(dirname "$0")/lib.sh" reply

# ---- taken, or not quite ----
row 'in part' 'part:3' 'accepted=4 rejected=3'
says 'otel-c: otlp: * took a batch only in part: bad ids'
row 'none of it' 'part:7' 'rejected=7'
row 'more refused than was sent' 'part:700' 'rejected=7'
row 'less than nothing refused' 'part:-3' 'accepted=7'
row 'with a warning' 'warn' 'accepted=7'
says 'otel-c: otlp: * took a batch and warns: old agent'

# ---- a success, of a strange kind ----
row 'without a body' 'none' 'accepted=7'
row 'without a type' 'typeless' 'accepted=7'
row 'text' 'plain' 'accepted=7'
row 'JSON' 'json' 'accepted=7'
row 'a web page' 'page' 'accepted=7'
says '*answered 200, but not as an OTLP receiver does*'
row 'a message that is none' 'junk' 'accepted=7'
says '*answered 200, but not as an OTLP receiver does*'
row 'after 100 Continue, three times' 'many' 'accepted=7'
row 'HTTP/1.0' 'old' 'accepted=7'

# ---- cut ----
for cut in cut-line cut-head cut cut-chunk cut-100 answer-reset body-reset; do
	row "$cut" "$cut 200" 'accepted=7 ambiguous=7' "${soon[@]}"
done

# ---- no HTTP ----
for wrong in babble bad-head; do
	row "$wrong" "$wrong 200" 'accepted=7 ambiguous=7' "${soon[@]}"
done
row 'another protocol' 'upgrade 200' 'accepted=7 ambiguous=7' "${soon[@]}"

# ---- without an end ----
for large in giant flood flood-head; do
	row "$large" "$large" 'rejected=7'
	says '*too large*'
done
rows_end
