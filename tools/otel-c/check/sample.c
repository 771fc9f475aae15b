/* SPDX-License-Identifier: Apache-2.0
 *
 * sample.c - see sample.h. The messages are written with the wire format at hand: opentelemetry-proto's field numbers
 * stand beside them.
 */
#include "tools/otel-c/check/sample.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "tools/otel-c/check/notes.h"
#include "util/str.h"
#include "util/wire.h"

#define MESSAGE_MAX 1024

struct message {
	uint8_t bytes[MESSAGE_MAX];
	size_t len;
};

/* ---- writing ---- */

static void put_bytes(struct message *m, unsigned field, const void *data, size_t len)
{
	uint8_t *p = m->bytes + m->len;

	p = wire_put_varint(p, WIRE_TAG(field, WIRE_LEN));
	p = wire_put_varint(p, len);
	p = wire_put_bytes(p, data, len);
	m->len = (size_t)(p - m->bytes);
}

static void put_text(struct message *m, unsigned field, const char *text)
{
	put_bytes(m, field, text, strlen(text));
}

static void put_message(struct message *m, unsigned field, const struct message *inner)
{
	put_bytes(m, field, inner->bytes, inner->len);
}

static void put_number(struct message *m, unsigned field, uint64_t value)
{
	uint8_t *p = m->bytes + m->len;

	p = wire_put_varint(p, WIRE_TAG(field, WIRE_VARINT));
	p = wire_put_varint(p, value);
	m->len = (size_t)(p - m->bytes);
}

static void put_time(struct message *m, unsigned field, uint64_t ns)
{
	uint8_t *p = wire_put_varint(m->bytes + m->len, WIRE_TAG(field, WIRE_FIXED64));

	m->len = (size_t)(wire_put_fixed64(p, ns) - m->bytes);
}

/* KeyValue {key = 1, value = 2 {string_value = 1}} */
static void put_attr(struct message *m, unsigned field, const char *key, const char *value)
{
	struct message attr = {.len = 0};
	struct message any = {.len = 0};

	put_text(&any, 1, value);
	put_text(&attr, 1, key);
	put_message(&attr, 2, &any);
	put_message(m, field, &attr);
}

/* ---- memory ---- */

/* At the end of a read-only page with none behind it: who writes to it, or reads beyond it, crashes. */
struct sample sample_of(const void *data, size_t len)
{
	const size_t page = (size_t)sysconf(_SC_PAGESIZE);
	const size_t room = (len + page - 1) / page * page;
	uint8_t *memory = mmap(NULL, room + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED)
		return (struct sample){data, len};
	memcpy(memory + room - len, data, len);
	mprotect(memory, room, PROT_READ);
	mprotect(memory + room, page, PROT_NONE);
	return (struct sample){memory + room - len, len};
}

/* ---- messages ---- */

#define SAMPLE_TIME UINT64_C(1700000000000000000)

static struct message make_scope(void)
{
	struct message scope = {.len = 0};

	put_text(&scope, 1, "otel-c.check"); /* InstrumentationScope: name = 1, version = 2 */
	put_text(&scope, 2, "1");
	return scope;
}

/* Span: trace_id = 1, span_id = 2, name = 5, kind = 6, start = 7, end = 8, attributes = 9 */
static struct message make_span(void)
{
	struct message span = {.len = 0};

	put_bytes(&span, 1, "0123456789abcdef", 16);
	put_bytes(&span, 2, "01234567", 8);
	put_text(&span, 5, "check");
	put_number(&span, 6, OTEL_KIND_SERVER);
	put_time(&span, 7, SAMPLE_TIME);
	put_time(&span, 8, SAMPLE_TIME + 1000000);
	put_attr(&span, 9, "http.request.method", "GET");
	return span;
}

/* LogRecord: time = 1, severity_number = 2, severity_text = 3, body = 5, attributes = 6 */
static struct message make_log(void)
{
	struct message log = {.len = 0};
	struct message body = {.len = 0};

	put_time(&log, 1, SAMPLE_TIME);
	put_number(&log, 2, 9);
	put_text(&log, 3, "INFO");
	put_text(&body, 1, "checked");
	put_message(&log, 5, &body);
	put_attr(&log, 6, "check.number", "1");
	return log;
}

