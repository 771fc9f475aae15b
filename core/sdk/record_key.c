/* SPDX-License-Identifier: Apache-2.0
 *
 * record_key.c - key handles: looked through once, at the first use.
 */
#include "sdk/record_place.h"

void key_look_through(otel_key *key)
{
	uint64_t cache = CACHE_BY_NAME;

	if (__atomic_load_n(&key->cache, __ATOMIC_RELAXED))
		return;
	if (key->name && key->len && key->len <= ATTR_SHORT && text_is_ascii(key->name, key->len))
		cache = key_mark(key->name, key->len) | CACHE_IS_MARK;
	__atomic_store_n(&key->cache, cache, __ATOMIC_RELAXED);
}
