/* SPDX-License-Identifier: Apache-2.0
 *
 * count_calls.h - the program's own malloc, which counts the allocator calls of each thread. Include it once in a
 * program; not with a sanitizer, which has an allocator of its own.
 */
#ifndef TESTS_SUPPORT_COUNT_CALLS_H
#define TESTS_SUPPORT_COUNT_CALLS_H

#include <stddef.h>
#include <stdlib.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *p, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);
extern void __libc_free(void *p);

/* Of the calling thread: calls of malloc, calloc, realloc, aligned_alloc, posix_memalign, and of free with a block. */
static _Thread_local unsigned allocator_calls;

void *malloc(size_t size)
{
	allocator_calls++;
	return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	allocator_calls++;
	return __libc_calloc(count, size);
}

void *realloc(void *p, size_t size)
{
	allocator_calls++;
	return __libc_realloc(p, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
	allocator_calls++;
	return __libc_memalign(alignment, size);
}

int posix_memalign(void **out, size_t alignment, size_t size)
{
	allocator_calls++;
	*out = __libc_memalign(alignment, size);
	return *out ? 0 : 12; /* ENOMEM */
}

void free(void *p)
{
	allocator_calls += p != NULL;
	__libc_free(p);
}

#endif
