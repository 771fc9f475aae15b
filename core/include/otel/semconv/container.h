/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/container.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_CONTAINER_H
#define OTEL_SEMCONV_CONTAINER_H

/* string, development */
#define OTEL_CONTAINER_COMMAND "container.command"

/* string[], development */
#define OTEL_CONTAINER_COMMAND_ARGS "container.command_args"

/* string, development */
#define OTEL_CONTAINER_COMMAND_LINE "container.command_line"

/* string, development */
#define OTEL_CONTAINER_CSI_PLUGIN_NAME "container.csi.plugin.name"

/* string, development */
#define OTEL_CONTAINER_CSI_VOLUME_ID "container.csi.volume.id"

/* string, stable */
#define OTEL_CONTAINER_ID "container.id"

/* string, development */
#define OTEL_CONTAINER_IMAGE_ID "container.image.id"

/* string, stable */
#define OTEL_CONTAINER_IMAGE_NAME "container.image.name"

/* string[], stable */
#define OTEL_CONTAINER_IMAGE_REPO_DIGESTS "container.image.repo_digests"

/* string[], stable */
#define OTEL_CONTAINER_IMAGE_TAGS "container.image.tags"

/* string template, development */
#define OTEL_CONTAINER_LABEL "container.label"

/* string, development */
#define OTEL_CONTAINER_NAME "container.name"

/* string, development */
#define OTEL_CONTAINER_RUNTIME_DESCRIPTION "container.runtime.description"

/* string, development */
#define OTEL_CONTAINER_RUNTIME_NAME "container.runtime.name"

/* string, development */
#define OTEL_CONTAINER_RUNTIME_VERSION "container.runtime.version"

#endif
