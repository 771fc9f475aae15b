/* SPDX-License-Identifier: Apache-2.0
 *
 * call.c - see call.h.
 */
#include "call.h"

void bench_call(uint64_t handle, const char *key, size_t key_len, const char *value, size_t value_len)
{
	__asm__ volatile("" ::"r"(handle), "r"(key), "r"(key_len), "r"(value), "r"(value_len));
}
