/* SPDX-License-Identifier: Apache-2.0
 *
 * body.c - see the header.
 */
#include "otlp/body.h"

#include <stdlib.h>
#include <string.h>

#include "otlp/grpc_message.h"
#include "otlp/gzip.h"
#include "otlp/text/json.h"
#include "util/buf.h"

#define JSON_MAX ((size_t)64 << 20) /* of the specification, for a request before compression */

/* The body becomes `made`, which it takes over. */
static void replace(struct body *body, uint8_t *made, size_t len)
{
	free(body->made);
	body->made = made;
	body->data = made;
	body->len = len;
}

/* *is_too_large: it is a request, but there is no room for so much text. */
static bool write_json(struct body *body, const otel_batch *batch, bool *is_too_large)
{
	struct buf json;
	size_t len = 0;
	uint8_t *made = NULL;

	buf_init(&json, JSON_MAX);
	if (otlp_json_request(&json, (otel_signal)batch->signal, batch->data, batch->len))
		made = buf_take(&json, &len);
	*is_too_large = json.failed;
	buf_fini(&json);
	if (made)
		replace(body, made, len);
	return made;
}

/* What would not get smaller stays as it is. */
static void pack(struct body *body)
{
	size_t len;
	uint8_t *packed = gzip_pack(body->data, body->len, &len);

	if (!packed)
		return;
	replace(body, packed, len);
	body->is_packed = true;
}

static bool frame(struct body *body)
{
	size_t len;
	uint8_t *framed = grpc_message_wrap(body->data, body->len, body->is_packed, &len);

	if (framed)
		replace(body, framed, len);
	return framed;
}

bool body_make(struct body *body, const otel_batch *batch, enum protocol protocol, bool packs, const char **why)
{
	bool is_too_large = false;

	*body = (struct body){.data = batch->data, .len = batch->len};
	*why = "it cannot be written as JSON";
	if (protocol == PROTOCOL_HTTP_JSON && !write_json(body, batch, &is_too_large))
		goto failed;
	if (packs)
		pack(body);
	*why = "out of memory";
	if (protocol == PROTOCOL_GRPC && !frame(body))
		goto failed;
	return true;
failed:
	body_fini(body);
	body->is_too_large = is_too_large;
	return false;
}

void body_fini(struct body *body)
{
	free(body->made);
	memset(body, 0, sizeof *body);
}
