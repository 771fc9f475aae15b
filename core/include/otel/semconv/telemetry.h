/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/telemetry.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_TELEMETRY_H
#define OTEL_SEMCONV_TELEMETRY_H

/* string, stable */
#define OTEL_TELEMETRY_DISTRO_NAME "telemetry.distro.name"

/* string, stable */
#define OTEL_TELEMETRY_DISTRO_VERSION "telemetry.distro.version"

/* string, stable */
#define OTEL_TELEMETRY_SDK_LANGUAGE "telemetry.sdk.language"
#define OTEL_TELEMETRY_SDK_LANGUAGE_CPP "cpp"
#define OTEL_TELEMETRY_SDK_LANGUAGE_DOTNET "dotnet"
#define OTEL_TELEMETRY_SDK_LANGUAGE_ERLANG "erlang"
#define OTEL_TELEMETRY_SDK_LANGUAGE_GO "go"
#define OTEL_TELEMETRY_SDK_LANGUAGE_JAVA "java"
#define OTEL_TELEMETRY_SDK_LANGUAGE_KOTLIN "kotlin"
#define OTEL_TELEMETRY_SDK_LANGUAGE_NODEJS "nodejs"
#define OTEL_TELEMETRY_SDK_LANGUAGE_PHP "php"
#define OTEL_TELEMETRY_SDK_LANGUAGE_PYTHON "python"
#define OTEL_TELEMETRY_SDK_LANGUAGE_RUBY "ruby"
#define OTEL_TELEMETRY_SDK_LANGUAGE_RUST "rust"
#define OTEL_TELEMETRY_SDK_LANGUAGE_SWIFT "swift"
#define OTEL_TELEMETRY_SDK_LANGUAGE_WEBJS "webjs"

/* string, stable */
#define OTEL_TELEMETRY_SDK_NAME "telemetry.sdk.name"

/* string, stable */
#define OTEL_TELEMETRY_SDK_VERSION "telemetry.sdk.version"

#endif
