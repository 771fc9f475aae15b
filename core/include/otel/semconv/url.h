/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/url.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_URL_H
#define OTEL_SEMCONV_URL_H

/* string, development */
#define OTEL_URL_DOMAIN "url.domain"

/* string, development */
#define OTEL_URL_EXTENSION "url.extension"

/* string, stable */
#define OTEL_URL_FRAGMENT "url.fragment"

/* string, stable */
#define OTEL_URL_FULL "url.full"

/* string, development */
#define OTEL_URL_ORIGINAL "url.original"

/* string, stable */
#define OTEL_URL_PATH "url.path"

/* int, development */
#define OTEL_URL_PORT "url.port"

/* string, stable */
#define OTEL_URL_QUERY "url.query"

/* string, development */
#define OTEL_URL_REGISTERED_DOMAIN "url.registered_domain"

/* string, stable */
#define OTEL_URL_SCHEME "url.scheme"

/* string, development */
#define OTEL_URL_SUBDOMAIN "url.subdomain"

/* string, development */
#define OTEL_URL_TEMPLATE "url.template"

/* string, development */
#define OTEL_URL_TOP_LEVEL_DOMAIN "url.top_level_domain"

#endif
