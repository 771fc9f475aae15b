/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/cloudevents.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_CLOUDEVENTS_H
#define OTEL_SEMCONV_CLOUDEVENTS_H

/* string, development */
#define OTEL_CLOUDEVENTS_EVENT_ID "cloudevents.event_id"

/* string, development */
#define OTEL_CLOUDEVENTS_EVENT_SOURCE "cloudevents.event_source"

/* string, development */
#define OTEL_CLOUDEVENTS_EVENT_SPEC_VERSION "cloudevents.event_spec_version"

/* string, development */
#define OTEL_CLOUDEVENTS_EVENT_SUBJECT "cloudevents.event_subject"

/* string, development */
#define OTEL_CLOUDEVENTS_EVENT_TYPE "cloudevents.event_type"

#endif
