/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/user_agent.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_USER_AGENT_H
#define OTEL_SEMCONV_USER_AGENT_H

/* string, development */
#define OTEL_USER_AGENT_NAME "user_agent.name"

/* string, stable */
#define OTEL_USER_AGENT_ORIGINAL "user_agent.original"

/* string, development */
#define OTEL_USER_AGENT_OS_NAME "user_agent.os.name"

/* string, development */
#define OTEL_USER_AGENT_OS_VERSION "user_agent.os.version"

/* string, development */
#define OTEL_USER_AGENT_SYNTHETIC_TYPE "user_agent.synthetic.type"
#define OTEL_USER_AGENT_SYNTHETIC_TYPE_BOT "bot"
#define OTEL_USER_AGENT_SYNTHETIC_TYPE_TEST "test"

/* string, development */
#define OTEL_USER_AGENT_VERSION "user_agent.version"

#endif
