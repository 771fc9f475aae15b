/* SPDX-License-Identifier: Apache-2.0
 *
 * memory_room.c - see the header. Chunks are freed rather than used again, so that a reader who comes too late is found
 * by the tools that find such things.
 */
#include "sdk/memory_room.h"

#include <stdlib.h>
#include <string.h>

enum { CHUNK_SIZE = 64 << 10, ALIGNMENT = _Alignof(max_align_t) };

struct memory_chunk {
	struct memory_chunk *older;
	size_t size; /* of data */
	size_t used;
	max_align_t data[];
};

static bool add_chunk(struct memory_room *room, size_t size)
{
	const size_t bytes = sizeof(struct memory_chunk) + (size < CHUNK_SIZE ? CHUNK_SIZE : size);
	struct memory_chunk *chunk = bytes <= MEMORY_ROOM_MAX - room->bytes ? malloc(bytes) : NULL;

	if (!chunk)
		return false;
	chunk->older = room->newest;
	chunk->size = bytes - sizeof *chunk;
	chunk->used = 0;
	room->newest = chunk;
	room->bytes += bytes;
	return true;
}

void *memory_room_take(struct memory_room *room, size_t size)
{
	const size_t rounded = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	const struct memory_chunk *newest = room->newest;

	if (size > MEMORY_ROOM_MAX)
		room->failed = true;
	else if (!room->failed && (!newest || newest->size - newest->used < rounded))
		room->failed = !add_chunk(room, rounded);
	if (room->failed)
		return NULL;
	void *taken = (char *)room->newest->data + room->newest->used;
	room->newest->used += rounded;
	return memset(taken, 0, size);
}

struct memory_mark memory_room_mark(const struct memory_room *room)
{
	return (struct memory_mark){room->newest, room->newest ? room->newest->used : 0};
}

void memory_room_back(struct memory_room *room, struct memory_mark mark)
{
	while (room->newest != mark.chunk) {
		struct memory_chunk *chunk = room->newest;
		room->newest = chunk->older;
		room->bytes -= sizeof *chunk + chunk->size;
		free(chunk);
	}
	if (room->newest)
		room->newest->used = mark.used;
	room->failed = false;
}

void memory_room_clear(struct memory_room *room)
{
	memory_room_back(room, (struct memory_mark){NULL, 0});
}
