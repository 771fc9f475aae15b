/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/aws.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_AWS_H
#define OTEL_SEMCONV_AWS_H

/* string, development */
#define OTEL_AWS_BEDROCK_GUARDRAIL_ID "aws.bedrock.guardrail.id"

/* string, development */
#define OTEL_AWS_BEDROCK_KNOWLEDGE_BASE_ID "aws.bedrock.knowledge_base.id"

/* string[], development */
#define OTEL_AWS_DYNAMODB_ATTRIBUTE_DEFINITIONS "aws.dynamodb.attribute_definitions"

/* string[], development */
#define OTEL_AWS_DYNAMODB_ATTRIBUTES_TO_GET "aws.dynamodb.attributes_to_get"

/* boolean, development */
#define OTEL_AWS_DYNAMODB_CONSISTENT_READ "aws.dynamodb.consistent_read"

/* string[], development */
#define OTEL_AWS_DYNAMODB_CONSUMED_CAPACITY "aws.dynamodb.consumed_capacity"

/* int, development */
#define OTEL_AWS_DYNAMODB_COUNT "aws.dynamodb.count"

/* string, development */
#define OTEL_AWS_DYNAMODB_EXCLUSIVE_START_TABLE "aws.dynamodb.exclusive_start_table"

/* string[], development */
#define OTEL_AWS_DYNAMODB_GLOBAL_SECONDARY_INDEX_UPDATES "aws.dynamodb.global_secondary_index_updates"

/* string[], development */
#define OTEL_AWS_DYNAMODB_GLOBAL_SECONDARY_INDEXES "aws.dynamodb.global_secondary_indexes"

/* string, development */
#define OTEL_AWS_DYNAMODB_INDEX_NAME "aws.dynamodb.index_name"

/* string, development */
#define OTEL_AWS_DYNAMODB_ITEM_COLLECTION_METRICS "aws.dynamodb.item_collection_metrics"

/* int, development */
#define OTEL_AWS_DYNAMODB_LIMIT "aws.dynamodb.limit"

/* string[], development */
#define OTEL_AWS_DYNAMODB_LOCAL_SECONDARY_INDEXES "aws.dynamodb.local_secondary_indexes"

/* string, development */
#define OTEL_AWS_DYNAMODB_PROJECTION "aws.dynamodb.projection"

/* double, development */
#define OTEL_AWS_DYNAMODB_PROVISIONED_READ_CAPACITY "aws.dynamodb.provisioned_read_capacity"

/* double, development */
#define OTEL_AWS_DYNAMODB_PROVISIONED_WRITE_CAPACITY "aws.dynamodb.provisioned_write_capacity"

/* boolean, development */
#define OTEL_AWS_DYNAMODB_SCAN_FORWARD "aws.dynamodb.scan_forward"

/* int, development */
#define OTEL_AWS_DYNAMODB_SCANNED_COUNT "aws.dynamodb.scanned_count"

/* int, development */
#define OTEL_AWS_DYNAMODB_SEGMENT "aws.dynamodb.segment"

/* string, development */
#define OTEL_AWS_DYNAMODB_SELECT "aws.dynamodb.select"

/* int, development */
#define OTEL_AWS_DYNAMODB_TABLE_COUNT "aws.dynamodb.table_count"

/* string[], development */
#define OTEL_AWS_DYNAMODB_TABLE_NAMES "aws.dynamodb.table_names"

/* int, development */
#define OTEL_AWS_DYNAMODB_TOTAL_SEGMENTS "aws.dynamodb.total_segments"

/* string, development */
#define OTEL_AWS_ECS_CLUSTER_ARN "aws.ecs.cluster.arn"

/* string, development */
#define OTEL_AWS_ECS_CONTAINER_ARN "aws.ecs.container.arn"

/* string, development */
#define OTEL_AWS_ECS_LAUNCHTYPE "aws.ecs.launchtype"
#define OTEL_AWS_ECS_LAUNCHTYPE_EC2 "ec2"
#define OTEL_AWS_ECS_LAUNCHTYPE_FARGATE "fargate"

/* string, development */
#define OTEL_AWS_ECS_TASK_ARN "aws.ecs.task.arn"

/* string, development */
#define OTEL_AWS_ECS_TASK_FAMILY "aws.ecs.task.family"

/* string, development */
#define OTEL_AWS_ECS_TASK_ID "aws.ecs.task.id"

/* string, development */
#define OTEL_AWS_ECS_TASK_REVISION "aws.ecs.task.revision"

/* string, development */
#define OTEL_AWS_EKS_CLUSTER_ARN "aws.eks.cluster.arn"

/* string, development */
#define OTEL_AWS_EXTENDED_REQUEST_ID "aws.extended_request_id"

/* string, development */
#define OTEL_AWS_KINESIS_STREAM_NAME "aws.kinesis.stream_name"

/* string, development */
#define OTEL_AWS_LAMBDA_INVOKED_ARN "aws.lambda.invoked_arn"

/* string, development */
#define OTEL_AWS_LAMBDA_RESOURCE_MAPPING_ID "aws.lambda.resource_mapping.id"

/* string[], development */
#define OTEL_AWS_LOG_GROUP_ARNS "aws.log.group.arns"

/* string[], development */
#define OTEL_AWS_LOG_GROUP_NAMES "aws.log.group.names"

/* string[], development */
#define OTEL_AWS_LOG_STREAM_ARNS "aws.log.stream.arns"

/* string[], development */
#define OTEL_AWS_LOG_STREAM_NAMES "aws.log.stream.names"

/* string, development */
#define OTEL_AWS_REQUEST_ID "aws.request_id"

/* string, development */
#define OTEL_AWS_S3_BUCKET "aws.s3.bucket"

/* string, development */
#define OTEL_AWS_S3_COPY_SOURCE "aws.s3.copy_source"

/* string, development */
#define OTEL_AWS_S3_DELETE "aws.s3.delete"

/* string, development */
#define OTEL_AWS_S3_KEY "aws.s3.key"

/* int, development */
#define OTEL_AWS_S3_PART_NUMBER "aws.s3.part_number"

/* string, development */
#define OTEL_AWS_S3_UPLOAD_ID "aws.s3.upload_id"

/* string, development */
#define OTEL_AWS_SECRETSMANAGER_SECRET_ARN "aws.secretsmanager.secret.arn"

/* string, development */
#define OTEL_AWS_SNS_TOPIC_ARN "aws.sns.topic.arn"

/* string, development */
#define OTEL_AWS_SQS_QUEUE_URL "aws.sqs.queue.url"

/* string, development */
#define OTEL_AWS_STEP_FUNCTIONS_ACTIVITY_ARN "aws.step_functions.activity.arn"

/* string, development */
#define OTEL_AWS_STEP_FUNCTIONS_STATE_MACHINE_ARN "aws.step_functions.state_machine.arn"

#endif
