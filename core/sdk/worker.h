/* SPDX-License-Identifier: Apache-2.0
 *
 * worker.h - makes the threads of otel-c so that their host does not notice: its signals go elsewhere, small stack, named.
 */
#ifndef OTEL_SDK_WORKER_H
#define OTEL_SDK_WORKER_H

#include <pthread.h>

/* Looks up what worker_create() needs, so that creating the thread never waits for the dynamic linker. Start thread. */
void worker_setup(void);

/* Any thread; keeps errno and the caller's signal mask. 0, or the error number of pthread_create(). */
int worker_create(pthread_t *thread, void *(*run)(void *arg), void *arg);

#endif
