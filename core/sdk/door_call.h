/* SPDX-License-Identifier: Apache-2.0
 *
 * door_call.h - one request on its way through the door: our copy of it, and who waits for the answer.
 */
#ifndef OTEL_SDK_DOOR_CALL_H
#define OTEL_SDK_DOOR_CALL_H

#include <otel/plugin.h>

struct auth;
struct signature;

enum call_state {
	CALL_WAITING, /* for credentials */
	CALL_NEW, /* door_drive() will hand it over */
	CALL_RUNNING, /* in http.so */
	CALL_ENDED /* without http.so: `error` tells */
};

/* Plugins know it as otel_http_call. */
struct call {
	struct call *next;
	enum call_state state;
	otel_http_error error;
	int status; /* of an answer that was not passed on, 0 = none */
	char message[300]; /* "" = what the error says by itself */
	bool cancel;
	otel_http_call *inner; /* in http.so; NULL once cancelled */
	void (*on_reply)(void *arg, const otel_http_reply *reply);
	void *arg;
	otel_http_request request;

	/* Of requests that are signed. */
	struct auth *auth; /* NULL: not looked for yet, or nobody signs it */
	struct signature *signature;
	uint64_t deadline; /* milliseconds; 0 = http.so looks after it */
	uint64_t generation; /* of the credentials that it was signed with */
	uint64_t refused; /* of those that the backend refused, 0 = none */
};

/* NULL: out of memory. */
struct call *call_create(const otel_http_request *from);
void call_free(struct call *call);

void call_end(struct call *call, otel_http_error error);

/* ---- signing (door_auth.c); pipeline thread, nothing locked but `work` ---- */

/* Moves a waiting call on if it can be: it becomes CALL_NEW or CALL_ENDED. */
void call_authenticate(struct call *call, uint64_t now);

/* What is to be handed over now. */
otel_http_request call_request(const struct call *call, uint64_t now);

/* True when the answer is a refusal of the credentials and the call waits for others, and goes on from there. */
bool call_is_refused(struct call *call, const otel_http_reply *reply, uint64_t now);

#endif
