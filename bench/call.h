/* SPDX-License-Identifier: Apache-2.0
 *
 * call.h - a function in a shared library that does nothing: what a call through the PLT costs.
 */
#ifndef BENCH_CALL_H
#define BENCH_CALL_H

#include <stddef.h>
#include <stdint.h>

__attribute__((visibility("default"))) void bench_call(uint64_t handle, const char *key, size_t key_len,
						       const char *value, size_t value_len);

#endif
