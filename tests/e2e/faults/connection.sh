#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# connection: a backend that is away, or goes away, at each moment of an exchange, and connections that are used again.
. "$(dirname "$0")/lib.sh" connection
impatient=("${soon[@]}" OTEL_EXPORTER_OTLP_TIMEOUT=5000)

# ---- not there ----
begin 'refused, then back'
manner=deaf backend 200
program_begin "${soon[@]}"
failed_once
ask hear "$port"
program_end
agree 'accepted=7' '200'
says '*connection refused'

begin 'nobody accepts, then somebody does'
manner=full backend 200
program_begin "${impatient[@]}"
failed_once
ask hear "$port"
program_end
agree 'accepted=7' '200'
says '*no connection within*'

manner=deaf row 'refused for good' '' 'retry=7' "${brief[@]}"
says "*otlp: what could not be delivered within 300 ms (\[export\] retry_elapsed) is dropped*"
manner=full row 'nobody accepts, ever' '' 'retry=7' "${brief[@]}" OTEL_EXPORTER_OTLP_TIMEOUT=200
how=quit manner=deaf row 'refused until the exit' '' 'shutdown=7' "${never[@]}"
how=leave manner=full row 'nobody accepts at the exit' '' 'shutdown=7' OTEL_C_EXIT_TIMEOUT=300 \
	OTEL_EXPORTER_OTLP_TIMEOUT=600000

begin 'refused, with another exporter beside it'
manner=deaf backend
how=stop program "${never[@]}" OTEL_TRACES_EXPORTER=otlp,console
expect_equal "$name: spans on the console" 7 "$(grep -c work <<<"$out")"
out=$(tail -n 1 <<<"$out")
agree 'failed shutdown=7'

# ---- ends ----
row 'reset as soon as there' 'accept-reset accept-reset 200' 'accepted=7 ambiguous=?' "${soon[@]}"
row 'closed as soon as there' 'accept-close 200' 'accepted=7 ambiguous=?' "${soon[@]}"
row 'reset before the body was read' 'head-reset 200' 'accepted=7 ambiguous=7' "${soon[@]}"
row 'closed before the body was read' 'head-close 200' 'accepted=7 ambiguous=7' "${soon[@]}"
row 'reset once all was read' 'reset reset 200' 'accepted=7 ambiguous=14' "${soon[@]}"
row 'closed once all was read' 'close 200' 'accepted=7 ambiguous=7' "${soon[@]}"
how=quit row 'reset, and the exit' 'reset 200' 'accepted=7 ambiguous=7' "${never[@]}"

# ---- a connection that is used again ----
how=twice row 'kept open' '200 200' 'accepted=14'
how=twice row 'closed while idle' 'bye 200' 'accepted=14'
how=twice row 'closed as announced' 'old 200' 'accepted=14'
how=twice row 'reset by the second request' '200 reset 200' 'accepted=14 ambiguous=7' "${soon[@]}"
how=twice row 'closed by the second request' '200 close 200' 'accepted=14 ambiguous=7' "${soon[@]}"
how=nofile row 'no descriptor for the next connection' 'old 200' 'accepted=14' "${soon[@]}"

# ---- a proxy ----
# proxy_row NAME ANSWERS WANT [VARIABLE…]: it is the proxy that answers.
proxy_row() {
	begin "$1"
	# shellcheck disable=SC2086
	backend $2
	program OTEL_EXPORTER_OTLP_ENDPOINT=http://otel.test http_proxy="http://127.0.0.1:$port" "${@:4}"
	agree "$3" "$2"
}

manner=deaf proxy_row 'no proxy there' '' 'retry=7' "${brief[@]}"
proxy_row 'a proxy that cannot reach the backend' '502 504 200' 'accepted=7' "${soon[@]}"
proxy_row 'a proxy that wants to know who asks' '407' 'rejected=7'
proxy_row 'a proxy that ends' 'close 200' 'accepted=7 ambiguous=7' "${soon[@]}"

rows_end
