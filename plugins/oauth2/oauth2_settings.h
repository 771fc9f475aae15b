/* SPDX-License-Identifier: Apache-2.0
 *
 * oauth2_settings.h - the section [auth.oauth2], read and checked once.
 */
#ifndef PLUGINS_OAUTH2_OAUTH2_SETTINGS_H
#define PLUGINS_OAUTH2_OAUTH2_SETTINGS_H

#include <otel/plugin.h>

#include "plugins/oauth2/grant.h"

/* The strings are the configuration's. */
struct oauth2_settings {
	const char *token_url;
	char shown[112]; /* of it, for messages: without its query */
	enum client_auth client_auth;
	const char *client_id;
	const char *client_secret;
	const char *client_secret_file; /* wins */
	struct buf fixed; /* of the request: grant_begin() */
	uint32_t timeout_ms;
	uint32_t expiry_margin_ms;
	const char *ca_file;
	const char *client_cert;
	const char *client_key;
};

#define OAUTH2_ROWS 13
extern const otel_config_row oauth2_rows[OAUTH2_ROWS];

/* False: a line has said why no token can be had. To be ended either way. */
bool oauth2_settings_read(struct oauth2_settings *settings, const otel_host *host, otel_setup *setup);
void oauth2_settings_fini(struct oauth2_settings *settings);

#endif
