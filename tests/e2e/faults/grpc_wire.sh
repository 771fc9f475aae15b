#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# grpc_wire: HTTP/2 connections and streams that end, hang or say what they should not, and gRPC messages that are none.
FAULTS_PROTOCOL=grpc
. "$(dirname "$0")/lib.sh" grpc_wire
impatient=("${soon[@]}" OTEL_EXPORTER_OTLP_TIMEOUT=5000)

# ---- taken, or not quite ----
row 'in part' 'part:3' 'accepted=4 rejected=3'
says 'otel-c: otlp: * took a batch only in part: bad ids'
row 'in pieces, with other frames in between' 'pieces' 'accepted=7'
row 'an answer that is none' 'junk' 'accepted=7'
row 'without a message' 'no-message' 'accepted=7'

# ---- no status ----
row 'without trailers' 'no-trailers 0' 'accepted=7 ambiguous=7' "${soon[@]}"
row 'trailers without a status' 'no-status 0' 'accepted=7 ambiguous=7' "${soon[@]}"
row 'a status that is no number' 'bad-status' 'rejected=7'
row 'a status that nobody knows' 'big-status' 'rejected=7'
row 'a web page' 'page' 'rejected=7'
row 'a message with wild %' 'percent' 'rejected=7'
says '*100% wrong%*'

# ---- a stream ends ----
row 'REFUSED_STREAM' 'rst:7 0' 'accepted=7' "${soon[@]}"
row 'CANCEL' 'rst:8 0' 'accepted=7 ambiguous=7' "${soon[@]}"
row 'REFUSED_STREAM after the head' 'head-rst:7 0' 'accepted=7 ambiguous=?' "${soon[@]}"

# A server may answer before it has read all; that is not always heard, and asked again then.
large=(OTEL_BSP_MAX_EXPORT_BATCH_SIZE=60000 OTEL_BSP_MAX_QUEUE_SIZE=60000 OTEL_EXPORTER_OTLP_TIMEOUT=60000)
begin 'a code before the request is through'
backend 'early:3*'
spans=60000 program "${soon[@]}" "${large[@]}"
agree 'rejected=60000 ambiguous=?'

# ---- a connection ends ----
# libcurl 7.88 may lose the trailers of an answer that it reads together with the GOAWAY; then the outcome is unknown.
begin 'GOAWAY, and the answer'
backend goaway
how=twice program "${soon[@]}"
agree 'accepted=14 ambiguous=?'
row 'GOAWAY that does not cover the request' 'goaway-new 0' 'accepted=7 ambiguous=?' "${soon[@]}"
row 'GOAWAY instead of an answer' 'goaway-took 0' 'accepted=7 ambiguous=7' "${soon[@]}"
row 'reset as soon as there' 'accept-reset 0' 'accepted=7 ambiguous=?' "${soon[@]}"
row 'reset once the request was read' 'reset 0' 'accepted=7 ambiguous=7' "${soon[@]}"
row 'closed once the request was read' 'close 0' 'accepted=7 ambiguous=7' "${soon[@]}"
how=twice row 'reset by the second request' '0 reset 0' 'accepted=14 ambiguous=7' "${soon[@]}"
how=twice row 'kept open' '0 0' 'accepted=14'
manner=deaf row 'refused' '' 'retry=7' "${brief[@]}"
manner=full row 'nobody accepts' '' 'retry=7' "${brief[@]}" OTEL_EXPORTER_OTLP_TIMEOUT=200

# ---- it hangs ----
row 'no answer' 'silent 0' 'accepted=7 ambiguous=7' "${impatient[@]}"
row 'not even SETTINGS' 'deaf 0' 'accepted=7 ambiguous=7' "${impatient[@]}"
row 'an answer that is too late' 'late:20000 0' 'accepted=7 ambiguous=7' "${impatient[@]}"
how=leave row 'no answer at the exit' 'silent' 'shutdown=7' OTEL_C_EXIT_TIMEOUT=5000 OTEL_EXPORTER_OTLP_TIMEOUT=600000
spans=20000 row 'a small window' 'slow:30000' 'accepted=20000' OTEL_BSP_MAX_EXPORT_BATCH_SIZE=20000 \
	OTEL_BSP_MAX_QUEUE_SIZE=20000 OTEL_EXPORTER_OTLP_TIMEOUT=60000

# ---- it speaks otherwise ----
row 'HTTP/1.1 is all it knows' 'http1 0' 'accepted=7 ambiguous=?' "${soon[@]}"
row 'a frame of no allowed length' 'babble 0' 'accepted=7 ambiguous=7' "${soon[@]}"
row 'a message without an end' 'flood' 'rejected=7'
says '*too large*'
row 'a head without an end' 'flood-head 0' 'accepted=7 ambiguous=7' "${soon[@]}"
rows_end
