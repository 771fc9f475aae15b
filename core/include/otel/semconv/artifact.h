/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/artifact.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_ARTIFACT_H
#define OTEL_SEMCONV_ARTIFACT_H

/* string, development */
#define OTEL_ARTIFACT_ATTESTATION_FILENAME "artifact.attestation.filename"

/* string, development */
#define OTEL_ARTIFACT_ATTESTATION_HASH "artifact.attestation.hash"

/* string, development */
#define OTEL_ARTIFACT_ATTESTATION_ID "artifact.attestation.id"

/* string, development */
#define OTEL_ARTIFACT_FILENAME "artifact.filename"

/* string, development */
#define OTEL_ARTIFACT_HASH "artifact.hash"

/* string, development */
#define OTEL_ARTIFACT_PURL "artifact.purl"

/* string, development */
#define OTEL_ARTIFACT_VERSION "artifact.version"

#endif
