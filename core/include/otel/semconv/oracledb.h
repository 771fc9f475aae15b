/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/oracledb.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_ORACLEDB_H
#define OTEL_SEMCONV_ORACLEDB_H

/* string, release_candidate */
#define OTEL_ORACLE_DB_DOMAIN "oracle.db.domain"

/* string, release_candidate */
#define OTEL_ORACLE_DB_INSTANCE_NAME "oracle.db.instance.name"

/* string, release_candidate */
#define OTEL_ORACLE_DB_NAME "oracle.db.name"

/* string, release_candidate */
#define OTEL_ORACLE_DB_PDB "oracle.db.pdb"

/* string, release_candidate */
#define OTEL_ORACLE_DB_SERVICE "oracle.db.service"

#endif
