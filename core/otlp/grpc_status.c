/* SPDX-License-Identifier: Apache-2.0
 *
 * grpc_status.c - see the header.
 */
#include "otlp/grpc_status.h"

#include <string.h>

#include "otlp/grpc_retry_info.h"
#include "util/str.h"

static const struct {
	const char *name;
	bool is_transient;
} codes[] = {
	{"OK", false},
	{"CANCELLED", true},
	{"UNKNOWN", false},
	{"INVALID_ARGUMENT", false},
	{"DEADLINE_EXCEEDED", true},
	{"NOT_FOUND", false},
	{"ALREADY_EXISTS", false},
	{"PERMISSION_DENIED", false},
	{"RESOURCE_EXHAUSTED", false}, /* unless it says when to come back */
	{"FAILED_PRECONDITION", false},
	{"ABORTED", true},
	{"OUT_OF_RANGE", true},
	{"UNIMPLEMENTED", false},
	{"INTERNAL", false},
	{"UNAVAILABLE", true},
	{"DATA_LOSS", true},
	{"UNAUTHENTICATED", false},
};

enum { CODES = sizeof codes / sizeof *codes };

/* Percent-decoded; a sequence that is none stays as it is, for the words must not be lost over it. */
static void read_words(struct grpc_status *status, const char *text)
{
	size_t n = 0;

	while (*text && n < GRPC_WORDS_MAX) {
		const int high = *text == '%' ? char_hex(text[1]) : -1;
		const int low = high >= 0 ? char_hex(text[2]) : -1;
		status->words[n++] = (char)(low >= 0 ? high << 4 | low : *text);
		text += low >= 0 ? 3 : 1;
	}
	status->words_len = n;
}

void grpc_status_read(struct grpc_status *status, const otel_header *headers, size_t count)
{
	uint64_t code = 0;

	memset(status, 0, sizeof *status);
	for (size_t i = 0; i < count; i++) {
		const char *value = headers[i].value;
		if (str_equals_nocase(headers[i].name, "grpc-status")) {
			status->is_there = true;
			status->code = str_to_u64(view_of(value), 0, CODES - 1, &code) ? (unsigned)code : GRPC_UNKNOWN;
		} else if (str_equals_nocase(headers[i].name, "grpc-message")) {
			read_words(status, value);
		} else if (str_equals_nocase(headers[i].name, "grpc-status-details-bin")) {
			status->has_retry_info = grpc_retry_info_read(value, &status->retry_ms);
		}
	}
}

unsigned grpc_code_of_http(int status)
{
	static const struct {
		int status;
		enum grpc_code code;
	} table[] = {
		{400, GRPC_INTERNAL},      {401, GRPC_UNAUTHENTICATED}, {403, GRPC_PERMISSION_DENIED},
		{404, GRPC_UNIMPLEMENTED}, {429, GRPC_UNAVAILABLE},     {431, GRPC_INTERNAL},
		{502, GRPC_UNAVAILABLE},   {503, GRPC_UNAVAILABLE},     {504, GRPC_UNAVAILABLE},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (table[i].status == status)
			return table[i].code;
	return GRPC_UNKNOWN;
}

const char *grpc_code_name(unsigned code)
{
	return codes[code < CODES ? code : GRPC_UNKNOWN].name;
}

bool grpc_code_is_transient(unsigned code, bool has_retry_info)
{
	if (code == GRPC_RESOURCE_EXHAUSTED)
		return has_retry_info;
	return codes[code < CODES ? code : GRPC_UNKNOWN].is_transient;
}