/* Metric: name = 1, unit = 3, gauge = 5 {data_points = 1 {time = 3, as_double = 4}} */
static struct message make_metric(void)
{
	struct message metric = {.len = 0};
	struct message gauge = {.len = 0};
	struct message point = {.len = 0};

	put_time(&point, 3, SAMPLE_TIME);
	put_time(&point, 4, UINT64_C(0x3ff0000000000000)); /* 1.0 */
	put_message(&gauge, 1, &point);
	put_text(&metric, 1, "check.ratio");
	put_text(&metric, 3, "1");
	put_message(&metric, 5, &gauge);
	return metric;
}

/* The three requests have the same shape: resource_x = 1 {resource = 1, scope_x = 2 {scope = 1, item = 2}} */
struct sample sample_request(otel_signal signal)
{
	struct message item = signal == OTEL_SIGNAL_TRACES ? make_span()
			      : signal == OTEL_SIGNAL_LOGS ? make_log()
							   : make_metric();
	struct message scope = make_scope();
	struct message resource = {.len = 0}, of_scope = {.len = 0}, of_resource = {.len = 0}, request = {.len = 0};

	put_attr(&resource, 1, "service.name", "otel-c plugin check");
	put_message(&of_scope, 1, &scope);
	put_message(&of_scope, 2, &item);
	put_message(&of_resource, 1, &resource);
	put_message(&of_resource, 2, &of_scope);
	put_message(&request, 1, &of_resource);
	return sample_of(request.bytes, request.len);
}

struct sample sample_log(void)
{
	struct message log = make_log();

	return sample_of(log.bytes, log.len);
}

struct sample sample_scope(void)
{
	struct message scope = make_scope();

	return sample_of(scope.bytes, scope.len);
}

/* ---- judging ---- */

void sample_judge(const char *what, const uint8_t *data, size_t len)
{
	struct wire_reader reader = {data, data + len};
	struct wire_field field;
	char rule[RULE_SIZE];
	bool ok = data || !len;
	bool is_empty = true;

	while (ok && data && wire_next(&reader, &field, &ok))
		is_empty = false;
	snprintf(rule, sizeof rule, "%s is one protobuf message", what);
	note(ok && !is_empty, rule, "hand over the bytes of one whole message", "%s is %s", what,
	     ok ? "empty" : "no protobuf message");
}

static const char *attr_complaint(const otel_attr *attr)
{
	if (!attr->key || !attr->key_len)
		return "has no key";
	if (!str_is_utf8(attr->key, attr->key_len))
		return "has a key that is not UTF-8";
	if (attr->type < OTEL_ATTR_STRING || attr->type > OTEL_ATTR_EMPTY)
		return "has no type of otel_attr_type";
	if (attr->type == OTEL_ATTR_STRING && attr->count && !attr->value.str)
		return "has a length, but NULL for its text";
	if (attr->type == OTEL_ATTR_STRING && attr->count && !str_is_utf8(attr->value.str, attr->count))
		return "has a text that is not UTF-8";
	return NULL;
}

void sample_judge_attrs(const char *where, const otel_attr *attrs, size_t count)
{
	const char *wrong = count && !attrs ? "is NULL" : NULL;
	size_t i = 0;
	char rule[RULE_SIZE];

	while (!wrong && i < count && !(wrong = attr_complaint(&attrs[i])))
		i++;
	snprintf(rule, sizeof rule, "attributes of %s are well formed", where);
	note(!wrong, rule, "fill otel_attr as otel/types.h tells", "attribute %zu of %s %s", i, where,
	     wrong ? wrong : "");
}

const char *sample_header_complaint(const char *name, const char *value)
{
	if (!name || !*name)
		return "has a header without a name";
	if (strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-.^_`|~") !=
	    strlen(name))
		return "has a header whose name holds what HTTP forbids";
	if (!value)
		return "has a header whose value is NULL";
	for (; *value; value++)
		if ((unsigned char)*value < ' ' ? *value != '\t' : *value == 0x7f)
			return "has a header whose value holds control characters";
	return NULL;
}
