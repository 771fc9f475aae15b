/* SPDX-License-Identifier: Apache-2.0
 *
 * process_context.h - who this process is, where profilers and eBPF agents look for it: the resource in a named mapping
 * (OTEP 4719, oteps/profiles/4719-process-ctx.md). It also tells them whether threads say what is current on them
 * (OTEP 4947; the API's thread_record.h).
 */
#ifndef OTEL_SDK_PROCESS_CONTEXT_H
#define OTEL_SDK_PROCESS_CONTEXT_H

enum process_sharing { SHARE_NONE, SHARE_PROCESS, SHARE_THREADS };

/* Publishes the resource, updates what was published before, or withdraws it. Start thread, after resource_setup().
 * Says so (warn) where the system does not allow it. Threads that once began to share go on. */
void process_context_setup(enum process_sharing sharing);

/* What is published follows the resource. Pipeline thread, when that is sealed. */
void process_context_update(void);

/* In the child of a fork, after resource_renew(): the mapping stayed with the parent, so it gets one of its own. */
void process_context_fork_child(void);

#endif
