/* SPDX-License-Identifier: Apache-2.0
 *
 * json_schema_test.c - the tables say what the .proto files say: every message, every field.
 */
#include "otlp/text/json_schema.h"

#include <string.h>

#include "otlp/proto/logs_service.pb-c.h"
#include "otlp/proto/metrics_service.pb-c.h"
#include "otlp/proto/otlp_proto.h"
#include "support/suite.h"
#include "util/str.h"

static const ProtobufCMessageDescriptor *known[JSON_TYPES]; /* those that were compared */

static enum json_kind kind_of_bytes(const char *name)
{
	if (strstr(name, "trace_id") || strstr(name, "span_id"))
		return JSON_ID;
	return strcmp(name, "bytes_value") == 0 ? JSON_BYTES : JSON_TEXT;
}

static enum json_kind kind_of(const ProtobufCFieldDescriptor *field)
{
	switch (field->type) {
	case PROTOBUF_C_TYPE_BYTES:
		return kind_of_bytes(field->name);
	case PROTOBUF_C_TYPE_BOOL:
		return JSON_BOOL;
	case PROTOBUF_C_TYPE_DOUBLE:
		return JSON_DOUBLE;
	case PROTOBUF_C_TYPE_INT32:
		return JSON_INT32;
	case PROTOBUF_C_TYPE_ENUM:
		return JSON_ENUM;
	case PROTOBUF_C_TYPE_UINT32:
		return JSON_UINT32;
	case PROTOBUF_C_TYPE_SINT32:
		return JSON_SINT32;
	case PROTOBUF_C_TYPE_FIXED32:
		return JSON_FIXED32;
	case PROTOBUF_C_TYPE_INT64:
		return JSON_INT64;
	case PROTOBUF_C_TYPE_UINT64:
		return JSON_UINT64;
	case PROTOBUF_C_TYPE_FIXED64:
		return JSON_FIXED64;
	case PROTOBUF_C_TYPE_SFIXED64:
		return JSON_SFIXED64;
	case PROTOBUF_C_TYPE_MESSAGE:
		return JSON_MESSAGE;
	default:
		ck_abort_msg("no kind for the type of %s", field->name);
	}
}

static const char *camel(const char *name)
{
	static char out[64];
	size_t len = 0;

	for (; *name; name++)
		out[len++] = *name == '_' ? (char)(*++name - 'a' + 'A') : *name;
	out[len] = '\0';
	return out;
}

/* An optional field is a oneof of one in our files. */
static bool is_optional(const ProtobufCMessageDescriptor *type, const ProtobufCFieldDescriptor *field)
{
	unsigned siblings = 0;

	for (unsigned i = 0; i < type->n_fields; i++)
		siblings += type->fields[i].quantifier_offset == field->quantifier_offset;
	return siblings == 1;
}

static void compare(enum json_type_name name, const ProtobufCMessageDescriptor *type);

static void compare_field(const ProtobufCMessageDescriptor *type, const struct json_field *field,
			  const ProtobufCFieldDescriptor *want)
{
	const bool is_oneof = want->flags & PROTOBUF_C_FIELD_FLAG_ONEOF;

	ck_assert_msg(field->number == want->id, "%s.%s: number %u", type->short_name, want->name, field->number);
	ck_assert_str_eq(field->key, camel(want->name));
	ck_assert_msg(field->kind == kind_of(want), "%s.%s: kind", type->short_name, want->name);
	ck_assert_msg(!!(field->flags & JSON_REPEATED) == (want->label == PROTOBUF_C_LABEL_REPEATED), "%s.%s: a list?",
		      type->short_name, want->name);
	ck_assert_msg(!!(field->flags & JSON_ONEOF) == (is_oneof && !is_optional(type, want)), "%s.%s: a oneof?",
		      type->short_name, want->name);
	ck_assert_msg(!!(field->flags & JSON_OPTIONAL) == (is_oneof && is_optional(type, want)), "%s.%s: optional?",
		      type->short_name, want->name);
	if (field->kind == JSON_MESSAGE)
		compare(field->type, want->descriptor);
}

static void compare(enum json_type_name name, const ProtobufCMessageDescriptor *type)
{
	const struct json_type *table = &json_types[name];

	if (known[name]) {
		ck_assert_ptr_eq(known[name], type);
		return;
	}
	known[name] = type;
	ck_assert_msg(table->count == type->n_fields, "%s: %u fields", type->short_name, table->count);
	ck_assert_uint_le(table->count, JSON_FIELDS_MAX);
	for (unsigned i = 0; i < type->n_fields; i++)
		compare_field(type, &table->fields[i], &type->fields[i]);
}

START_TEST(requests_and_all_they_hold_are_those_of_the_proto_files)
{
	compare(JSON_TRACES_REQUEST, &otlp__export_trace_service_request__descriptor);
	compare(JSON_METRICS_REQUEST, &otlp__export_metrics_service_request__descriptor);
	compare(JSON_LOGS_REQUEST, &otlp__export_logs_service_request__descriptor);
	for (enum json_type_name name = JSON_ANY_VALUE; name < JSON_TYPES; name++)
		ck_assert_msg(known[name], "table %d is in no request", (int)name);
}
END_TEST

/* The three answers differ in the name of one field. */
START_TEST(one_table_stands_for_the_answers_of_all_signals)
{
	const ProtobufCMessageDescriptor *const answers[] = {&otlp__export_trace_partial_success__descriptor,
							     &otlp__export_metrics_partial_success__descriptor,
							     &otlp__export_logs_partial_success__descriptor};
	const struct json_type *table = &json_types[JSON_PARTIAL_SUCCESS];

	for (unsigned i = 0; i < 3; i++) {
		compare_field(answers[i], &table->fields[i], &answers[i]->fields[0]);
		compare_field(answers[i], &table->fields[3], &answers[i]->fields[1]);
	}
	ck_assert_uint_eq(table->count, 4);
	compare_field(&otlp__rpc_status__descriptor, &json_types[JSON_RPC_STATUS].fields[0],
		      &otlp__rpc_status__descriptor.fields[0]);
	compare_field(&otlp__rpc_status__descriptor, &json_types[JSON_RPC_STATUS].fields[1],
		      &otlp__rpc_status__descriptor.fields[1]);
}
END_TEST

START_TEST(the_lists_of_a_request_lie_at_the_bits_of_their_signals)
{
	const struct json_type *any = &json_types[JSON_ANY_REQUEST];

	for (unsigned i = 0; i < any->count; i++) {
		ck_assert_uint_eq(any->fields[i].number, 1);
		ck_assert_str_eq(any->fields[i].key, json_types[JSON_TRACES_REQUEST + i].fields[0].key);
		ck_assert_uint_eq(any->fields[i].type, json_types[JSON_TRACES_REQUEST + i].fields[0].type);
	}
}
END_TEST

SUITE_MAIN("json_schema", NULL, {requests_and_all_they_hold_are_those_of_the_proto_files, 0},
	   {one_table_stands_for_the_answers_of_all_signals, 0},
	   {the_lists_of_a_request_lie_at_the_bits_of_their_signals, 0})
