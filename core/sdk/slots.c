/* SPDX-License-Identifier: Apache-2.0
 *
 * slots.c - a list that only grows. Adding and publishing may race: whoever comes second sees the other's store, so no
 * copy is left without its provider (start.c stores its state before it publishes).
 */
#include "sdk/slots.h"

#include <errno.h>
#include <stdlib.h>

#include "sdk/fork.h"

struct node {
	struct otel_slot *slot;
	struct node *_Atomic next;
};

static struct node *_Atomic head; /* the first copy stays in front */

static _Atomic(void **(*)(void)) shared_place; /* NULL: threads are not shared */

static bool has_place(const struct otel_slot *slot)
{
	return slot->size >= offsetof(struct otel_slot, shared_place) + sizeof slot->shared_place;
}

static void share_place(struct otel_slot *slot)
{
	void **(*place)(void) = atomic_load(&shared_place);
	if (place && has_place(slot))
		atomic_store(&slot->shared_place, place);
}

static bool offers_misuse(const struct otel_slot *slot)
{
	return slot->size >= offsetof(struct otel_slot, misuse) + sizeof slot->misuse;
}

static bool offers_dropped(const struct otel_slot *slot)
{
	return slot->size >= offsetof(struct otel_slot, dropped) + sizeof slot->dropped;
}

/* The end of the list, or NULL when the slot is in it. */
static struct node *_Atomic *find_end(const struct otel_slot *slot, struct node *_Atomic *from)
{
	struct node *node;
	while ((node = atomic_load(from))) {
		if (node->slot == slot)
			return NULL;
		from = &node->next;
	}
	return from;
}

static void adopt(struct otel_slot *slot, const struct node *first)
{
	if (slot == first->slot) {
		atomic_store(&slot->fork_hooks, &fork_hooks);
		slot->arm_fork();
	} else {
		atomic_store(&slot->shared_thread, first->slot->thread);
	}
	share_place(slot);
}

bool slots_add(struct otel_slot *slot)
{
	struct node *_Atomic *end = find_end(slot, &head);
	if (!end)
		return true;
	int saved = errno;
	struct node *node = calloc(1, sizeof *node);
	errno = saved;
	if (!node)
		return false;
	node->slot = slot;
	for (;;) {
		struct node *none = NULL;
		if (atomic_compare_exchange_strong(end, &none, node))
			break;
		end = find_end(slot, end);
		if (end)
			continue;
		free(node); /* another thread added the same copy */
		return true;
	}
	adopt(slot, atomic_load(&head));
	return true;
}

struct otel_slot *slots_first(void)
{
	struct node *node = atomic_load(&head);
	return node ? node->slot : NULL;
}

void slots_publish(const struct otel_provider *provider)
{
	for (struct node *node = atomic_load(&head); node; node = atomic_load(&node->next))
		atomic_store_explicit(&node->slot->provider, provider, memory_order_release);
}

void slots_share_threads(void)
{
	const struct otel_slot *own = otel_api_slot_v1();
	if (has_place(own))
		atomic_store(&shared_place, own->record_place);
	for (struct node *node = atomic_load(&head); node; node = atomic_load(&node->next))
		share_place(node->slot);
}

uint64_t slots_misuse(void)
{
	uint64_t total = 0;
	for (struct node *node = atomic_load(&head); node; node = atomic_load(&node->next))
		if (offers_misuse(node->slot))
			total += atomic_load_explicit(&node->slot->misuse, memory_order_relaxed);
	return total;
}

uint64_t slots_left_out(void)
{
	uint64_t total = 0;

	for (struct node *node = atomic_load(&head); node; node = atomic_load(&node->next))
		if (offers_dropped(node->slot))
			total += atomic_load_explicit(&node->slot->dropped, memory_order_relaxed);
	return total;
}
