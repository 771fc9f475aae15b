/* SPDX-License-Identifier: Apache-2.0
 *
 * splunk.h - the parts of the Splunk distro, one file each, as distro.c runs them.
 */
#ifndef OTEL_SPLUNK_SPLUNK_H
#define OTEL_SPLUNK_SPLUNK_H

#include <otel/plugin.h>

#define SPLUNK_TOKEN_HEADER "X-SF-Token"

/* A setting without the blanks around it: people paste. */
struct splunk_text {
	const char *ptr;
	size_t len; /* 0 when unset or blank */
};
struct splunk_text splunk_setting(const otel_host *host, otel_setup *setup, const char *key);

/* endpoint.c: the realm becomes the default endpoint. True when spans will go straight to Splunk. */
bool splunk_realm_is_valid(const char *realm, size_t len);
otel_status splunk_set_endpoint(const otel_host *host, otel_setup *setup, bool *direct);

/* token.c: the access token becomes a header. *set tells whether there is one. */
otel_status splunk_set_token(const otel_host *host, otel_setup *setup, bool *set);

#endif
