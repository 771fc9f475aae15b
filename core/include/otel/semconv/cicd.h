/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/cicd.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_CICD_H
#define OTEL_SEMCONV_CICD_H

/* string, release_candidate */
#define OTEL_CICD_PIPELINE_ACTION_NAME "cicd.pipeline.action.name"
#define OTEL_CICD_PIPELINE_ACTION_NAME_BUILD "BUILD"
#define OTEL_CICD_PIPELINE_ACTION_NAME_RUN "RUN"
#define OTEL_CICD_PIPELINE_ACTION_NAME_SYNC "SYNC"

/* string, release_candidate */
#define OTEL_CICD_PIPELINE_NAME "cicd.pipeline.name"

/* string, release_candidate */
#define OTEL_CICD_PIPELINE_RESULT "cicd.pipeline.result"
#define OTEL_CICD_PIPELINE_RESULT_SUCCESS "success"
#define OTEL_CICD_PIPELINE_RESULT_FAILURE "failure"
#define OTEL_CICD_PIPELINE_RESULT_ERROR "error"
#define OTEL_CICD_PIPELINE_RESULT_TIMEOUT "timeout"
#define OTEL_CICD_PIPELINE_RESULT_CANCELLATION "cancellation"
#define OTEL_CICD_PIPELINE_RESULT_SKIP "skip"

/* string, release_candidate */
#define OTEL_CICD_PIPELINE_RUN_ID "cicd.pipeline.run.id"

/* string, release_candidate */
#define OTEL_CICD_PIPELINE_RUN_STATE "cicd.pipeline.run.state"
#define OTEL_CICD_PIPELINE_RUN_STATE_PENDING "pending"
#define OTEL_CICD_PIPELINE_RUN_STATE_EXECUTING "executing"
#define OTEL_CICD_PIPELINE_RUN_STATE_FINALIZING "finalizing"

/* string, release_candidate */
#define OTEL_CICD_PIPELINE_RUN_URL_FULL "cicd.pipeline.run.url.full"

/* string, release_candidate */
#define OTEL_CICD_PIPELINE_TASK_NAME "cicd.pipeline.task.name"

/* string, release_candidate */
#define OTEL_CICD_PIPELINE_TASK_RUN_ID "cicd.pipeline.task.run.id"

/* string, release_candidate */
#define OTEL_CICD_PIPELINE_TASK_RUN_RESULT "cicd.pipeline.task.run.result"
#define OTEL_CICD_PIPELINE_TASK_RUN_RESULT_SUCCESS "success"
#define OTEL_CICD_PIPELINE_TASK_RUN_RESULT_FAILURE "failure"
#define OTEL_CICD_PIPELINE_TASK_RUN_RESULT_ERROR "error"
#define OTEL_CICD_PIPELINE_TASK_RUN_RESULT_TIMEOUT "timeout"
#define OTEL_CICD_PIPELINE_TASK_RUN_RESULT_CANCELLATION "cancellation"
#define OTEL_CICD_PIPELINE_TASK_RUN_RESULT_SKIP "skip"

/* string, release_candidate */
#define OTEL_CICD_PIPELINE_TASK_RUN_URL_FULL "cicd.pipeline.task.run.url.full"

/* string, release_candidate */
#define OTEL_CICD_PIPELINE_TASK_TYPE "cicd.pipeline.task.type"
#define OTEL_CICD_PIPELINE_TASK_TYPE_BUILD "build"
#define OTEL_CICD_PIPELINE_TASK_TYPE_TEST "test"
#define OTEL_CICD_PIPELINE_TASK_TYPE_DEPLOY "deploy"

/* string, release_candidate */
#define OTEL_CICD_SYSTEM_COMPONENT "cicd.system.component"

/* string, release_candidate */
#define OTEL_CICD_WORKER_ID "cicd.worker.id"

/* string, release_candidate */
#define OTEL_CICD_WORKER_NAME "cicd.worker.name"

/* string, release_candidate */
#define OTEL_CICD_WORKER_STATE "cicd.worker.state"
#define OTEL_CICD_WORKER_STATE_AVAILABLE "available"
#define OTEL_CICD_WORKER_STATE_BUSY "busy"
#define OTEL_CICD_WORKER_STATE_OFFLINE "offline"

/* string, release_candidate */
#define OTEL_CICD_WORKER_URL_FULL "cicd.worker.url.full"

#endif
