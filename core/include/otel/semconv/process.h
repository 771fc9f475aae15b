/* SPDX-License-Identifier: Apache-2.0
 *
 * otel/semconv/process.h - names of the semantic conventions: keys of attributes, and their values. Generated from
 * scripts/semconv/attributes.tsv; after each key: its type and stability.
 */
#ifndef OTEL_SEMCONV_PROCESS_H
#define OTEL_SEMCONV_PROCESS_H

/* int, release_candidate */
#define OTEL_PROCESS_ARGS_COUNT "process.args_count"

/* string, release_candidate */
#define OTEL_PROCESS_COMMAND "process.command"

/* string[], release_candidate */
#define OTEL_PROCESS_COMMAND_ARGS "process.command_args"

/* string, release_candidate */
#define OTEL_PROCESS_COMMAND_LINE "process.command_line"

/* string, release_candidate */
#define OTEL_PROCESS_CONTEXT_SWITCH_TYPE "process.context_switch.type"
#define OTEL_PROCESS_CONTEXT_SWITCH_TYPE_VOLUNTARY "voluntary"
#define OTEL_PROCESS_CONTEXT_SWITCH_TYPE_INVOLUNTARY "involuntary"

/* string, release_candidate */
#define OTEL_PROCESS_CREATION_TIME "process.creation.time"

/* string template, release_candidate */
#define OTEL_PROCESS_ENVIRONMENT_VARIABLE "process.environment_variable"

/* string, release_candidate */
#define OTEL_PROCESS_EXECUTABLE_BUILD_ID_GNU "process.executable.build_id.gnu"

/* string, release_candidate */
#define OTEL_PROCESS_EXECUTABLE_BUILD_ID_GO "process.executable.build_id.go"

/* string, release_candidate */
#define OTEL_PROCESS_EXECUTABLE_BUILD_ID_HTLHASH "process.executable.build_id.htlhash"

/* string, release_candidate */
#define OTEL_PROCESS_EXECUTABLE_NAME "process.executable.name"

/* string, release_candidate */
#define OTEL_PROCESS_EXECUTABLE_PATH "process.executable.path"

/* int, release_candidate */
#define OTEL_PROCESS_EXIT_CODE "process.exit.code"

/* string, release_candidate */
#define OTEL_PROCESS_EXIT_TIME "process.exit.time"

/* int, release_candidate */
#define OTEL_PROCESS_GROUP_LEADER_PID "process.group_leader.pid"

/* boolean, release_candidate */
#define OTEL_PROCESS_INTERACTIVE "process.interactive"

/* string, release_candidate */
#define OTEL_PROCESS_LINUX_CGROUP "process.linux.cgroup"

/* string, release_candidate */
#define OTEL_PROCESS_OWNER "process.owner"

/* int, release_candidate */
#define OTEL_PROCESS_PARENT_PID "process.parent_pid"

/* int, release_candidate */
#define OTEL_PROCESS_PID "process.pid"

/* int, release_candidate */
#define OTEL_PROCESS_REAL_USER_ID "process.real_user.id"

/* string, release_candidate */
#define OTEL_PROCESS_REAL_USER_NAME "process.real_user.name"

/* string, release_candidate */
#define OTEL_PROCESS_RUNTIME_DESCRIPTION "process.runtime.description"

/* string, release_candidate */
#define OTEL_PROCESS_RUNTIME_NAME "process.runtime.name"

/* string, release_candidate */
#define OTEL_PROCESS_RUNTIME_VERSION "process.runtime.version"

/* int, release_candidate */
#define OTEL_PROCESS_SAVED_USER_ID "process.saved_user.id"

/* string, release_candidate */
#define OTEL_PROCESS_SAVED_USER_NAME "process.saved_user.name"

/* int, release_candidate */
#define OTEL_PROCESS_SESSION_LEADER_PID "process.session_leader.pid"

/* string, release_candidate */
#define OTEL_PROCESS_STATE "process.state"
#define OTEL_PROCESS_STATE_RUNNING "running"
#define OTEL_PROCESS_STATE_SLEEPING "sleeping"
#define OTEL_PROCESS_STATE_STOPPED "stopped"
#define OTEL_PROCESS_STATE_DEFUNCT "defunct"

/* string, release_candidate */
#define OTEL_PROCESS_TITLE "process.title"

/* int, release_candidate */
#define OTEL_PROCESS_USER_ID "process.user.id"

/* string, release_candidate */
#define OTEL_PROCESS_USER_NAME "process.user.name"

/* int, release_candidate */
#define OTEL_PROCESS_VPID "process.vpid"

/* string, release_candidate */
#define OTEL_PROCESS_WORKING_DIRECTORY "process.working_directory"

#endif
