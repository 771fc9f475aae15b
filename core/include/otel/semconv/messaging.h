/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/messaging.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_MESSAGING_H
#define OTEL_SEMCONV_MESSAGING_H

/* int, development */
#define OTEL_MESSAGING_BATCH_MESSAGE_COUNT "messaging.batch.message_count"

/* string, development */
#define OTEL_MESSAGING_CLIENT_ID "messaging.client.id"

/* string, development */
#define OTEL_MESSAGING_CONSUMER_GROUP_NAME "messaging.consumer.group.name"

/* boolean, development */
#define OTEL_MESSAGING_DESTINATION_ANONYMOUS "messaging.destination.anonymous"

/* string, development */
#define OTEL_MESSAGING_DESTINATION_NAME "messaging.destination.name"

/* string, development */
#define OTEL_MESSAGING_DESTINATION_PARTITION_ID "messaging.destination.partition.id"

/* string, development */
#define OTEL_MESSAGING_DESTINATION_SUBSCRIPTION_NAME "messaging.destination.subscription.name"

/* string, development */
#define OTEL_MESSAGING_DESTINATION_TEMPLATE "messaging.destination.template"

/* boolean, development */
#define OTEL_MESSAGING_DESTINATION_TEMPORARY "messaging.destination.temporary"

/* int, development */
#define OTEL_MESSAGING_EVENTHUBS_MESSAGE_ENQUEUED_TIME "messaging.eventhubs.message.enqueued_time"

/* int, development */
#define OTEL_MESSAGING_GCP_PUBSUB_MESSAGE_ACK_DEADLINE "messaging.gcp_pubsub.message.ack_deadline"

/* string, development */
#define OTEL_MESSAGING_GCP_PUBSUB_MESSAGE_ACK_ID "messaging.gcp_pubsub.message.ack_id"

/* int, development */
#define OTEL_MESSAGING_GCP_PUBSUB_MESSAGE_DELIVERY_ATTEMPT "messaging.gcp_pubsub.message.delivery_attempt"

/* string, development */
#define OTEL_MESSAGING_GCP_PUBSUB_MESSAGE_ORDERING_KEY "messaging.gcp_pubsub.message.ordering_key"

/* string, development */
#define OTEL_MESSAGING_KAFKA_CLUSTER_ID "messaging.kafka.cluster.id"

/* string, development */
#define OTEL_MESSAGING_KAFKA_MESSAGE_KEY "messaging.kafka.message.key"

/* boolean, development */
#define OTEL_MESSAGING_KAFKA_MESSAGE_TOMBSTONE "messaging.kafka.message.tombstone"

/* int, development */
#define OTEL_MESSAGING_KAFKA_OFFSET "messaging.kafka.offset"

/* int, development */
#define OTEL_MESSAGING_MESSAGE_BODY_SIZE "messaging.message.body.size"

/* string, development */
#define OTEL_MESSAGING_MESSAGE_CONVERSATION_ID "messaging.message.conversation_id"

/* int, development */
#define OTEL_MESSAGING_MESSAGE_ENVELOPE_SIZE "messaging.message.envelope.size"

/* string, development */
#define OTEL_MESSAGING_MESSAGE_ID "messaging.message.id"

/* string, development */
#define OTEL_MESSAGING_OPERATION_NAME "messaging.operation.name"

/* string, development */
#define OTEL_MESSAGING_OPERATION_TYPE "messaging.operation.type"
#define OTEL_MESSAGING_OPERATION_TYPE_CREATE "create"
#define OTEL_MESSAGING_OPERATION_TYPE_SEND "send"
#define OTEL_MESSAGING_OPERATION_TYPE_RECEIVE "receive"
#define OTEL_MESSAGING_OPERATION_TYPE_PROCESS "process"
#define OTEL_MESSAGING_OPERATION_TYPE_SETTLE "settle"

/* string, development */
#define OTEL_MESSAGING_RABBITMQ_DESTINATION_ROUTING_KEY "messaging.rabbitmq.destination.routing_key"

/* int, development */
#define OTEL_MESSAGING_RABBITMQ_MESSAGE_DELIVERY_TAG "messaging.rabbitmq.message.delivery_tag"

