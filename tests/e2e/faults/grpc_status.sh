#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# grpc_status: each code that an OTLP/gRPC backend may answer, with and without word of when to come again.
FAULTS_PROTOCOL=grpc
. "$(dirname "$0")/lib.sh" grpc_status

row 'OK' '0' 'accepted=7'
for code in 1 4 10 11 14 15; do
	row "$code, $code" "$code $code 0" 'accepted=7' "${soon[@]}"
	waited 2 40
done
row '14 without an end' '14*' 'retry=7' "${soon[@]}" OTEL_C_EXPORT_RETRY_ELAPSED=5000
for code in 2 3 5 6 7 8 9 12 13 16; do
	row "$code" "$code" 'rejected=7' "${soon[@]}"
	says 'otel-c: otlp: *as asked*spans were dropped'
done

# ---- RetryInfo ----
row '14 with more than the backoff' '14:1 0' 'accepted=7' "${soon[@]}"
waited 1 990
row '14 with less than the backoff' '14:1.5 0' 'accepted=7' "${never[@]}"
waited 1 1490
row '8, which may be sent again then' '8:0.5 0' 'accepted=7' "${never[@]}"
waited 1 490
row '1 with RetryInfo' '1:0.2 0' 'accepted=7' "${never[@]}"
row '3 with RetryInfo' '3:0.2' 'rejected=7' "${soon[@]}"
row '14 with details that are none' 'details 0' 'accepted=7' "${soon[@]}"
how=flush row 'a flush during the wait' '14 0' 'accepted=7' "${never[@]}"
how=quit row 'an exit during the wait' '14:5 0' 'accepted=7' "${never[@]}"

# ---- Trailers-Only ----
row 'Trailers-Only, 14' 'only:14 0' 'accepted=7' "${soon[@]}"
row 'Trailers-Only, 14 with RetryInfo' 'only:14:1 0' 'accepted=7' "${never[@]}"
waited 1 990
row 'Trailers-Only, 8 with RetryInfo' 'only:8:0.2 0' 'accepted=7' "${never[@]}"
row 'Trailers-Only, 8' 'only:8' 'rejected=7' "${soon[@]}"
row 'Trailers-Only, 3' 'only:3' 'rejected=7' "${soon[@]}"

# ---- HTTP's own, from what stands in between ----
for code in 429 502 503 504; do
	row "HTTP $code" "http:$code 0" 'accepted=7' "${soon[@]}"
done
for code in 301 400 401 403 404 431 500; do
	row "HTTP $code" "http:$code" 'rejected=7' "${soon[@]}"
done
rows_end
