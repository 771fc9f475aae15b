/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/device.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_DEVICE_H
#define OTEL_SEMCONV_DEVICE_H

/* string, development */
#define OTEL_DEVICE_ID "device.id"

/* string, development */
#define OTEL_DEVICE_MANUFACTURER "device.manufacturer"

/* string, development */
#define OTEL_DEVICE_MODEL_IDENTIFIER "device.model.identifier"

/* string, development */
#define OTEL_DEVICE_MODEL_NAME "device.model.name"

#endif
