/* SPDX-License-Identifier: Apache-2.0
 *
 * oauth2.c - the authenticator oauth2: tokens by OAuth 2.0 client credentials (RFC 6749, 4.4), shown as bearers
 * (RFC 6750). When to ask, how to go on after a failure and how far apart many processes do so is the host's matter.
 *
 * A token is kept in memory alone.
 */
#include <otel/plugin.h>
#include <otel/version.h>

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "otlp/retry_after.h"
#include "plugins/oauth2/grant.h"
#include "plugins/oauth2/oauth2_settings.h"
#include "plugins/oauth2/secret_file.h"
#include "plugins/oauth2/token_reply.h"

#define REPLY_MAX    ((size_t)256 << 10)
#define MESSAGE_MAX  256
#define SECRET_BEGIN 16u
#define REST_MAX_MS  600000u /* a server that asks for more patience is asked again all the same */

struct oauth2 {
	const otel_host *host;
	otel_setup *setup;
	struct oauth2_settings settings;
	char *authorization; /* of the backend's requests: "Bearer …" */
	uint64_t rest_until; /* the server asked not to be asked before */
};

/* One request for a token. It has all it needs: in the child of a fork another may follow before it is answered. */
struct asking {
	struct oauth2 *oauth2;
	otel_auth_op *op;
	uint64_t begun_at;
	char *secret; /* NULL: there is none */
	struct grant grant;
};

static void asking_free(struct asking *asking)
{
	free(asking->secret);
	grant_fini(&asking->grant);
	free(asking);
}

/* ---- the answer ---- */

/* Its beginning is enough: it may have been cut. */
static bool holds(const char *words, const char *secret)
{
	return *secret && memmem(words, strlen(words), secret, strnlen(secret, SECRET_BEGIN)) != NULL;
}

/* Some servers repeat what they were sent, in one form or another. */
static bool is_telltale(struct asking *asking, const char *words)
{
	const char *basic = buf_str(&asking->grant.authorization);
	struct buf encoded;

	if (!asking->secret)
		return false;
	buf_init(&encoded, 3 * strlen(asking->secret) + 1);
	buf_append_percent(&encoded, asking->secret);
	const bool is = encoded.failed || holds(words, asking->secret) || holds(words, buf_str(&encoded)) ||
			(*basic && holds(words, basic + strlen("Basic ")));
	buf_fini(&encoded);
	return is;
}

static void explain_status(struct asking *asking, const otel_http_reply *reply, char message[MESSAGE_MAX])
{
	const char *shown = asking->oauth2->settings.shown;
	char words[TOKEN_WORDS];

	if (reply->status >= 300 && reply->status < 400)
		snprintf(message, MESSAGE_MAX, "%s answered %d; redirects are not followed", shown, reply->status);
	else if (!token_reply_error(words, (const char *)reply->body, reply->body_len))
		snprintf(message, MESSAGE_MAX, "%s answered %d", shown, reply->status);
	else if (is_telltale(asking, words))
		snprintf(message, MESSAGE_MAX, "%s answered %d in words that hold the secret", shown, reply->status);
	else
		snprintf(message, MESSAGE_MAX, "%s answered %d, %.100s", shown, reply->status, words);
}

/* Who is too busy says when to come again; the host's own time between two tries goes on beside that. */
static void rest(struct oauth2 *oauth2, const otel_http_reply *reply)
{
	const otel_host *host = oauth2->host;
	uint32_t ms = retry_after_ms(reply->retry_after, strlen(reply->retry_after), host->unix_ns() / 1000000000u);

	if (ms > REST_MAX_MS)
		ms = REST_MAX_MS;
	oauth2->rest_until = ms ? host->mono_ms() + ms + host->random() % (ms / 4 + 1) : 0;
}

/* The time that it holds begins when it was made, after the request. */
static uint32_t valid_ms(const struct asking *asking, uint64_t expires_s)
{
	const struct oauth2 *oauth2 = asking->oauth2;
	const uint64_t whole = expires_s * 1000, margin = oauth2->settings.expiry_margin_ms;
	const uint64_t gone = oauth2->host->mono_ms() - asking->begun_at + (margin < whole / 2 ? margin : whole / 2);

	if (!expires_s)
		return 0;
	if (whole < gone + 1000)
		return 1000;
	return whole - gone < UINT32_MAX ? (uint32_t)(whole - gone) : UINT32_MAX;
}

static otel_status take_token(struct asking *asking, const otel_http_reply *reply, uint32_t *valid,
			      char message[MESSAGE_MAX])
{
	struct oauth2 *oauth2 = asking->oauth2;
	struct token_reply token;
	const char *wrong = token_reply_read(&token, (const char *)reply->body, reply->body_len);
	char words[TOKEN_WORDS];

	if (!wrong) {
		free(oauth2->authorization);
		oauth2->authorization = token.authorization;
		*valid = valid_ms(asking, token.expires_s);
		return OTEL_OK;
	}
	if (token_reply_error(words, (const char *)reply->body, reply->body_len))
		explain_status(asking, reply, message); /* an error under a status of success */
	else
		snprintf(message, MESSAGE_MAX, "%s answered %d, but %s", oauth2->settings.shown, reply->status, wrong);
	return OTEL_FAILED;
}