/* string, development */
#define OTEL_MESSAGING_ROCKETMQ_CONSUMPTION_MODEL "messaging.rocketmq.consumption_model"
#define OTEL_MESSAGING_ROCKETMQ_CONSUMPTION_MODEL_CLUSTERING "clustering"
#define OTEL_MESSAGING_ROCKETMQ_CONSUMPTION_MODEL_BROADCASTING "broadcasting"

/* int, development */
#define OTEL_MESSAGING_ROCKETMQ_MESSAGE_DELAY_TIME_LEVEL "messaging.rocketmq.message.delay_time_level"

/* int, development */
#define OTEL_MESSAGING_ROCKETMQ_MESSAGE_DELIVERY_TIMESTAMP "messaging.rocketmq.message.delivery_timestamp"

/* string, development */
#define OTEL_MESSAGING_ROCKETMQ_MESSAGE_GROUP "messaging.rocketmq.message.group"

/* string[], development */
#define OTEL_MESSAGING_ROCKETMQ_MESSAGE_KEYS "messaging.rocketmq.message.keys"

/* string, development */
#define OTEL_MESSAGING_ROCKETMQ_MESSAGE_TAG "messaging.rocketmq.message.tag"

/* string, development */
#define OTEL_MESSAGING_ROCKETMQ_MESSAGE_TYPE "messaging.rocketmq.message.type"
#define OTEL_MESSAGING_ROCKETMQ_MESSAGE_TYPE_NORMAL "normal"
#define OTEL_MESSAGING_ROCKETMQ_MESSAGE_TYPE_FIFO "fifo"
#define OTEL_MESSAGING_ROCKETMQ_MESSAGE_TYPE_DELAY "delay"
#define OTEL_MESSAGING_ROCKETMQ_MESSAGE_TYPE_TRANSACTION "transaction"

/* string, development */
#define OTEL_MESSAGING_ROCKETMQ_NAMESPACE "messaging.rocketmq.namespace"

/* string, development */
#define OTEL_MESSAGING_SERVICEBUS_DISPOSITION_STATUS "messaging.servicebus.disposition_status"
#define OTEL_MESSAGING_SERVICEBUS_DISPOSITION_STATUS_COMPLETE "complete"
#define OTEL_MESSAGING_SERVICEBUS_DISPOSITION_STATUS_ABANDON "abandon"
#define OTEL_MESSAGING_SERVICEBUS_DISPOSITION_STATUS_DEAD_LETTER "dead_letter"
#define OTEL_MESSAGING_SERVICEBUS_DISPOSITION_STATUS_DEFER "defer"

/* int, development */
#define OTEL_MESSAGING_SERVICEBUS_MESSAGE_DELIVERY_COUNT "messaging.servicebus.message.delivery_count"

/* int, development */
#define OTEL_MESSAGING_SERVICEBUS_MESSAGE_ENQUEUED_TIME "messaging.servicebus.message.enqueued_time"

/* string, development */
#define OTEL_MESSAGING_SYSTEM "messaging.system"
#define OTEL_MESSAGING_SYSTEM_ACTIVEMQ "activemq"
#define OTEL_MESSAGING_SYSTEM_AWS_SNS "aws.sns"
#define OTEL_MESSAGING_SYSTEM_AWS_SQS "aws_sqs"
#define OTEL_MESSAGING_SYSTEM_EVENTGRID "eventgrid"
#define OTEL_MESSAGING_SYSTEM_EVENTHUBS "eventhubs"
#define OTEL_MESSAGING_SYSTEM_SERVICEBUS "servicebus"
#define OTEL_MESSAGING_SYSTEM_GCP_PUBSUB "gcp_pubsub"
#define OTEL_MESSAGING_SYSTEM_JMS "jms"
#define OTEL_MESSAGING_SYSTEM_KAFKA "kafka"
#define OTEL_MESSAGING_SYSTEM_RABBITMQ "rabbitmq"
#define OTEL_MESSAGING_SYSTEM_ROCKETMQ "rocketmq"
#define OTEL_MESSAGING_SYSTEM_PULSAR "pulsar"

#endif
