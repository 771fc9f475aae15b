/* SPDX-License-Identifier: Apache-2.0
 *
 * client.c - a plugin that uses the easy interface of libcurl; built once for each flavour of Debian's libcurl, from
 * prototypes of its own since one set of headers cannot be for both.
 */
#include <stddef.h>

void *curl_easy_init(void);
int curl_easy_setopt(void *easy, int option, ...);
int curl_easy_perform(void *easy);
void curl_easy_reset(void *easy);
void *curl_easy_duphandle(void *easy);
void curl_easy_cleanup(void *easy);

enum { WRITEFUNCTION = 20011, WRITEDATA = 10001, URL = 10002 };

int client_get(const char *url, int nested);
int client_tail(void *easy);
void *client_new(const char *url);

static size_t discard(char *data, size_t size, size_t n, void *arg)
{
	const char *nested = arg;

	(void)data;
	if (nested)
		client_get(nested, 0);
	return size * n;
}

/* What libcurl answers; with `nested`, a second request is made from within the first. */
__attribute__((visibility("default"))) int client_get(const char *url, int nested)
{
	void *original = curl_easy_init();
	void *easy;
	int code;

	curl_easy_setopt(original, URL, "http://127.0.0.1:1/");
	curl_easy_reset(original);
	curl_easy_setopt(original, URL, url);
	curl_easy_setopt(original, WRITEFUNCTION, discard);
	curl_easy_setopt(original, WRITEDATA, nested ? url : NULL);
	easy = curl_easy_duphandle(original);
	curl_easy_cleanup(original);
	code = curl_easy_perform(easy);
	curl_easy_cleanup(easy);
	return code;
}

__attribute__((visibility("default"))) void *client_new(const char *url)
{
	void *easy = curl_easy_init();

	curl_easy_setopt(easy, URL, url);
	curl_easy_setopt(easy, WRITEFUNCTION, discard);
	curl_easy_setopt(easy, WRITEDATA, NULL);
	return easy;
}

/* Built with optimisation, the compiler makes a jump of it: libcurl then seems to be called by our caller. */
__attribute__((visibility("default"))) int client_tail(void *easy)
{
	return curl_easy_perform(easy);
}
