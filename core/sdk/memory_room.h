/* SPDX-License-Identifier: Apache-2.0
 *
 * memory_room.h - the memory of kept spans: taken piece by piece, given back all at once or down to a mark. Once there
 * is none, `failed` stays until then, so that whoever fills several pieces looks once, at the end.
 */
#ifndef OTEL_SDK_MEMORY_ROOM_H
#define OTEL_SDK_MEMORY_ROOM_H

#include <stdbool.h>
#include <stddef.h>

#define MEMORY_ROOM_MAX ((size_t)16 << 20)

struct memory_chunk;

struct memory_room {
	struct memory_chunk *newest;
	size_t bytes; /* of all chunks */
	bool failed;
};

struct memory_mark {
	struct memory_chunk *chunk;
	size_t used;
};

/* Zeroed, aligned for everything; NULL when it failed, or did before. */
void *memory_room_take(struct memory_room *room, size_t size);

/* Gives back what was taken since the mark; it did not fail then. */
struct memory_mark memory_room_mark(const struct memory_room *room);
void memory_room_back(struct memory_room *room, struct memory_mark mark);

/* Gives everything back. */
void memory_room_clear(struct memory_room *room);

#endif
