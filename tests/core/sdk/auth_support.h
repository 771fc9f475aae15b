/* SPDX-License-Identifier: Apache-2.0
 *
 * auth_support.h - an authenticator of our own, a backend that takes nothing but what is signed as it should be, and
 * the real http.so between them. Every case has a process of its own, whose thread does the pipeline's work.
 */
#ifndef TESTS_SDK_AUTH_SUPPORT_H
#define TESTS_SDK_AUTH_SUPPORT_H

#include <check.h>
#include <stdio.h>

#include "core/http/http_support.h"
#include "core/sdk/pipeline_support.h"
#include "sdk/auth.h"
#include "support/child.h"
#include "util/clock.h"

/* The backend: takes "Bearer N" where N is the number of the day. */
struct backend {
	_Atomic int good; /* the token it takes; -1 = none */
	_Atomic int refusal; /* 401 or 403 */
	_Atomic bool is_silent; /* reads a request and nothing more */
	_Atomic int accepted;
	_Atomic int refused; /* with another token */
	_Atomic int unsigned_;
	_Atomic int bad; /* body or headers that are not as they were sent */
};

extern struct backend *backend;
extern struct server server;

/* The authenticator: each preparation gives the next token. */
struct fake_auth {
	int prepared; /* calls */
	int rejected; /* of them, after a refusal */
	int token;
	otel_status answer; /* of prepare() itself */
	otel_status end; /* that auth_finish() tells */
	uint32_t valid_ms;
	uint32_t delay_ms; /* until it tells; 0 = at once, UINT32_MAX = never */
	otel_status sign;
	otel_auth_op *op;
	otel_http_request seen;
	char seen_host[64];
	bool cannot_prepare;
};

extern struct fake_auth fake;

void fake_finish(void *op);

/* Starts the backend and the pipeline with that authenticator, "fake"; or the pipeline alone. */
void auth_start(void);
void auth_start_pipeline(bool allow_insecure);

struct answer {
	int count;
	otel_http_error error;
	int status;
	bool sent;
	char message[300];
	otel_http_call *call;
};

void answer_on_reply(void *answer, const otel_http_reply *reply);

/* Submits a request to be signed by the authenticator of that name. */
void ask_for(struct answer *answer, const char *url, const char *auth, uint32_t timeout_ms);
#define ask(answer) ask_for(answer, server.url, "fake", 20000)

/* Polls until it is answered, at most 30 s. */
bool is_answered(struct answer *answer);
bool is_accepted(struct answer *answer);

/* Asks until it is accepted, at most 30 s. */
bool is_accepted_at_last(struct answer *answer);

#define CASE(name)                                                                                                     \
	static bool name##_case(void);                                                                                 \
	START_TEST(name)                                                                                               \
	{                                                                                                              \
		ck_assert(in_child(name##_case));                                                                      \
	}                                                                                                              \
	END_TEST                                                                                                       \
	static bool name##_case(void)

#define EXPECT(condition)                                                                                              \
	do {                                                                                                           \
		if (!(condition)) {                                                                                    \
			fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);                                \
			return false;                                                                                  \
		}                                                                                                      \
	} while (0)

/* Polls until it is so, at most 30 s. */
#define POLL_UNTIL(condition)                                                                                          \
	do {                                                                                                           \
		for (uint64_t end = clock_mono_ms() + 30000; !(condition) && clock_mono_ms() < end;)                   \
			pipeline_poll(5);                                                                              \
		EXPECT(condition);                                                                                     \
	} while (0)

#endif
