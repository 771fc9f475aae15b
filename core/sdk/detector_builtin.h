/* SPDX-License-Identifier: Apache-2.0
 *
 * detector_builtin.h - the detectors of the core. None waits for anything: each has answered when detect() returns.
 */
#ifndef OTEL_SDK_DETECTOR_BUILTIN_H
#define OTEL_SDK_DETECTOR_BUILTIN_H

#include <otel/plugin.h>

/* All of them, as a plugin of the core's own. */
extern const otel_plugin detector_builtin;

extern const otel_detector detector_env; /* what people have set, in the environment or in files */
extern const otel_detector detector_service_instance; /* service.instance.id, another in each process */
extern const otel_detector detector_process; /* process.* */
extern const otel_detector detector_host; /* host.* */
extern const otel_detector detector_os; /* os.* */
extern const otel_detector detector_container; /* container.id */
extern const otel_detector detector_k8s; /* k8s.* */

/* The id of the container that this process is in, or false. */
bool detector_container_id(char id[65]);

/* A random UUID, version 4 (RFC 9562). */
void detector_uuid(char out[37]);

#endif
