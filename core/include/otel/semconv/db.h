/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/db.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_DB_H
#define OTEL_SEMCONV_DB_H

/* string, development */
#define OTEL_DB_CLIENT_CONNECTION_POOL_NAME "db.client.connection.pool.name"

/* string, development */
#define OTEL_DB_CLIENT_CONNECTION_STATE "db.client.connection.state"
#define OTEL_DB_CLIENT_CONNECTION_STATE_IDLE "idle"
#define OTEL_DB_CLIENT_CONNECTION_STATE_USED "used"

/* string, stable */
#define OTEL_DB_COLLECTION_NAME "db.collection.name"

/* string, stable */
#define OTEL_DB_NAMESPACE "db.namespace"

/* int, stable */
#define OTEL_DB_OPERATION_BATCH_SIZE "db.operation.batch.size"

/* string, stable */
#define OTEL_DB_OPERATION_NAME "db.operation.name"

/* string template, development */
#define OTEL_DB_OPERATION_PARAMETER "db.operation.parameter"

/* string template, development */
#define OTEL_DB_QUERY_PARAMETER "db.query.parameter"

/* string, stable */
#define OTEL_DB_QUERY_SUMMARY "db.query.summary"

/* string, stable */
#define OTEL_DB_QUERY_TEXT "db.query.text"

/* int, development */
#define OTEL_DB_RESPONSE_RETURNED_ROWS "db.response.returned_rows"

/* string, stable */
#define OTEL_DB_RESPONSE_STATUS_CODE "db.response.status_code"

/* string, stable */
#define OTEL_DB_STORED_PROCEDURE_NAME "db.stored_procedure.name"

/* string, stable */
#define OTEL_DB_SYSTEM_NAME "db.system.name"
#define OTEL_DB_SYSTEM_NAME_OTHER_SQL "other_sql"
#define OTEL_DB_SYSTEM_NAME_SOFTWAREAG_ADABAS "softwareag.adabas"
#define OTEL_DB_SYSTEM_NAME_ACTIAN_INGRES "actian.ingres"
#define OTEL_DB_SYSTEM_NAME_AWS_DYNAMODB "aws.dynamodb"
#define OTEL_DB_SYSTEM_NAME_AWS_REDSHIFT "aws.redshift"
#define OTEL_DB_SYSTEM_NAME_AZURE_COSMOSDB "azure.cosmosdb"
#define OTEL_DB_SYSTEM_NAME_INTERSYSTEMS_CACHE "intersystems.cache"
#define OTEL_DB_SYSTEM_NAME_CASSANDRA "cassandra"
#define OTEL_DB_SYSTEM_NAME_CLICKHOUSE "clickhouse"
#define OTEL_DB_SYSTEM_NAME_COCKROACHDB "cockroachdb"
#define OTEL_DB_SYSTEM_NAME_COUCHBASE "couchbase"
#define OTEL_DB_SYSTEM_NAME_COUCHDB "couchdb"
#define OTEL_DB_SYSTEM_NAME_DERBY "derby"
#define OTEL_DB_SYSTEM_NAME_ELASTICSEARCH "elasticsearch"
#define OTEL_DB_SYSTEM_NAME_FIREBIRDSQL "firebirdsql"
#define OTEL_DB_SYSTEM_NAME_GCP_SPANNER "gcp.spanner"
#define OTEL_DB_SYSTEM_NAME_GEODE "geode"
#define OTEL_DB_SYSTEM_NAME_H2DATABASE "h2database"
#define OTEL_DB_SYSTEM_NAME_HBASE "hbase"
#define OTEL_DB_SYSTEM_NAME_HIVE "hive"
#define OTEL_DB_SYSTEM_NAME_HSQLDB "hsqldb"
#define OTEL_DB_SYSTEM_NAME_IBM_DB2 "ibm.db2"
#define OTEL_DB_SYSTEM_NAME_IBM_INFORMIX "ibm.informix"
#define OTEL_DB_SYSTEM_NAME_IBM_NETEZZA "ibm.netezza"
#define OTEL_DB_SYSTEM_NAME_INFLUXDB "influxdb"
#define OTEL_DB_SYSTEM_NAME_INSTANTDB "instantdb"
#define OTEL_DB_SYSTEM_NAME_MARIADB "mariadb"
#define OTEL_DB_SYSTEM_NAME_MEMCACHED "memcached"
#define OTEL_DB_SYSTEM_NAME_MONGODB "mongodb"
#define OTEL_DB_SYSTEM_NAME_MICROSOFT_SQL_SERVER "microsoft.sql_server"
#define OTEL_DB_SYSTEM_NAME_MYSQL "mysql"
#define OTEL_DB_SYSTEM_NAME_NEO4J "neo4j"
#define OTEL_DB_SYSTEM_NAME_OPENSEARCH "opensearch"
#define OTEL_DB_SYSTEM_NAME_ORACLE_DB "oracle.db"
#define OTEL_DB_SYSTEM_NAME_POSTGRESQL "postgresql"
#define OTEL_DB_SYSTEM_NAME_REDIS "redis"
#define OTEL_DB_SYSTEM_NAME_SAP_HANA "sap.hana"
#define OTEL_DB_SYSTEM_NAME_SAP_MAXDB "sap.maxdb"
#define OTEL_DB_SYSTEM_NAME_SQLITE "sqlite"
#define OTEL_DB_SYSTEM_NAME_TERADATA "teradata"
#define OTEL_DB_SYSTEM_NAME_TRINO "trino"

#endif
