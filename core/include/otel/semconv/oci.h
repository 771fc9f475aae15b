/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/oci.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_OCI_H
#define OTEL_SEMCONV_OCI_H

/* string, development */
#define OTEL_OCI_MANIFEST_DIGEST "oci.manifest.digest"

#endif
