/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/app.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_APP_H
#define OTEL_SEMCONV_APP_H

/* string, development */
#define OTEL_APP_BUILD_ID "app.build_id"

/* string, development */
#define OTEL_APP_CRASH_ID "app.crash.id"

/* string, development */
#define OTEL_APP_INSTALLATION_ID "app.installation.id"

/* int, development */
#define OTEL_APP_JANK_FRAME_COUNT "app.jank.frame_count"

/* double, development */
#define OTEL_APP_JANK_PERIOD "app.jank.period"

/* double, development */
#define OTEL_APP_JANK_THRESHOLD "app.jank.threshold"

/* int, development */
#define OTEL_APP_SCREEN_COORDINATE_X "app.screen.coordinate.x"

/* int, development */
#define OTEL_APP_SCREEN_COORDINATE_Y "app.screen.coordinate.y"

/* string, development */
#define OTEL_APP_SCREEN_ID "app.screen.id"

/* string, development */
#define OTEL_APP_SCREEN_NAME "app.screen.name"

/* string, development */
#define OTEL_APP_WIDGET_ID "app.widget.id"

/* string, development */
#define OTEL_APP_WIDGET_NAME "app.widget.name"

#endif
