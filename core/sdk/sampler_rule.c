/* SPDX-License-Identifier: Apache-2.0
 *
 * sampler_rule.c - reading rules, and asking whether they are for a span.
 */
#include "sdk/sampler_rule.h"

#include <stdio.h>
#include <string.h>

#include "util/glob.h"

/* ---- reading ---- */

struct choice {
	const char *name;
	uint16_t bit;
};

static const struct choice kinds[] = {
	{"internal", 1 << OTEL_KIND_INTERNAL}, {"server", 1 << OTEL_KIND_SERVER},     {"client", 1 << OTEL_KIND_CLIENT},
	{"producer", 1 << OTEL_KIND_PRODUCER}, {"consumer", 1 << OTEL_KIND_CONSUMER}, {NULL, 0},
};

static const struct choice parents[] = {
	{"none", TEST_PARENT_NONE},
	{"remote", TEST_PARENT_REMOTE},
	{"local", TEST_PARENT_LOCAL},
	{NULL, 0},
};

/* What a test may look at by its own name; anything else is the key of an attribute. */
static const struct {
	const char *name;
	enum test_subject subject;
	const struct choice *choices;
	const char *expected;
} subjects[] = {
	{"name", TEST_NAME, NULL, "a name of spans, in quotes if it has blanks or signs"},
	{"kind", TEST_KIND, kinds, "a kind: internal, server, client, producer, consumer"},
	{"parent", TEST_PARENT, parents, "a parent: none, remote, local"},
};

static bool read_choice(struct sampler_scan *scan, const struct choice *choices, const char *expected, uint16_t *bits)
{
	struct scan_word word;

	if (!scan_word(scan, &word, expected))
		return false;
	for (; choices->name; choices++) {
		if (!view_equals(scan_view(scan, &word), choices->name))
			continue;
		*bits |= choices->bit;
		return true;
	}
	return scan_fail(scan, word.at, expected);
}

static bool read_glob(struct sampler_scan *scan, const char *expected)
{
	struct sampler_tree *tree = scan->tree;
	struct scan_word word;

	if (tree->word_count == SAMPLER_WORDS)
		return scan_fail(scan, scan_at(scan), "an end: 256 patterns are the limit");
	if (!scan_word(scan, &word, expected))
		return false;
	tree->words[tree->word_count++] = word.word;
	return true;
}

static bool read_values(struct sampler_scan *scan, struct sampler_test *test, const struct choice *choices,
			const char *expected)
{
	bool ok;

	test->first = scan->tree->word_count;
	do {
		ok = choices ? read_choice(scan, choices, expected, &test->bits) : read_glob(scan, expected);
	} while (ok && scan_accept(scan, '|'));
	test->count = (uint16_t)(scan->tree->word_count - test->first);
	return ok;
}

static bool read_test(struct sampler_scan *scan, const struct scan_word *subject, struct sampler_test *test)
{
	const char *expected = "a value, in quotes if it has blanks or signs";
	const struct choice *choices = NULL;

	*test = (struct sampler_test){.subject = TEST_ATTR, .key = subject->word};
	for (size_t i = 0; i < sizeof subjects / sizeof *subjects && !subject->is_quoted; i++) {
		if (!view_equals(scan_view(scan, subject), subjects[i].name))
			continue;
		test->subject = (uint8_t)subjects[i].subject;
		choices = subjects[i].choices;
		expected = subjects[i].expected;
	}
	test->is_negated = scan_accept(scan, '!');
	return scan_expect(scan, '=', "= or !=") && read_values(scan, test, choices, expected);
}

bool sampler_rule_read(struct sampler_scan *scan, struct sampler_rule *rule)
{
	struct sampler_tree *tree = scan->tree;
	struct scan_word subject;

	rule->first = tree->test_count;
	do {
		if (!scan_word(scan, &subject, "*, name, kind, parent or the key of an attribute"))
			return false;
		if (!rule->count && !subject.is_quoted && view_equals(scan_view(scan, &subject), "*") &&
		    scan_is(scan, ':'))
			return true;
		if (tree->test_count == SAMPLER_TESTS)
			return scan_fail(scan, subject.at, "an end: 128 tests are the limit");
		rule->count++;
		if (!read_test(scan, &subject, &tree->tests[tree->test_count++]))
			return false;
	} while (scan_accept(scan, '&'));
	return true;
}

/* ---- annotations ---- */

static bool to_int(struct view v, int64_t *out)
{
	const bool is_negative = v.len && *v.ptr == '-';
	uint64_t value;

	if (!str_to_u64((struct view){v.ptr + is_negative, v.len - is_negative}, 0, INT64_MAX, &value))
		return false;
	*out = is_negative ? -(int64_t)value : (int64_t)value;
	return true;
}

static void set_value(otel_attr *attr, struct view text, bool is_quoted)
{
	if (!is_quoted && (view_equals(text, "true") || view_equals(text, "false"))) {
		attr->type = OTEL_ATTR_BOOL;
		attr->value.b = text.len == 4;
	} else if (!is_quoted && to_int(text, &attr->value.i)) {
		attr->type = OTEL_ATTR_INT;
	} else if (!is_quoted && str_to_double(text, &attr->value.d)) {
		attr->type = OTEL_ATTR_DOUBLE;
	} else {
		attr->type = OTEL_ATTR_STRING;
		attr->value.str = text.ptr;
		attr->count = text.len;
	}
}

