/* SPDX-License-Identifier: Apache-2.0
 *
 * count_malloc.c - to be preloaded: counts allocations whose caller lies in libotel_api and prints the number at exit.
 */
#include <dlfcn.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *p, size_t size);

static int ours;
static __thread int inside __attribute__((tls_model("initial-exec")));

static void count(void *caller)
{
	Dl_info info;
	if (inside)
		return;
	inside = 1;
	if (dladdr(caller, &info) && info.dli_fname && strstr(info.dli_fname, "libotel_api"))
		__atomic_fetch_add(&ours, 1, __ATOMIC_RELAXED);
	inside = 0;
}

__attribute__((visibility("default"))) void *malloc(size_t size)
{
	count(__builtin_return_address(0));
	return __libc_malloc(size);
}

__attribute__((visibility("default"))) void *calloc(size_t n, size_t size)
{
	count(__builtin_return_address(0));
	return __libc_calloc(n, size);
}

__attribute__((visibility("default"))) void *realloc(void *p, size_t size)
{
	count(__builtin_return_address(0));
	return __libc_realloc(p, size);
}

__attribute__((destructor)) static void report(void)
{
	fprintf(stderr, "allocations by libotel_api: %d\n", ours);
}
