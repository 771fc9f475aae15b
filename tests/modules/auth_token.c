/* SPDX-License-Identifier: Apache-2.0
 *
 * auth_token.c - a vendor's authenticator: fetches tokens that expire from a server, and keeps the last one in a state
 * file for the next process. The server answers "TOKEN MILLISECONDS".
 */
#include <otel/plugin.h>

#include <stdio.h>
#include <string.h>

#define TOKEN_MAX 200

struct state {
	const otel_host *host;
	otel_setup *setup;
	const char *url;
	otel_auth_op *op;
	char token[TOKEN_MAX]; /* with "Bearer " before it */
};

static otel_status open_token(void *self, const otel_host *host, otel_setup *setup)
{
	struct state *state = self;

	if (!OTEL_OFFERS(host, auth_finish) || !OTEL_OFFERS(host, state_replace))
		return OTEL_UNSUPPORTED;
	*state = (struct state){.host = host, .setup = setup, .url = host->config_str(setup, "auth_token", "url")};
	if (state->url)
		return OTEL_OK;
	host->log(setup, OTEL_LOG_ERROR, "[auth_token] url is not set");
	return OTEL_FAILED;
}

/* Notes the token; 0: that was none. */
static unsigned take_token(struct state *state, const void *text, size_t len)
{
	char line[TOKEN_MAX], token[TOKEN_MAX - 8];
	unsigned valid_ms = 0;

	snprintf(line, sizeof line, "%.*s", (int)(len < sizeof line ? len : sizeof line - 1), (const char *)text);
	if (sscanf(line, "%191s %u", token, &valid_ms) != 2)
		return 0;
	snprintf(state->token, sizeof state->token, "Bearer %s", token);
	return valid_ms;
}

static void on_reply(void *arg, const otel_http_reply *reply)
{
	struct state *state = arg;
	char message[300] = "";
	unsigned valid_ms = 0;

	if (reply->error != OTEL_HTTP_OK)
		snprintf(message, sizeof message, "the token server: %s", reply->message);
	else if (reply->status != 200)
		snprintf(message, sizeof message, "the token server answered %d", reply->status);
	else if (!(valid_ms = take_token(state, reply->body, reply->body_len)))
		snprintf(message, sizeof message, "the token server's answer is no token");
	if (valid_ms) /* for the next process; without a directory it does without */
		state->host->state_replace(state->setup, "token", reply->body, reply->body_len);
	state->host->auth_finish(state->op, valid_ms ? OTEL_OK : OTEL_FAILED, valid_ms, message);
}

/* What another process left, for as long as nobody says that it is no good any more. */
static bool take_kept(struct state *state)
{
	char text[TOKEN_MAX];
	size_t len;

	return state->host->state_read(state->setup, "token", text, sizeof text, &len) == OTEL_OK &&
	       take_token(state, text, len);
}

static otel_status prepare(void *self, otel_auth_op *op, bool rejected)
{
	struct state *state = self;
	const otel_http_request request = {
		.size = sizeof request, .method = "GET", .url = state->url, .timeout_ms = 3000};

	state->op = op;
	if (!rejected && !*state->token && take_kept(state)) {
		state->host->auth_finish(op, OTEL_OK, 0, NULL);
		return OTEL_OK;
	}
	return state->host->http(state->setup, &request, on_reply, state, NULL);
}

static otel_status sign(void *self, const otel_http_request *request,
			void (*add_header)(void *arg, const char *name, const char *value), void *arg)
{
	const struct state *state = self;

	(void)request;
	add_header(arg, "authorization", state->token);
	return OTEL_OK;
}

static const otel_authenticator authenticator = {
	.component = {.size = sizeof authenticator, .state_size = sizeof(struct state), .open = open_token},
	.prepare = prepare,
	.sign = sign,
};

static otel_status set_up(const otel_host *host, otel_setup *setup)
{
	return host->add(setup, OTEL_COMPONENT_AUTHENTICATOR, "auth_token", &authenticator, NULL);
}

static const otel_config_row rows[] = {{.section = "auth_token",
					.key = "url",
					.env = "AUTH_TOKEN_URL",
					.type = OTEL_CONFIG_URL,
					.help = "Where tokens come from."}};

const otel_plugin otel_plugin_v1 = {
	.size = sizeof(otel_plugin),
	.abi_major = OTEL_PLUGIN_ABI_MAJOR,
	.abi_minor = OTEL_PLUGIN_ABI_MINOR,
	.name = "auth_token",
	.version = "1.0.0",
	.license = "Apache-2.0",
	.rows = rows,
	.row_count = 1,
	.setup = set_up,
};
