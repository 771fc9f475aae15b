/* SPDX-License-Identifier: Apache-2.0
 *
 * ot_tracestate_fuzz.c - reading and editing the tracestate member "ot": an edit fits its room, says what was asked
 * for, and changes nothing when it is made again.
 */
#include <stdlib.h>
#include <string.h>

#include "util/ot_tracestate.h"

static void check_edit(const char *text, size_t len, const char *th)
{
	const struct ot_change change = {"th", th};
	char *out = malloc(len + OT_EDIT_EXTRA);
	char *again = malloc(len + 2 * OT_EDIT_EXTRA);
	size_t out_len = 0, again_len = 0;

	if (!out || !again)
		abort();
	if (ot_edit(text, len, &change, 1, out, &out_len) == OT_CHANGED) {
		const struct ot_state state = ot_read(out, out_len);
		if (out_len > len + OT_EDIT_EXTRA || state.has_threshold != (th != NULL))
			abort();
		if (th && state.threshold != OT_RANGE / 2)
			abort();
		if (ot_edit(out, out_len, &change, 1, again, &again_len) != OT_SAME)
			abort();
	}
	free(out);
	free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size ? size : 1); /* of its own size, so that reading past it shows */

	if (!text)
		return 0;
	if (size)
		memcpy(text, data, size);
	const struct ot_state state = ot_read(text, size);
	if ((state.has_threshold && state.threshold >= OT_RANGE) || (state.has_random && state.random >= OT_RANGE))
		abort();
	check_edit(text, size, "8");
	check_edit(text, size, NULL);
	free(text);
	return 0;
}
