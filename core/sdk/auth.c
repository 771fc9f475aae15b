/* SPDX-License-Identifier: Apache-2.0
 *
 * auth.c - see the header.
 */
#include "sdk/auth.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "sdk/auth_url.h"
#include "sdk/http_door.h"
#include "util/clock.h"
#include "util/diag.h"
#include "util/rand.h"
#include "util/str.h"

enum {
	MESSAGE_MAX = 256,
	BACKOFF_MS = 1000,
	BACKOFF_MAX_MS = 48000, /* before it is spread: a minute */
	MARGIN_MAX_MS = 60000, /* how long before the end the next credentials are prepared; or a fifth of their life */
};

struct auth {
	const otel_authenticator *vtable;
	void *self;
	const char *name;

	uint64_t generation; /* of the credentials that are there; 0 = none yet */
	uint64_t valid_until;
	uint64_t renew_at;
	bool used; /* since they were prepared: nobody renews for an idle process */

	bool wanted; /* somebody waits for new ones */
	bool refused; /* the backend refused those that are there, and so they rest while others are prepared */
	uint32_t failures; /* in a row; of preparations, and of credentials that were no better than those before */
	uint64_t next_try;
	uint64_t begun_at;
	uint64_t took_ms; /* of the last preparation that ended */
	char failure[MESSAGE_MAX];

	/* The running preparation. Under `lock`. */
	uint64_t op; /* 0 = none */
	bool landed; /* what follows is its outcome */
	otel_status status;
	uint32_t valid_ms;
	char message[MESSAGE_MAX];
};

static struct auth auths[AUTH_MAX];
static size_t auth_count;
static bool allow_insecure;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static uint64_t op_count; /* under `lock` */
static uint64_t op_given_up; /* ops up to this one end unheard */

/* ---- set-up ---- */

/* Under `lock`, or alone. */
static void give_up_all(void)
{
	op_given_up = op_count;
	for (size_t i = 0; i < auth_count; i++) {
		auths[i].op = 0;
		auths[i].landed = false;
		auths[i].refused = false;
		auths[i].wanted = false;
		auths[i].used = false;
	}
}

void auth_setup(const struct auth_options *options)
{
	pthread_mutex_lock(&lock);
	give_up_all();
	auth_count = 0;
	for (size_t i = 0; i < options->count && i < AUTH_MAX; i++) {
		const struct component *c = options->components[i];
		auths[auth_count++] = (struct auth){.vtable = c->vtable, .self = c->self, .name = c->name};
	}
	allow_insecure = options->allow_insecure;
	pthread_mutex_unlock(&lock);
}

struct auth *auth_find(const char *name)
{
	for (size_t i = 0; i < auth_count; i++)
		if (str_equals_nocase(auths[i].name, name))
			return &auths[i];
	return NULL;
}

struct auth *auth_wanting(const char *url)
{
	for (size_t i = 0; i < auth_count; i++)
		if (auths[i].vtable->wants && auths[i].vtable->wants(auths[i].self, url))
			return &auths[i];
	return NULL;
}

const char *auth_name(const struct auth *auth)
{
	return auth->name;
}

const otel_authenticator *auth_vtable(const struct auth *auth, void **self)
{
	*self = auth->self;
	return auth->vtable;
}

bool auth_may_go(const char *url)
{
	return allow_insecure || url_keeps_secrets(url);
}

/* ---- asking ---- */

bool auth_can_prepare(const struct auth *auth)
{
	return auth->vtable->prepare != NULL;
}

static bool is_running(const struct auth *auth)
{
	pthread_mutex_lock(&lock);
	const bool running = auth->op != 0;
	pthread_mutex_unlock(&lock);
	return running;
}

enum auth_answer auth_ask(struct auth *auth, uint64_t refused, uint64_t now)
{
	const bool is_refused = refused == auth->generation && refused;

	if (auth->generation && now < auth->valid_until && !auth->refused && !is_refused)
		return AUTH_READY;
	if (is_running(auth))
		return AUTH_WAIT;
	if (now < auth->next_try)
		return AUTH_FAILED;
	auth->wanted = true;
	auth->refused = auth->refused || is_refused; /* perhaps for somebody else, a moment ago */
	return AUTH_WAIT;
}

uint64_t auth_generation(struct auth *auth)
{
	auth->used = true;
	return auth->generation;
}

uint64_t auth_took_ms(const struct auth *auth)
{
	return auth->took_ms;
}

const char *auth_failure(const struct auth *auth)
{
	return auth->failure;
}

/* ---- trying again ---- */

/* Up to a quarter more, so that many processes do not come back at the same time. */
static uint64_t spread(uint64_t ms)
{
	struct rand_state state;

	rand_seed(&state);
	return ms + rand_next(&state) % (ms / 4 + 1);
}

static void back_off(struct auth *auth, uint64_t now)
{
	const uint32_t doublings = auth->failures < 6 ? auth->failures : 6;
	const uint64_t ms = (uint64_t)BACKOFF_MS << doublings;

	auth->failures++;
	auth->next_try = now + spread(ms < BACKOFF_MAX_MS ? ms : BACKOFF_MAX_MS);
}

void auth_judged(struct auth *auth, bool accepted, uint64_t now)
{
	if (accepted) {
		auth->failures = 0;
		return;
	}
	snprintf(auth->failure, sizeof(auth->failure), "new credentials were refused as well");
	back_off(auth, now);
}

