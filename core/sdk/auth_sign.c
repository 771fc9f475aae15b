/* SPDX-License-Identifier: Apache-2.0
 *
 * auth_sign.c - see the header. sign() sees the headers as they were; what it adds goes into a second list.
 */
#include "sdk/auth_sign.h"

#include <stdlib.h>
#include <string.h>

#include "sdk/auth_url.h"
#include "util/str.h"

#define ADDED_MAX       32u
#define ADDED_BYTES_MAX ((size_t)64 << 10)
#define HOST_MAX        300u

/* One block, with the two lists behind it. */
struct draft {
	struct signature signature; /* first: it is what callers hold */
	char *copies[ADDED_MAX]; /* "name\0value" */
	size_t copy_count;
	size_t bytes;
	const char *trouble; /* with what sign() added */
	char host[HOST_MAX];
	otel_header lists[];
};

static bool is_name(const char *name)
{
	for (const char *p = name; *p; p++)
		if (*p <= ' ' || *p == 0x7f || strchr("()<>@,;:\\\"/[]?={}", *p))
			return false;
	return *name != '\0';
}

static bool is_value(const char *value)
{
	for (const char *p = value; *p; p++)
		if (((unsigned char)*p < ' ' && *p != '\t') || *p == 0x7f)
			return false;
	return true;
}

static const char *copy(struct draft *draft, const char *name, const char *value)
{
	const size_t name_size = strlen(name) + 1, value_size = strlen(value) + 1;

	if (draft->copy_count == ADDED_MAX || name_size + value_size > ADDED_BYTES_MAX - draft->bytes) {
		draft->trouble = "it adds more than 32 headers or 64 KiB";
		return NULL;
	}
	char *text = malloc(name_size + value_size);
	if (!text) {
		draft->trouble = "out of memory";
		return NULL;
	}
	memcpy(text, name, name_size);
	memcpy(text + name_size, value, value_size);
	draft->bytes += name_size + value_size;
	draft->copies[draft->copy_count++] = text;
	return text;
}

/* Takes the place of the first header of that name, and the others go. */
static void put(struct signature *signature, const char *name, const char *value)
{
	otel_header *headers = signature->headers;
	bool placed = false;
	size_t kept = 0;

	for (size_t i = 0; i < signature->count; i++) {
		otel_header header = headers[i];
		if (str_equals_nocase(header.name, name)) {
			if (placed)
				continue;
			header = (otel_header){name, value};
			placed = true;
		}
		headers[kept++] = header;
	}
	if (!placed)
		headers[kept++] = (otel_header){name, value};
	signature->count = kept;
}

static void add_header(void *arg, const char *name, const char *value)
{
	struct draft *draft = arg;

	if (draft->trouble)
		return;
	if (!name || !value || !is_name(name) || !is_value(value)) {
		draft->trouble = "it adds a header that is none";
		return;
	}
	const char *text = copy(draft, name, value);
	if (text)
		put(&draft->signature, text, text + strlen(text) + 1);
}

static bool has_host(const otel_http_request *request)
{
	for (size_t i = 0; i < request->header_count; i++)
		if (str_equals_nocase(request->headers[i].name, "Host"))
			return true;
	return false;
}

/* libcurl would add a Host, which most signatures cover: so it is added here, and libcurl sends this one. */
static struct draft *draft_create(const otel_http_request *request, otel_http_request *seen)
{
	const size_t seen_max = request->header_count + 1;
	struct draft *draft = calloc(1, sizeof(*draft) + (2 * seen_max + ADDED_MAX) * sizeof(otel_header));

	if (!draft)
		return NULL;
	size_t count = request->header_count;
	if (count)
		memcpy(draft->lists, request->headers, count * sizeof(otel_header));
	if (!has_host(request) && url_host(request->url, draft->host, sizeof(draft->host)))
		draft->lists[count++] = (otel_header){"Host", draft->host};
	*seen = *request;
	seen->headers = draft->lists;
	seen->header_count = count;
	draft->signature.headers = draft->lists + seen_max;
	draft->signature.count = count;
	if (count)
		memcpy(draft->signature.headers, draft->lists, count * sizeof(otel_header));
	return draft;
}

struct signature *signature_make(struct auth *auth, const otel_http_request *request, const char **why)
{
	otel_http_request seen;
	void *self;
	const otel_authenticator *vtable = auth_vtable(auth, &self);
	struct draft *draft = draft_create(request, &seen);

	if (!draft) {
		*why = "out of memory";
		return NULL;
	}
	if (vtable->sign(self, &seen, add_header, draft) != OTEL_OK && !draft->trouble)
		draft->trouble = "it did not sign the request";
	if (!draft->trouble)
		return &draft->signature;
	*why = draft->trouble;
	signature_free(&draft->signature);
	return NULL;
}

void signature_free(struct signature *signature)
{
	struct draft *draft = (struct draft *)(void *)signature;

	if (!draft)
		return;
	for (size_t i = 0; i < draft->copy_count; i++)
		free(draft->copies[i]);
	free(draft);
}
