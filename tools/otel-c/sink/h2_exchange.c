/* SPDX-License-Identifier: Apache-2.0
 *
 * h2_exchange.c - what a reply is made of.
 */
#include "tools/otel-c/sink/h2_exchange.h"

void sink_h2_reply_init(struct sink_h2_reply *reply)
{
	*reply = (struct sink_h2_reply){.status = 200};
	sink_fields_init(&reply->head, SINK_H2_REPLY_MAX);
	sink_fields_init(&reply->trailers, SINK_H2_REPLY_MAX);
	buf_init(&reply->body, SINK_H2_REPLY_MAX);
}

void sink_h2_reply_fini(struct sink_h2_reply *reply)
{
	sink_fields_fini(&reply->head);
	sink_fields_fini(&reply->trailers);
	buf_fini(&reply->body);
}
