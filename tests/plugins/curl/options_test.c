/* SPDX-License-Identifier: Apache-2.0
 *
 * options_test.c - the method libcurl will send, told from the options alone. The expectations were read off what
 * libcurl 7.88 sends.
 */
#include "plugins/curl/options.h"

#include <curl/curl.h>

#include "support/suite.h"

#define ON  ((void *)1)
#define OFF ((void *)0)

/* Numbers of options whose names are deprecated by now. */
enum { PUT = 54, HTTPPOST = 10024, STEPS = 4 };

static const struct {
	const char *method;
	struct {
		int option;
		void *value;
	} steps[STEPS];
} vectors[] = {
	{"GET", {{CURLOPT_VERBOSE, ON}}},
	{"POST", {{CURLOPT_POST, ON}}},
	{"GET", {{CURLOPT_POST, ON}, {CURLOPT_POST, OFF}}},
	{"GET", {{CURLOPT_POST, ON}, {CURLOPT_HTTPGET, ON}}},
	{"POST", {{CURLOPT_POST, ON}, {CURLOPT_HTTPGET, OFF}}},
	{"POST", {{CURLOPT_POSTFIELDS, (void *)"a=b"}}},
	{"POST", {{CURLOPT_COPYPOSTFIELDS, (void *)"a=b"}}},
	{"POST", {{CURLOPT_MIMEPOST, ON}}},
	{"POST", {{HTTPPOST, ON}}},
	{"PUT", {{CURLOPT_UPLOAD, ON}}},
	{"PUT", {{PUT, ON}}},
	{"GET", {{CURLOPT_UPLOAD, ON}, {CURLOPT_UPLOAD, OFF}}},
	{"GET", {{CURLOPT_UPLOAD, ON}, {CURLOPT_HTTPGET, ON}}},
	{"HEAD", {{CURLOPT_NOBODY, ON}}},
	{"GET", {{CURLOPT_NOBODY, ON}, {CURLOPT_NOBODY, OFF}}},
	{"GET", {{CURLOPT_NOBODY, ON}, {CURLOPT_HTTPGET, ON}}},
	{"POST", {{CURLOPT_NOBODY, ON}, {CURLOPT_POST, ON}}},
	{"DELETE", {{CURLOPT_CUSTOMREQUEST, (void *)"DELETE"}}},
	{"PROPFIND", {{CURLOPT_POST, ON}, {CURLOPT_CUSTOMREQUEST, (void *)"PROPFIND"}}},
	{"POST", {{CURLOPT_POST, ON}, {CURLOPT_CUSTOMREQUEST, (void *)"X"}, {CURLOPT_CUSTOMREQUEST, OFF}}},
};

START_TEST(the_options_tell_the_method)
{
	struct handle handle = {.easy = NULL};

	for (int i = 0; i < STEPS; i++)
		if (vectors[_i].steps[i].option)
			options_note(&handle, vectors[_i].steps[i].option, vectors[_i].steps[i].value);
	ck_assert_str_eq(options_method(&handle), vectors[_i].method);
}
END_TEST

START_TEST(a_very_long_method_is_cut)
{
	struct handle handle = {.easy = NULL};
	char method[300] = "";

	memset(method, 'M', sizeof method - 1);
	options_note(&handle, CURLOPT_CUSTOMREQUEST, method);
	ck_assert_uint_eq(strlen(options_method(&handle)), METHOD_MAX - 1);
}
END_TEST

START_TEST(a_url_is_copied_as_libcurl_copies_it)
{
	struct handle handle = {.easy = NULL};
	char url[] = "http://a/";

	options_note(&handle, CURLOPT_URL, url);
	url[7] = 'b';
	ck_assert_str_eq(handle.url, "http://a/");
	options_note(&handle, CURLOPT_URL, NULL);
	ck_assert_ptr_null(handle.url);
}
END_TEST

SUITE_MAIN("plugins/curl/options", NULL, {the_options_tell_the_method, sizeof vectors / sizeof *vectors},
	   {a_very_long_method_is_cut, 0}, {a_url_is_copied_as_libcurl_copies_it, 0})
