/* SPDX-License-Identifier: Apache-2.0
 *
 * mem.h - malloc for a guest: failing leaves errno alone, and is counted.
 */
#ifndef OTEL_API_MEM_H
#define OTEL_API_MEM_H

#include <errno.h>
#include <stdlib.h>

#include "api/own_slot.h"

static inline void *mem_alloc(size_t size)
{
	int saved = errno;
	void *p = malloc(size);

	if (LIKELY(p))
		return p;
	errno = saved;
	dropped();
	return NULL;
}

#endif
