/* SPDX-License-Identifier: Apache-2.0
 *
 * auth.h - authenticators and what they have to sign with: who prepares when, and whether a request may go.
 *
 * All users of an authenticator share one preparation. Credentials serve until they expire; the next ones are prepared
 * ahead of that while requests are made, and after a refusal. What fails is tried again after 1 s … 60 s, and until
 * then whoever needs it fails at once. Pipeline thread only, but for auth_finish() and where it says otherwise.
 */
#ifndef OTEL_SDK_AUTH_H
#define OTEL_SDK_AUTH_H

#include <otel/plugin.h>

#include "plugin/registry.h"

#define AUTH_MAX 16u

struct auth;

struct auth_options {
	struct component *const *components; /* open */
	size_t count;
	bool allow_insecure; /* [http] allow_insecure_credentials */
};

/* Start thread, while there is no pipeline thread. */
void auth_setup(const struct auth_options *options);

/* By name, whatever its case; or the first that wants requests to the URL. NULL: there is none. */
struct auth *auth_find(const char *name);
struct auth *auth_wanting(const char *url);
const char *auth_name(const struct auth *auth);
const otel_authenticator *auth_vtable(const struct auth *auth, void **self);

/* May its credentials go to this URL? Not over plain http to another machine, unless that is allowed. */
bool auth_may_go(const char *url);

enum auth_answer {
	AUTH_READY, /* sign, with the credentials of auth_generation() */
	AUTH_WAIT, /* they are being prepared */
	AUTH_FAILED /* none are to be had for now: auth_failure() */
};

/* refused: the generation of credentials that the backend refused for this request; 0 = none. */
enum auth_answer auth_ask(struct auth *auth, uint64_t refused, uint64_t now);
uint64_t auth_generation(struct auth *auth);
uint64_t auth_took_ms(const struct auth *auth); /* the last preparation, to its end */
const char *auth_failure(const struct auth *auth);

/* Is there any use in asking again after a refusal? */
bool auth_can_prepare(const struct auth *auth);

/* The backend's word on a request that was signed anew after a refusal. */
void auth_judged(struct auth *auth, bool accepted, uint64_t now);

/* Takes in what is prepared and begins what is due. True when anything was taken in: ask again. */
bool auth_step(uint64_t now);

/* When the next step is due without anything new happening, milliseconds; UINT64_MAX = never. */
uint64_t auth_due(void);

/* Behind otel_host.auth_finish. Any thread. */
void auth_finish(otel_auth_op *op, otel_status status, uint32_t valid_ms, const char *message);

/* The pipeline ends: what is being prepared is given up. */
void auth_end(void);

/* atfork. What the parent was preparing is begun anew in the child; credentials that it had stay good. */
void auth_fork_prepare(void);
void auth_fork_parent(void);
void auth_fork_child(void);

#endif
