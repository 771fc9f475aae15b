/* SPDX-License-Identifier: Apache-2.0
 *
 * credentials.c - see credentials.h.
 */
#include "tools/otel-c/doctor/credentials.h"

#include "sdk/auth.h"
#include "tools/otel-c/doctor/exchange.h"
#include "util/str.h"

static struct auth *find(const char *name)
{
	const struct exchange *exchange = exchange_exports();

	if (!str_equals_nocase(name, "auto"))
		return auth_find(name);
	return exchange ? auth_wanting(exchange->shown) : NULL;
}

void credentials_report(struct report *report, const struct config *config)
{
	const char *name = config_str(config, "exporter.otlp.traces", "auth");

	if (!name)
		name = config_str(config, "exporter.otlp", "auth");
	if (!name || !*name || str_equals_nocase(name, "none"))
		return;
	struct auth *auth = find(name);
	if (auth && !auth_can_prepare(auth))
		report_ok(report, "auth", REPORT_UNTIMED, "%s needs nothing to prepare", auth_name(auth));
	else if (auth && auth_generation(auth))
		report_ok(report, "auth", (int64_t)auth_took_ms(auth), "%s got credentials", auth_name(auth));
}
