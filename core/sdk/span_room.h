/* SPDX-License-Identifier: Apache-2.0
 *
 * span_room.h - how much the logs may hold, in spans (OTEL_BSP_MAX_QUEUE_SIZE) and in bytes. What is taken stays taken
 * until it was delivered or dropped.
 */
#ifndef OTEL_SDK_SPAN_ROOM_H
#define OTEL_SDK_SPAN_ROOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

void span_room_setup(size_t max_spans, size_t max_bytes);
void span_room_clear(void); /* nothing is taken */

/* False: not so much is left. *taken gets the spans that are taken now. */
bool span_room_take(uint32_t spans, size_t bytes, uint32_t *taken);
void span_room_give(uint32_t spans, size_t bytes);

uint32_t span_room_taken(void);

/* A writer takes so many spans at a time: a small part of the whole, so that those who have room and do not use it do
 * not starve the others; 1 while less than half is left. */
uint32_t span_room_block(void);

/* From now on one at a time, so that somebody hears of every span. */
void span_room_one_by_one(bool on);

#endif