bool sampler_note_read(struct sampler_scan *scan)
{
	struct sampler_tree *tree = scan->tree;
	static const char a_key[] = "the key of an attribute";
	struct scan_word key, value;

	if (tree->note_count == SAMPLER_NOTES)
		return scan_fail(scan, scan_at(scan), "an end: 32 attributes are the limit");
	if (!scan_word(scan, &key, a_key))
		return false;
	if (!key.word.len)
		return scan_fail(scan, key.at, a_key);
	if (!scan_expect(scan, '=', "= and a value") ||
	    !scan_word(scan, &value, "a value, in quotes if it has blanks or signs"))
		return false;
	otel_attr *attr = &tree->notes[tree->note_count++];
	*attr = (otel_attr){.key = scan_view(scan, &key).ptr, .key_len = key.word.len};
	set_value(attr, scan_view(scan, &value), value.is_quoted);
	return true;
}

/* ---- matching ---- */

static bool matches_word(const struct sampler_tree *tree, const struct sampler_test *test, const char *text, size_t len)
{
	for (size_t i = 0; i < test->count; i++) {
		const struct sampler_word word = tree->words[test->first + i];
		if (glob_match(tree->text + word.at, word.len, text, len))
			return true;
	}
	return false;
}

static bool matches_int(const struct sampler_tree *tree, const struct sampler_test *test, int64_t value)
{
	char text[24];
	const int len = snprintf(text, sizeof text, "%lld", (long long)value);

	return matches_word(tree, test, text, (size_t)len);
}

static bool matches_bool(const struct sampler_tree *tree, const struct sampler_test *test, bool value)
{
	return value ? matches_word(tree, test, "true", 4) : matches_word(tree, test, "false", 5);
}

static bool matches_element(const struct sampler_tree *tree, const struct sampler_test *test, const otel_attr *attr,
			    size_t i)
{
	switch (attr->type) {
	case OTEL_ATTR_STRING_ARRAY:
		return attr->value.strs[i] &&
		       matches_word(tree, test, attr->value.strs[i], strlen(attr->value.strs[i]));
	case OTEL_ATTR_BOOL_ARRAY:
		return matches_bool(tree, test, attr->value.bools[i]);
	default:
		return matches_int(tree, test, attr->value.ints[i]);
	}
}

/* Of an array one element must match. What has no short form as text is matched as the empty one: by * alone. */
static bool matches_value(const struct sampler_tree *tree, const struct sampler_test *test, const otel_attr *attr)
{
	switch (attr->type) {
	case OTEL_ATTR_STRING:
		return matches_word(tree, test, attr->value.str, attr->value.str ? attr->count : 0);
	case OTEL_ATTR_BOOL:
		return matches_bool(tree, test, attr->value.b);
	case OTEL_ATTR_INT:
		return matches_int(tree, test, attr->value.i);
	case OTEL_ATTR_STRING_ARRAY:
	case OTEL_ATTR_BOOL_ARRAY:
	case OTEL_ATTR_INT_ARRAY:
		for (size_t i = 0; attr->value.bytes && i < attr->count; i++) {
			if (matches_element(tree, test, attr, i))
				return true;
		}
		break;
	default:
		break;
	}
	return matches_word(tree, test, "", 0);
}

static bool matches_attr(const struct sampler_tree *tree, const struct sampler_test *test,
			 const otel_sampling *sampling)
{
	for (size_t i = 0; i < sampling->attr_count; i++) {
		const otel_attr *attr = &sampling->attrs[i];
		if (attr->key && glob_match(tree->text + test->key.at, test->key.len, attr->key, attr->key_len) &&
		    matches_value(tree, test, attr))
			return true;
	}
	return false;
}

static unsigned parent_bit(const otel_sampling *sampling)
{
	if (!sampling->parent)
		return TEST_PARENT_NONE;
	return sampling->parent->is_remote ? TEST_PARENT_REMOTE : TEST_PARENT_LOCAL;
}

static bool holds(const struct sampler_tree *tree, const struct sampler_test *test, const otel_sampling *sampling)
{
	switch (test->subject) {
	case TEST_NAME:
		return matches_word(tree, test, sampling->name, sampling->name ? sampling->name_len : 0);
	case TEST_KIND:
		return (unsigned)sampling->kind <= OTEL_KIND_CONSUMER && test->bits >> sampling->kind & 1;
	case TEST_PARENT:
		return test->bits & parent_bit(sampling);
	default:
		return matches_attr(tree, test, sampling);
	}
}

bool sampler_rule_matches(const struct sampler_tree *tree, const struct sampler_rule *rule,
			  const otel_sampling *sampling)
{
	for (size_t i = 0; i < rule->count; i++) {
		const struct sampler_test *test = &tree->tests[rule->first + i];
		if (holds(tree, test, sampling) == test->is_negated)
			return false;
	}
	return true;
}
