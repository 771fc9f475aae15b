/* SPDX-License-Identifier: Apache-2.0
 *
 * line_test.c - the logical lines of an INI file.
 */
#include "capture.h"

#include <stdio.h>
#include <stdlib.h>

#include "config/line.h"
#include "support/suite.h"

/* All lines as "number[section]" and "number key=value", with "|" between; then "!number error" if any. */
static const char *lines_of(const char *text, size_t len)
{
	static char out[4096];
	struct line_source source;
	struct line line;
	size_t at = 0;

	out[0] = 0;
	line_open(&source, text, len);
	while (line_next(&source, &line)) {
		if (line.key.ptr)
			at += (size_t)snprintf(out + at, sizeof(out) - at, "%u %.*s=%.*s|", line.number,
					       (int)line.key.len, line.key.ptr, (int)line.value.len, line.value.ptr);
		else
			at += (size_t)snprintf(out + at, sizeof(out) - at, "%u[%.*s]|", line.number,
					       (int)line.section.len, line.section.ptr);
	}
	if (source.error[0])
		snprintf(out + at, sizeof(out) - at, "!%u %s", source.number, source.error);
	line_close(&source);
	return out;
}

START_TEST(lines_are_read_as_they_look)
{
	static const struct {
		const char *text;
		const char *expected;
	} rows[] = {
		{"", ""},
		{"\n\n  \n", ""},
		{"[s]\nk = v\n", "1[s]|2 k=v|"},
		{"[s]\nk = v", "1[s]|2 k=v|"},
		{"[s]\r\nk = v\r\n", "1[s]|2 k=v|"},
		{"\xef\xbb\xbf[s]\nk=v\n", "1[s]|2 k=v|"},
		{"  [ s ]  \n\tk\t=\tv w \t\n", "1[s]|2 k=v w|"},
		{"[s]\n  a = 1\n    b = 2\n", "1[s]|2 a=1|3 b=2|"},
		{"; c\n# c\n  ; c\n\t# c\n[s] ; c\nk = v ; c\n", "5[s]|6 k=v|"},
		{"[s]\nk = a;b\n", "1[s]|2 k=a;b|"},
		{"[s]\nk = a #b\n", "1[s]|2 k=a #b|"},
		{"[s]\nk = a\t;b ;c\n", "1[s]|2 k=a|"},
		{"[s]\nk = ;b\n", "1[s]|2 k=|"},
		{"[s]\nk =;b\n", "1[s]|2 k=;b|"},
		{"[s]\nk =\n", "1[s]|2 k=|"},
		{"[s]\nk = a = b\n", "1[s]|2 k=a = b|"},
		{"[s]\nk = http://h:1/x\n", "1[s]|2 k=http://h:1/x|"},
		{"[s]\nk = \"v\"\n", "1[s]|2 k=\"v\"|"},
		{"[s]\nk = caf\xc3\xa9\n", "1[s]|2 k=caf\xc3\xa9|"},
		{"; caf\xe9 \x01\n[s]\n", "2[s]|"},
		{"[a.b-c_1]\n", "1[a.b-c_1]|"},
		{"[s]\nk = a,\\\n   b,\\\n   c\nl = 1\n", "1[s]|2 k=a,b,c|5 l=1|"},
		{"[s]\nk = a \\\n   b\n", "1[s]|2 k=a b|"},
		{"[s]\nk = a, \\ ; first\n   b ; second\n", "1[s]|2 k=a, b|"},
		{"[s]\nk = a ; why \\\nl = b\n", "1[s]|2 k=a|3 l=b|"},
		{"; why \\\n[s]\n", "2[s]|"},
		{"[s]\nk \\\n= v\n", "1[s]|2 k=v|"},
		{"[s]\nk = \\\n[x]\n", "1[s]|2 k=[x]|"},
		{"[s]\nk = a\\\n\nl = b\n", "1[s]|2 k=a|4 l=b|"},
		{"[s]\nk = a\\b\n", "1[s]|2 k=a\\b|"},
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		ck_assert_str_eq(lines_of(rows[i].text, strlen(rows[i].text)), rows[i].expected);
}
END_TEST

START_TEST(what_inih_would_misread_is_refused)
{
	static const struct {
		const char *text;
		const char *expected;
	} rows[] = {
		{"[s\n", "!1 the section has no closing \"]\""},
		{"[s] trailing\n", "!1 text after the \"]\" of a section"},
		{"[s]]\n", "!1 text after the \"]\" of a section"},
		{"[]\n", "!1 the name of the section is empty"},
		{"[ ]\n", "!1 the name of the section is empty"},
		{"[a b]\n", "!1 \"a\" is not the name of a section; allowed: letters, digits, \"_\", \"-\", \".\""},
		{"\n\n[s]\nnokv\n", "3[s]|!4 no \"=\" in the line; allowed: [section], key = value, ; comment"},
		{"[s]\nurl: http://x/y=z\n",
		 "1[s]|!2 \"url:\" is not the name of a key; allowed: letters, digits, \"_\", \"-\", \".\""},
		{"[s]\nkey:with=colon\n",
		 "1[s]|!2 \"key:with\" is not the name of a key; allowed: letters, digits, \"_\", \"-\", \".\""},
		{"[s]\n= v\n", "1[s]|!2 the name of the key is empty"},
		{"[s]\nk = a \\\n ; c\n b\n", "1[s]|!3 a comment inside a line that was continued with \"\\\""},
		{"[s]\nk = a \\\n", "1[s]|!2 nothing follows the \"\\\" at the end of the file"},
		{"[s] \\\n", "!1 nothing follows the \"\\\" at the end of the file"},
		{"[s]\nk = a\rb\n", "1[s]|!2 a control character (0x0d)"},
		{"[s]\nk = \x1b[2J\n", "1[s]|!2 a control character (0x1b)"},
		{"[s]\nk = caf\xe9\n", "1[s]|!2 the line is not UTF-8"},
		{"[0000000000000000000000000000000000000000000000000x]\n",
		 "!1 the name of the section has 50 bytes; allowed: up to 49"},
		{"[s]\n0000000000000000000000000000000000000000000000000x = 1\n",
		 "1[s]|!2 the name of the key has 50 bytes; allowed: up to 49"},
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		ck_assert_str_eq(lines_of(rows[i].text, strlen(rows[i].text)), rows[i].expected);
}
END_TEST

START_TEST(nul_bytes_are_refused_even_in_comments)
{
	ck_assert_str_eq(lines_of("[s]\nk = a\0b\n", 12), "1[s]|!2 a NUL byte");
	ck_assert_str_eq(lines_of("; \0\n", 4), "!1 a NUL byte");
}
END_TEST

START_TEST(a_line_over_64_kib_is_refused)
{
	size_t len = 70000;
	char *text = malloc(len);

	memset(text, 'a', len);
	ck_assert_str_eq(lines_of(text, len), "!1 the line is longer than 65536 bytes");
	free(text);
}
END_TEST

SUITE_MAIN("line", NULL, {lines_are_read_as_they_look, 0}, {what_inih_would_misread_is_refused, 0},
	   {nul_bytes_are_refused_even_in_comments, 0}, {a_line_over_64_kib_is_refused, 0})
