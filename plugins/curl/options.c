/* SPDX-License-Identifier: Apache-2.0
 *
 * options.c - follows libcurl's own book-keeping of the request: which option implies which method.
 */
#include "plugins/curl/options.h"

#include <curl/curl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void note_get(struct handle *h, void *value)
{
	if (!value)
		return;
	h->verb = VERB_GET;
	h->upload = false;
	h->no_body = false;
}

static void note_post(struct handle *h, void *value)
{
	h->verb = value ? VERB_POST : VERB_GET;
	if (value)
		h->no_body = false;
}

static void note_form(struct handle *h, void *value)
{
	(void)value;
	h->verb = VERB_POST;
	h->no_body = false;
}

static void note_fields(struct handle *h, void *value)
{
	(void)value;
	h->verb = VERB_POST;
}

static void note_upload(struct handle *h, void *value)
{
	h->upload = value != NULL;
	h->verb = value ? VERB_PUT : VERB_GET;
	if (value)
		h->no_body = false;
}

static void note_no_body(struct handle *h, void *value)
{
	h->no_body = value != NULL;
	if (value)
		h->verb = VERB_HEAD;
	else if (h->verb == VERB_HEAD)
		h->verb = VERB_GET;
}

static void note_custom(struct handle *h, void *value)
{
	snprintf(h->custom, sizeof h->custom, "%s", value ? (const char *)value : "");
}

static void note_headers(struct handle *h, void *value)
{
	h->headers = value;
}

static void note_url(struct handle *h, void *value)
{
	free(h->url);
	h->url = value ? strdup(value) : NULL;
}

static void note_parsed_url(struct handle *h, void *value)
{
	h->parsed_url = value;
}

static void note_port(struct handle *h, void *value)
{
	h->port = (long)(intptr_t)value;
}

static void note_scheme(struct handle *h, void *value)
{
	snprintf(h->scheme, sizeof h->scheme, "%s", value ? (const char *)value : "");
}

/* Numbers, not names: libcurl has since deprecated some of the names. */
enum { OPT_PUT = 54, OPT_HTTPPOST = 10024 };

static const struct {
	int option;
	void (*note)(struct handle *handle, void *value);
} notes[] = {
	{CURLOPT_URL, note_url},          {CURLOPT_HTTPHEADER, note_headers}, {CURLOPT_HTTPGET, note_get},
	{CURLOPT_POST, note_post},        {CURLOPT_POSTFIELDS, note_fields},  {CURLOPT_COPYPOSTFIELDS, note_fields},
	{CURLOPT_MIMEPOST, note_form},    {OPT_HTTPPOST, note_form},          {CURLOPT_UPLOAD, note_upload},
	{OPT_PUT, note_upload},           {CURLOPT_NOBODY, note_no_body},     {CURLOPT_CUSTOMREQUEST, note_custom},
	{CURLOPT_CURLU, note_parsed_url}, {CURLOPT_PORT, note_port},          {CURLOPT_DEFAULT_PROTOCOL, note_scheme},
};

void options_note(struct handle *handle, int option, void *value)
{
	for (size_t i = 0; i < sizeof notes / sizeof *notes; i++)
		if (notes[i].option == option)
			notes[i].note(handle, value);
}

const char *options_method(const struct handle *handle)
{
	static const char *const verbs[] = {
		[VERB_GET] = "GET", [VERB_HEAD] = "HEAD", [VERB_POST] = "POST", [VERB_PUT] = "PUT"};

	if (handle->custom[0])
		return handle->custom;
	if (handle->no_body)
		return "HEAD";
	return handle->upload ? "PUT" : verbs[handle->verb];
}
