/* SPDX-License-Identifier: Apache-2.0
 *
 * fake_pipeline.h - stands in for sdk/pipeline.c: remembers what the host table passed on.
 */
#ifndef TESTS_PLUGIN_FAKE_PIPELINE_H
#define TESTS_PLUGIN_FAKE_PIPELINE_H

#include "sdk/pipeline.h"

struct fake_pipeline {
	otel_setup *setup;
	const otel_http_request *request;
	otel_http_call *cancelled;
	otel_export_op *finished;
	otel_export_result result;
	uint32_t retry_after_ms;
	uint32_t rejected;
	const char *message;
};

extern struct fake_pipeline fake_pipeline;

#endif