/* ---- preparing ---- */

static void land(uint64_t op, otel_status status, uint32_t valid_ms, const char *message)
{
	struct auth *auth = &auths[op % AUTH_MAX];

	auth->landed = true;
	auth->status = status;
	auth->valid_ms = valid_ms;
	auth->message[0] = '\0';
	if (message)
		str_scrub_line(auth->message, sizeof(auth->message), message, strlen(message));
}

void auth_finish(otel_auth_op *op, otel_status status, uint32_t valid_ms, const char *message)
{
	const uint64_t number = (uintptr_t)op;
	const char *name = "?";

	pthread_mutex_lock(&lock);
	const struct auth *auth = &auths[number % AUTH_MAX];
	const bool is_good = number && auth->op == number && !auth->landed;
	const bool is_late = number / AUTH_MAX <= op_given_up;
	if (is_good)
		land(number, status, valid_ms, message);
	else if (auth->name)
		name = auth->name;
	pthread_mutex_unlock(&lock);
	if (is_good)
		door_wake();
	else if (!is_late)
		diag(DIAG_ERROR, "authenticator \"%s\" finished a preparation twice; only the first result counts",
		     name);
}

static void begin(struct auth *auth)
{
	otel_status status = OTEL_OK;

	auth->wanted = false;
	auth->used = false;
	auth->begun_at = clock_mono_ms();
	pthread_mutex_lock(&lock);
	const uint64_t op = ++op_count * AUTH_MAX + (uint64_t)(auth - auths);
	auth->op = op;
	auth->landed = false;
	pthread_mutex_unlock(&lock);
	if (auth->vtable->prepare)
		status = auth->vtable->prepare(auth->self, (otel_auth_op *)(uintptr_t)op, auth->refused);
	pthread_mutex_lock(&lock);
	if (auth->op == op && !auth->landed && (status != OTEL_OK || !auth->vtable->prepare))
		land(op, status, 0, NULL);
	pthread_mutex_unlock(&lock);
}

static void succeed(struct auth *auth, uint32_t valid_ms, uint64_t now)
{
	const uint64_t margin = valid_ms / 5 < MARGIN_MAX_MS ? valid_ms / 5 : MARGIN_MAX_MS;

	if (!auth->refused) /* else the backend has yet to say whether they are any better */
		auth->failures = 0;
	auth->next_try = 0;
	auth->generation++;
	auth->valid_until = valid_ms ? now + valid_ms : UINT64_MAX;
	auth->renew_at = valid_ms ? auth->valid_until - spread(margin) : UINT64_MAX;
	auth->refused = false;
}

/* Credentials that still hold go on serving whoever was not refused. */
static void fail(struct auth *auth, const char *message, uint64_t now)
{
	snprintf(auth->failure, sizeof(auth->failure), "%s", *message ? message : "it has no credentials");
	auth->refused = false;
	back_off(auth, now);
	diag(DIAG_WARN, "authenticator \"%s\": %s; will try again", auth->name, auth->failure);
}

static bool take_in(struct auth *auth, uint64_t now)
{
	char message[MESSAGE_MAX];

	pthread_mutex_lock(&lock);
	const bool landed = auth->op && auth->landed;
	const otel_status status = auth->status;
	const uint32_t valid_ms = auth->valid_ms;
	if (landed) {
		auth->op = 0;
		memcpy(message, auth->message, sizeof(message));
	}
	pthread_mutex_unlock(&lock);
	if (!landed)
		return false;
	auth->took_ms = clock_mono_ms() - auth->begun_at;
	if (status == OTEL_OK)
		succeed(auth, valid_ms, now);
	else
		fail(auth, message, now);
	return true;
}

static bool is_due(const struct auth *auth, uint64_t now)
{
	if (auth->wanted)
		return true;
	return auth->used && now >= auth->renew_at && now >= auth->next_try && auth->vtable->prepare;
}

bool auth_step(uint64_t now)
{
	bool any = false;

	for (size_t i = 0; i < auth_count; i++) {
		struct auth *auth = &auths[i];
		any = take_in(auth, now) || any;
		if (!is_due(auth, now) || is_running(auth))
			continue;
		begin(auth);
		any = take_in(auth, now) || any;
	}
	return any;
}

uint64_t auth_due(void)
{
	uint64_t due = UINT64_MAX;

	for (size_t i = 0; i < auth_count; i++) {
		const struct auth *auth = &auths[i];
		if (auth->wanted)
			return 0;
		if (!auth->used || auth->renew_at == UINT64_MAX || is_running(auth))
			continue;
		const uint64_t at = auth->renew_at > auth->next_try ? auth->renew_at : auth->next_try;
		due = at < due ? at : due;
	}
	return due;
}

void auth_end(void)
{
	pthread_mutex_lock(&lock);
	give_up_all();
	pthread_mutex_unlock(&lock);
}

/* ---- fork ---- */

void auth_fork_prepare(void)
{
	pthread_mutex_lock(&lock);
}

void auth_fork_parent(void)
{
	pthread_mutex_unlock(&lock);
}

void auth_fork_child(void)
{
	pthread_mutex_init(&lock, NULL);
	give_up_all();
}
