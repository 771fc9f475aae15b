/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/heroku.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_HEROKU_H
#define OTEL_SEMCONV_HEROKU_H

/* string, development */
#define OTEL_HEROKU_APP_ID "heroku.app.id"

/* string, development */
#define OTEL_HEROKU_RELEASE_COMMIT "heroku.release.commit"

/* string, development */
#define OTEL_HEROKU_RELEASE_CREATION_TIMESTAMP "heroku.release.creation_timestamp"

#endif
