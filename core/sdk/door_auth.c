/* SPDX-License-Identifier: Apache-2.0
 *
 * door_auth.c - requests that are signed: who signs, when they may go, and what becomes of a refusal. Nothing leaves
 * unsigned.
 */
#include <stdio.h>
#include <string.h>

#include "sdk/auth_sign.h"
#include "sdk/door_call.h"
#include "util/diag.h"
#include "util/str.h"

__attribute__((format(printf, 3, 4))) static void give_up(struct call *call, otel_http_error error, const char *format,
							  ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(call->message, sizeof(call->message), format, args);
	va_end(args);
	call_end(call, error);
}

/* Who signs it; false when that is settled without anybody. */
static bool find_signer(struct call *call)
{
	const otel_http_request *request = &call->request;

	if (str_equals_nocase(request->auth, "auto")) {
		call->auth = auth_wanting(request->url);
		if (!call->auth)
			call->state = CALL_NEW;
	} else {
		call->auth = auth_find(request->auth);
		if (!call->auth)
			give_up(call, OTEL_HTTP_INVALID, "there is no authenticator \"%.64s\"", request->auth);
	}
	if (!call->auth || auth_may_go(request->url))
		return call->auth != NULL;
	give_up(call, OTEL_HTTP_INVALID,
		"credentials of authenticator \"%s\" are not sent over plain http to another machine: use https, or "
		"set "
		"OTEL_C_HTTP_ALLOW_INSECURE_CREDENTIALS=true",
		auth_name(call->auth));
	return false;
}

static void sign(struct call *call)
{
	const char *why = "";
	struct signature *signature = signature_make(call->auth, &call->request, &why);

	signature_free(call->signature);
	call->signature = signature;
	if (signature) {
		call->generation = auth_generation(call->auth);
		call->state = CALL_NEW;
		return;
	}
	diag(DIAG_WARN, "authenticator \"%s\": %s; the request is not sent", auth_name(call->auth), why);
	give_up(call, OTEL_HTTP_AUTH, "authenticator \"%s\": %s", auth_name(call->auth), why);
}

void call_authenticate(struct call *call, uint64_t now)
{
	if (!call->auth && !find_signer(call))
		return;
	if (now >= call->deadline) {
		give_up(call, OTEL_HTTP_AUTH, "authenticator \"%s\" had no credentials in time", auth_name(call->auth));
		diag(DIAG_WARN, "%s", call->message);
		return;
	}
	switch (auth_ask(call->auth, call->refused, now)) {
	case AUTH_READY:
		sign(call);
		break;
	case AUTH_WAIT:
		break;
	case AUTH_FAILED:
		give_up(call, OTEL_HTTP_AUTH, "authenticator \"%s\": %s%s", auth_name(call->auth),
			call->refused ? "its credentials were refused, and there are no others: " : "",
			auth_failure(call->auth));
		break;
	}
}

/* What time the waiting took is no longer there for the exchange. */
otel_http_request call_request(const struct call *call, uint64_t now)
{
	otel_http_request request = call->request;

	if (!call->signature)
		return request;
	request.headers = call->signature->headers;
	request.header_count = call->signature->count;
	request.timeout_ms = call->deadline > now ? (uint32_t)(call->deadline - now) : 1;
	return request;
}

/* UNAUTHENTICATED and PERMISSION_DENIED: what gRPC says for 401 and 403, with the status 200. */
static bool is_grpc_refusal(const otel_http_reply *reply)
{
	for (size_t i = reply->header_count; i > 0; i--) /* the trailers count */
		if (str_equals_nocase(reply->headers[i - 1].name, "grpc-status"))
			return !strcmp(reply->headers[i - 1].value, "16") || !strcmp(reply->headers[i - 1].value, "7");
	return false;
}

bool call_is_refused(struct call *call, const otel_http_reply *reply, uint64_t now)
{
	const bool is_answer = call->auth && reply->error == OTEL_HTTP_OK;
	const bool is_refusal = is_answer && (reply->status == 401 || reply->status == 403 || is_grpc_refusal(reply));

	if (is_answer && call->refused)
		auth_judged(call->auth, !is_refusal, now);
	if (!is_refusal || call->refused || call->cancel || now >= call->deadline || !auth_can_prepare(call->auth))
		return false;
	call->refused = call->generation;
	call->status = reply->status;
	call->inner = NULL;
	call->state = CALL_WAITING;
	return true;
}