static void on_reply(void *arg, const otel_http_reply *reply)
{
	struct asking *asking = arg;
	struct oauth2 *oauth2 = asking->oauth2;
	char message[MESSAGE_MAX] = "";
	otel_status status = OTEL_FAILED;
	uint32_t valid = 0;

	rest(oauth2, reply);
	if (reply->error != OTEL_HTTP_OK)
		snprintf(message, sizeof message, "no token from %s: %s", oauth2->settings.shown, reply->message);
	else if (reply->status >= 200 && reply->status < 300)
		status = take_token(asking, reply, &valid, message);
	else
		explain_status(asking, reply, message);
	oauth2->host->auth_finish(asking->op, status, valid, message);
	asking_free(asking);
}

/* ---- the request ---- */

static otel_status ask(struct asking *asking)
{
	const struct oauth2 *oauth2 = asking->oauth2;
	const struct oauth2_settings *settings = &oauth2->settings;
	struct grant *grant = &asking->grant;
	const otel_header headers[] = {{"Content-Type", "application/x-www-form-urlencoded"},
				       {"Accept", "application/json"},
				       {"Authorization", buf_str(&grant->authorization)}};
	const otel_http_request request = {
		.size = sizeof request,
		.method = "POST",
		.url = settings->token_url,
		.headers = headers,
		.header_count = grant->authorization.len ? 3 : 2,
		.body = grant->body.data,
		.body_len = grant->body.len,
		.timeout_ms = settings->timeout_ms,
		.max_reply = REPLY_MAX,
		.ca_file = settings->ca_file,
		.client_cert = settings->client_cert,
		.client_key = settings->client_key,
	};

	return oauth2->host->http(oauth2->setup, &request, on_reply, asking, NULL);
}

static const char *get_secret(struct asking *asking, char message[MESSAGE_MAX])
{
	const struct oauth2_settings *settings = &asking->oauth2->settings;
	const char *why = "out of memory";

	if (settings->client_auth == CLIENT_TLS)
		return NULL;
	if (settings->client_secret_file)
		asking->secret = secret_file_read(settings->client_secret_file, &why);
	else
		asking->secret = strdup(settings->client_secret);
	if (asking->secret)
		return NULL;
	snprintf(message, MESSAGE_MAX, "no secret from \"%.160s\": %s",
		 settings->client_secret_file ? settings->client_secret_file : "client_secret", why);
	return message;
}

static const char *begin(struct oauth2 *oauth2, otel_auth_op *op, char message[MESSAGE_MAX])
{
	struct oauth2_settings *settings = &oauth2->settings;
	struct asking *asking = calloc(1, sizeof *asking);
	const char *wrong;

	if (!asking)
		return "out of memory";
	asking->oauth2 = oauth2;
	asking->op = op;
	asking->begun_at = oauth2->host->mono_ms();
	wrong = get_secret(asking, message);
	if (!wrong && !grant_make(&asking->grant, settings->client_auth, buf_str(&settings->fixed), settings->client_id,
				  asking->secret))
		wrong = "out of memory";
	if (!wrong && ask(asking) != OTEL_OK)
		wrong = "the request for a token could not be made";
	if (wrong)
		asking_free(asking);
	return wrong;
}

static otel_status prepare(void *self, otel_auth_op *op, bool rejected)
{
	struct oauth2 *oauth2 = self;
	char message[MESSAGE_MAX];
	const char *wrong = "the authorization server asked for patience";

	(void)rejected; /* a new token either way */
	if (oauth2->host->mono_ms() >= oauth2->rest_until)
		wrong = begin(oauth2, op, message);
	if (wrong)
		oauth2->host->auth_finish(op, OTEL_FAILED, 0, wrong);
	return OTEL_OK;
}

static otel_status sign(void *self, const otel_http_request *request,
			void (*add_header)(void *arg, const char *name, const char *value), void *arg)
{
	const struct oauth2 *oauth2 = self;

	(void)request;
	if (!oauth2->authorization)
		return OTEL_FAILED;
	add_header(arg, "Authorization", oauth2->authorization);
	return OTEL_OK;
}

/* ---- life ---- */

static void close_oauth2(void *self)
{
	struct oauth2 *oauth2 = self;

	free(oauth2->authorization);
	oauth2->authorization = NULL;
	oauth2_settings_fini(&oauth2->settings);
}

static otel_status open_oauth2(void *self, const otel_host *host, otel_setup *setup)
{
	struct oauth2 *oauth2 = self;

	if (!OTEL_OFFERS(host, http) || !OTEL_OFFERS(host, auth_finish))
		return OTEL_UNSUPPORTED;
	*oauth2 = (struct oauth2){.host = host, .setup = setup};
	/* Otherwise jansson reads /dev/urandom when it makes its first object. */
	json_object_seed((size_t)host->random() | 1);
	if (oauth2_settings_read(&oauth2->settings, host, setup))
		return OTEL_OK;
	close_oauth2(self);
	return OTEL_FAILED;
}

static const otel_authenticator authenticator = {
	.component = {.size = sizeof authenticator,
		      .state_size = sizeof(struct oauth2),
		      .open = open_oauth2,
		      .close = close_oauth2},
	.prepare = prepare,
	.sign = sign,
};

static otel_status set_up(const otel_host *host, otel_setup *setup)
{
	return host->add(setup, OTEL_COMPONENT_AUTHENTICATOR, "oauth2", &authenticator, NULL);
}

OTEL_EXPORT extern const otel_plugin otel_plugin_v1;
const otel_plugin otel_plugin_v1 = {
	.size = sizeof(otel_plugin),
	.abi_major = OTEL_PLUGIN_ABI_MAJOR,
	.abi_minor = OTEL_PLUGIN_ABI_MINOR,
	.name = "oauth2",
	.version = OTEL_C_VERSION,
	.license = "Apache-2.0",
	.rows = oauth2_rows,
	.row_count = OAUTH2_ROWS,
	.setup = set_up,
};
