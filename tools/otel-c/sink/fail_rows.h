/* SPDX-License-Identifier: Apache-2.0
 *
 * fail_rows.h - all that --fail knows, for the parser, the help page and whoever else goes through them.
 *
 * SINK_FAIL_ROWS(ROW) is ROW(name, kind, moment, protocols, numbers that it needs, numbers that it may have,
 * the first one's minimum, maximum and default, the same of the second one, usage, what it does).
 * Usages are padded for the help page. No name holds an x, which begins how many times it happens.
 */
#ifndef OTEL_TOOLS_SINK_FAIL_ROWS_H
#define OTEL_TOOLS_SINK_FAIL_ROWS_H

#define SINK_FAIL_RETRY_MAX 86400

#define SINK_FAIL_ROWS(ROW)                                                                                            \
	ROW("300 to 599", STATUS, ANSWERING, BOTH, 0, 1, 0, SINK_FAIL_RETRY_MAX, 0, 0, 0, 0, "503, 429:2     ",        \
	    "a status from 300 to 599, with Retry-After in seconds; @2: as a date")                                    \
	ROW("partial", PARTIAL, ANSWERING, BOTH, 1, 1, 0, UINT32_MAX, 0, 0, 0, 0, "partial:3      ",                   \
	    "success, but so many items of the request are rejected")                                                  \
	ROW("reset", RESET, ANSWERING, BOTH, 0, 0, 0, 0, 0, 0, 0, 0, "reset          ",                                \
	    "the connection is reset, nothing is taken")                                                               \
	ROW("reset-connect", RESET_CONNECT, CONNECTING, BOTH, 0, 0, 0, 0, 0, 0, 0, 0, "reset-connect  ",               \
	    "... as soon as it is there")                                                                              \
	ROW("reset-upload", RESET_UPLOAD, CONNECTING, BOTH, 0, 1, 1, UINT32_MAX, 1000, 0, 0, 0, "reset-upload:N ",     \
	    "... after N bytes (1000) of what the client sends")                                                       \
	ROW("reset-head", RESET_HEAD, ANSWERING, BOTH, 0, 0, 0, 0, 0, 0, 0, 0, "reset-head     ",                      \
	    "taken; reset behind the answer's head")                                                                   \
	ROW("reset-body", RESET_BODY, ANSWERING, BOTH, 0, 0, 0, 0, 0, 0, 0, 0, "reset-body     ",                      \
	    "taken; reset within the answer's body")                                                                   \
	ROW("drop-reply", DROP_REPLY, ANSWERING, BOTH, 0, 0, 0, 0, 0, 0, 0, 0, "drop-reply     ",                      \
	    "taken; the connection closed without an answer")                                                          \
	ROW("truncate", TRUNCATE, ANSWERING, BOTH, 0, 0, 0, 0, 0, 0, 0, 0, "truncate       ",                          \
	    "taken; closed within the answer's body")                                                                  \
	ROW("hang", HANG, ANSWERING, BOTH, 0, 0, 0, 0, 0, 0, 0, 0, "hang           ", "no answer, nothing is taken")   \
	ROW("stall", STALL, ANSWERING, BOTH, 0, 0, 0, 0, 0, 0, 0, 0, "stall          ",                                \
	    "taken; the answer stops within its body")                                                                 \
	ROW("silence", SILENCE, CONNECTING, BOTH, 0, 0, 0, 0, 0, 0, 0, 0, "silence        ",                           \
	    "a connection on which nothing is read or said")                                                           \
	ROW("slow", SLOW, ANSWERING, BOTH, 0, 1, 1, 600, 1, 0, 0, 0, "slow, slow:3   ",                                \
	    "taken; the answer late by 1 or so many seconds")                                                          \
	ROW("slow-read", SLOW_READ, CONNECTING, BOTH, 0, 1, 1, UINT32_MAX, 4096, 0, 0, 0, "slow-read:N    ",           \
	    "a connection read at N (4096) bytes a second")                                                            \
	ROW("malformed", MALFORMED, ANSWERING, BOTH, 0, 0, 0, 0, 0, 0, 0, 0, "malformed      ",                        \
	    "success, with a body that is no response")                                                                \
	ROW("garbage", GARBAGE, ANSWERING, BOTH, 0, 0, 0, 0, 0, 0, 0, 0, "garbage        ",                            \
	    "bytes that are no HTTP, nothing is taken")                                                                \
	ROW("html", HTML, ANSWERING, BOTH, 0, 0, 0, 0, 0, 0, 0, 0, "html           ",                                  \
	    "200 and a page, as of a proxy; nothing is taken")                                                         \
	ROW("giant", GIANT, ANSWERING, BOTH, 0, 1, 1, 2048, 64, 0, 0, 0, "giant:MIB      ",                            \
	    "success, with an answer of so many MiB (64)")                                                             \
	ROW("giant-head", GIANT_HEAD, ANSWERING, BOTH, 0, 1, 1, 128, 128, 0, 0, 0, "giant-head:KIB ",                  \
	    "success, with a header of so many KiB (128)")                                                             \
	ROW("grpc", GRPC, ANSWERING, GRPC, 1, 2, 1, 99, 0, 0, UINT32_MAX, 0, "grpc:14:500    ",                        \
	    "gRPC: a status, with RetryInfo of so many milliseconds")                                                  \
	ROW("grpc-late", GRPC_LATE, ANSWERING, GRPC, 1, 2, 1, 99, 0, 0, UINT32_MAX, 0, "grpc-late:14   ",              \
	    "gRPC: the same in trailers behind a head")                                                                \
	ROW("rst", STREAM_RESET, ANSWERING, GRPC, 0, 1, 0, UINT32_MAX, 2, 0, 0, 0, "rst, rst:7     ",                  \
	    "gRPC: RST_STREAM with that error; nothing is taken")                                                      \
	ROW("goaway", GOAWAY, ANSWERING, GRPC, 0, 1, 0, UINT32_MAX, 0, 0, 0, 0, "goaway:N       ",                     \
	    "gRPC: GOAWAY that leaves the request out")                                                                \
	ROW("goaway-after", GOAWAY_AFTER, ANSWERING, GRPC, 0, 1, 0, UINT32_MAX, 0, 0, 0, 0, "goaway-after:N ",         \
	    "gRPC: taken; GOAWAY, and then the answer")                                                                \
	ROW("no-trailers", NO_TRAILERS, ANSWERING, GRPC, 0, 0, 0, 0, 0, 0, 0, 0, "no-trailers    ",                    \
	    "gRPC: taken; a response without a status")                                                                \
	ROW("trailers-only", TRAILERS_ONLY, ANSWERING, GRPC, 0, 0, 0, 0, 0, 0, 0, 0, "trailers-only  ",                \
	    "gRPC: taken; status 0 without a response")                                                                \
	ROW("cut-message", CUT_MESSAGE, ANSWERING, GRPC, 0, 0, 0, 0, 0, 0, 0, 0, "cut-message    ",                    \
	    "gRPC: taken; less of the response than its prefix says")

#endif
