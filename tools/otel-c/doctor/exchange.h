/* SPDX-License-Identifier: Apache-2.0
 *
 * exchange.h - the requests that the SDK made, and what came back.
 */
#ifndef OTEL_TOOLS_DOCTOR_EXCHANGE_H
#define OTEL_TOOLS_DOCTOR_EXCHANGE_H

#include <otel/plugin.h>

#define EXCHANGE_BODY_MAX 4096u

/* Holds no header's value, no query and no user: nothing secret. */
struct exchange {
	struct exchange *next;
	char shown[512]; /* the URL; of gRPC without its path */
	char authority[280]; /* "127.0.0.1:4318", as written; "[::1]:4318" */
	char host[256]; /* without brackets */
	char path[256]; /* "/v1/traces" */
	unsigned port;
	bool tls;
	bool has_headers; /* more than OTLP needs: perhaps a token */
	char auth[64]; /* who signs; "" = nobody */
	uint32_t timeout_ms;
	otel_http_error error;
	int status;
	bool is_grpc;
	bool has_grpc_status;
	unsigned grpc_code;
	char grpc_words[256]; /* grpc-message, on one line */
	char message[512];
	char content_type[128];
	char retry_after[64];
	uint8_t body[EXCHANGE_BODY_MAX]; /* its beginning */
	size_t body_len; /* of the whole */
};

/* From here on exchanges are kept. Before there is a pipeline. */
void exchange_watch(void);

/* The last answer that an exporter got from each address, oldest first; from then on nothing is added. NULL: there was
 * none. */
const struct exchange *exchange_exports(void);

/* Fills what is known from the URL alone. false: it is none. */
bool exchange_read_url(struct exchange *exchange, const char *url);

#endif
