/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/cassandra.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_CASSANDRA_H
#define OTEL_SEMCONV_CASSANDRA_H

/* string, development */
#define OTEL_CASSANDRA_CONSISTENCY_LEVEL "cassandra.consistency.level"
#define OTEL_CASSANDRA_CONSISTENCY_LEVEL_ALL "all"
#define OTEL_CASSANDRA_CONSISTENCY_LEVEL_EACH_QUORUM "each_quorum"
#define OTEL_CASSANDRA_CONSISTENCY_LEVEL_QUORUM "quorum"
#define OTEL_CASSANDRA_CONSISTENCY_LEVEL_LOCAL_QUORUM "local_quorum"
#define OTEL_CASSANDRA_CONSISTENCY_LEVEL_ONE "one"
#define OTEL_CASSANDRA_CONSISTENCY_LEVEL_TWO "two"
#define OTEL_CASSANDRA_CONSISTENCY_LEVEL_THREE "three"
#define OTEL_CASSANDRA_CONSISTENCY_LEVEL_LOCAL_ONE "local_one"
#define OTEL_CASSANDRA_CONSISTENCY_LEVEL_ANY "any"
#define OTEL_CASSANDRA_CONSISTENCY_LEVEL_SERIAL "serial"
#define OTEL_CASSANDRA_CONSISTENCY_LEVEL_LOCAL_SERIAL "local_serial"

/* string, development */
#define OTEL_CASSANDRA_COORDINATOR_DC "cassandra.coordinator.dc"

/* string, development */
#define OTEL_CASSANDRA_COORDINATOR_ID "cassandra.coordinator.id"

/* int, development */
#define OTEL_CASSANDRA_PAGE_SIZE "cassandra.page.size"

/* boolean, development */
#define OTEL_CASSANDRA_QUERY_IDEMPOTENT "cassandra.query.idempotent"

/* int, development */
#define OTEL_CASSANDRA_SPECULATIVE_EXECUTION_COUNT "cassandra.speculative_execution.count"

#endif
