/* SPDX-License-Identifier: Apache-2.0
 *
 * guard.c - the guards themselves: the only thread-local memory of the preload.
 */
#include "plugins/preload/guard.h"

__thread uintptr_t guard_frames[GUARD_LIBRARIES] __attribute__((tls_model("initial-exec")));
