/* SPDX-License-Identifier: Apache-2.0
 *
 * remote_settings.c - see the header.
 */
#include "plugins/jaeger_remote/remote_settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "util/buf.h"

#define DEFAULT_ENDPOINT "http://localhost:5778/sampling"
#define MAX_URL          8192

/* ---- the argument ---- */

static bool set_endpoint(struct remote_settings *settings, struct view value)
{
	static const char *const schemes[] = {"http://", "https://"};

	for (int i = 0; i < 2; i++) {
		const size_t len = strlen(schemes[i]);
		if (value.len <= len || memcmp(value.ptr, schemes[i], len) != 0)
			continue;
		settings->endpoint = value;
		return true;
	}
	return false;
}

static bool set_interval(struct remote_settings *settings, struct view value)
{
	uint64_t ms;

	if (!str_to_u64(value, 100, INT32_MAX, &ms))
		return false;
	settings->interval_ms = (uint32_t)ms;
	return true;
}

static bool set_rate(struct remote_settings *settings, struct view value)
{
	double rate;

	if (!str_to_double(value, &rate) || !(rate >= 0.0 && rate <= 1.0))
		return false;
	settings->initial_rate = rate;
	return true;
}

static const struct {
	const char *key;
	bool (*set)(struct remote_settings *settings, struct view value);
	const char *allowed;
	bool is_hidden;
} keys[] = {
	{"endpoint", set_endpoint, "endpoint=http://HOST:PORT/PATH or https://…", true},
	{"pollingIntervalMs", set_interval, "pollingIntervalMs= 100 to 2147483647", false},
	{"initialSamplingRate", set_rate, "initialSamplingRate= 0 to 1", false},
};

static void read_element(struct remote_settings *settings, struct view element, remote_wrong_fn *wrong, void *arg)
{
	const char *equals = memchr(element.ptr, '=', element.len);
	const struct view key =
		view_trim((struct view){element.ptr, equals ? (size_t)(equals - element.ptr) : element.len});
	const struct view value =
		equals ? view_trim((struct view){equals + 1, element.len - (size_t)(equals + 1 - element.ptr)})
		       : (struct view){NULL, 0};

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		if (!view_equals(key, keys[i].key))
			continue;
		if (!keys[i].set(settings, value))
			wrong(arg, keys[i].is_hidden ? key : element, keys[i].allowed);
		return;
	}
	wrong(arg, key, "endpoint=, pollingIntervalMs=, initialSamplingRate=");
}

void remote_settings_read(struct remote_settings *settings, const char *text, remote_wrong_fn *wrong, void *arg)
{
	struct view rest = view_of(text), element;

	*settings = (struct remote_settings){
		.endpoint = view_of(DEFAULT_ENDPOINT), .interval_ms = 60000, .initial_rate = 0.001};
	while (view_split(&rest, ',', &element)) {
		element = view_trim(element);
		if (element.len)
			read_element(settings, element, wrong, arg);
	}
}

/* ---- the URL ---- */

char *remote_url(struct view endpoint, const char *service)
{
	const char *host = memmem(endpoint.ptr, endpoint.len, "://", 3);
	const size_t after = host ? (size_t)(host + 3 - endpoint.ptr) : 0;
	const char *slash = memchr(endpoint.ptr + after, '/', endpoint.len - after);
	const char *query = memchr(endpoint.ptr, '?', endpoint.len);
	struct buf url;
	size_t len;

	buf_init(&url, MAX_URL);
	buf_append(&url, endpoint.ptr, endpoint.len);
	if (!query && (!slash || slash == endpoint.ptr + endpoint.len - 1))
		buf_append_str(&url, slash ? "sampling" : "/sampling");
	buf_append_str(&url, query ? "&service=" : "?service=");
	buf_append_percent(&url, service);
	buf_append_char(&url, '\0');
	return (char *)buf_take(&url, &len);
}

/* ---- the service ---- */

static char *service_in(const char *attributes)
{
	struct view rest = view_of(attributes), element;
	char *found = NULL;

	while (view_split(&rest, ',', &element)) {
		element = view_trim(element);
		if (element.len < 13 || memcmp(element.ptr, "service.name=", 13) != 0)
			continue;
		free(found);
		found = str_percent_decode(view_trim((struct view){element.ptr + 13, element.len - 13}));
	}
	return found;
}

static char *program(void)
{
	char path[4096];
	const ssize_t len = readlink("/proc/self/exe", path, sizeof path - 1);
	const char *slash;
	char *name = NULL;

	if (len <= 0)
		return strdup("unknown_service");
	path[len] = '\0';
	slash = strrchr(path, '/');
	return asprintf(&name, "unknown_service:%s", slash ? slash + 1 : path) < 0 ? NULL : name;
}

char *remote_service(const char *service_name, const char *attributes)
{
	char *name = service_name && *service_name ? strdup(service_name) : service_in(attributes);

	if (name && *name)
		return name;
	free(name);
	return program();
}
