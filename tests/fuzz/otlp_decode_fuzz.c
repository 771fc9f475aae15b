/* SPDX-License-Identifier: Apache-2.0
 *
 * otlp_decode_fuzz.c - the way of a request through the sink: decoded, checked, printed as trees and as JSON.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "otlp/text/check.h"
#include "otlp/text/gather.h"
#include "otlp/text/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Whatever came in, only text for one terminal line at a time may go out. */
static void examine(void *arg, const char *text, size_t len)
{
	(void)arg;
	for (size_t i = 0; i < len; i++) {
		if (((uint8_t)text[i] < 0x20 && text[i] != '\n') || text[i] == 0x7f)
			abort();
	}
}

static void print(struct otlp_request *request)
{
	struct gather *gather = gather_create(&(struct tree_style){.write = examine});

	if (!gather)
		return;
	gather_add(gather, request, 0);
	gather_print_all(gather);
	gather_destroy(gather);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct otlp_fault fault = {""};
	struct otlp_request *request;
	enum otlp_verdict verdict = otlp_request_decode(data, size, &request, &fault);
	struct buf json;

	if (verdict != OTLP_GOOD) {
		if (request || !fault.text[0])
			abort();
		return 0;
	}
	otlp_request_check(request, &fault);
	print(request);
	buf_init(&json, (size_t)1 << 30);
	/* What could be decoded can be written. */
	if (!otlp_json_request(&json, OTEL_SIGNAL_TRACES, data, size))
		abort();
	buf_fini(&json);
	otlp_request_unref(request);
	return 0;
}
