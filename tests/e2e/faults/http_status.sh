#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# http_status: a backend that is busy, or refuses. What may be sent again is, and not before its time.
. "$(dirname "$0")/lib.sh" http_status

# ---- busy ----
for code in 429 502 503 504; do
	row "$code, $code" "$code $code 200" 'accepted=7' "${soon[@]}"
	says "otel-c: otlp: * answered $code; will try again"
	waited 1 20
	waited 2 40
done
row '503 without an end' '503*' 'retry=7' "${soon[@]}" OTEL_C_EXPORT_RETRY_ELAPSED=5000

# ---- and says for how long ----
row '503 with more than the backoff' '503:1 200' 'accepted=7' "${soon[@]}"
waited 1 990
row '503 with less than the backoff' '503:1 200' 'accepted=7' "${never[@]}"
waited 1 990
row '502 with seconds' '502:1 200' 'accepted=7' "${never[@]}"
row '504 with seconds' '504:1 200' 'accepted=7' "${never[@]}"
row '429 with a date' '429:+1 200' 'accepted=7' "${never[@]}"
waited 1 990
row '503 with a date that is over' '503:+-9 200' 'accepted=7' "${soon[@]}"
waited 1 20
for wait in soon -5 1.5 1e3 ''; do
	row "503 with \"$wait\"" "503:$wait 200" 'accepted=7' "${soon[@]}"
	waited 1 20
done
how=stop row '503 with more than anybody waits' '503:99999999999999999999 200' 'accepted=7' "${soon[@]}"

# ---- a flush, a stop, an exit during the wait ----
how=flush row 'a flush' '503 200' 'accepted=7' "${never[@]}"
how=flush row 'a flush, and again no' '503 503 503' 'failed queued=7' "${never[@]}"
how=stop row 'a stop' '503 200' 'accepted=7' "${never[@]}"
how=stop row 'a stop, and again no' '503 503' 'failed shutdown=7' "${never[@]}"
how=quit row 'an exit' '503 200' 'accepted=7' "${never[@]}"
how=quit row 'an exit, and again no' '503 503' 'shutdown=7' "${never[@]}"

# ---- refuses ----
for code in 301 307 400 401 403 404 405 408 414 415 422 431 500 501 505 599; do
	row "$code" "$code" 'rejected=7' "${soon[@]}"
	says "otel-c: otlp: * answered $code; *spans were dropped"
done
row '400 with Retry-After' '400:1' 'rejected=7' "${soon[@]}"

# ---- compressed ----
row 'compressed, and busy' '503 503 200' 'accepted=7' "${soon[@]}" OTEL_EXPORTER_OTLP_COMPRESSION=gzip
how=twice row '415 to what is compressed' '415 200 200' 'accepted=14' "${soon[@]}" OTEL_EXPORTER_OTLP_COMPRESSION=gzip
row '415 to whatever comes' '415 415' 'rejected=7' "${soon[@]}" OTEL_EXPORTER_OTLP_COMPRESSION=gzip

# ---- too much at once ----
begin '413, but not for less'
backend 413
program "${soon[@]}"
agree 'accepted=7'
says '*answered 413; will try again with smaller batches'
row '413, whatever comes' '413*' 'rejected=7' "${soon[@]}"
rows_end
