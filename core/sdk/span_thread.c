/* SPDX-License-Identifier: Apache-2.0
 *
 * span_thread.c - per-thread state of the span side, found, made and parked.
 */
#include "sdk/span_thread.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

#include "sdk/span_calls.h"
#include "util/fence.h"

static struct {
	pthread_mutex_t lock;
	pthread_key_t key;
	bool has_key;
	uint32_t made;
	struct span_thread *all;
	struct span_thread *parked;
} threads = {.lock = PTHREAD_MUTEX_INITIALIZER};

static struct span_slot nowhere; /* where nothing ever opens */
static _Atomic(struct span_thread *) by_bias[SPAN_NO_BIAS]; /* number 0 is nobody's */

struct span_thread *span_thread_by_bias(uint32_t bias)
{
	return bias < SPAN_NO_BIAS ? atomic_load_explicit(&by_bias[bias], memory_order_acquire) : NULL;
}

/* Its block ends before this, if the API is older. */
static bool has_calls(const struct otel_thread *th)
{
	return th->size >= offsetof(struct otel_thread, calls) + sizeof(th->calls);
}

/* The order counts: see api/slot.h. */
static void put_into_block(struct span_thread *t, struct otel_thread *th)
{
	t->owner = th;
	th->sdk = t;
	atomic_signal_fence(memory_order_seq_cst);
	t->calls_before = has_calls(th) ? th->calls : NULL;
	if (t->calls_before)
		th->calls = &span_calls;
}

static void take_out_of_block(struct span_thread *t)
{
	if (t->calls_before)
		t->owner->calls = t->calls_before;
	t->calls_before = NULL;
	atomic_signal_fence(memory_order_seq_cst);
	t->owner->sdk = NULL;
	t->owner = NULL;
}

/* The thread ends; its block is still there. A span that a later destructor starts gets a state anew. */
static void park(void *arg)
{
	struct span_thread *t = arg;

	take_out_of_block(t);
	span_slot_flush(&t->slots);
	record_pool_drain(&t->pool);
	log_writer_close(&t->log, t->number);
	t->ending = 0;
	atomic_store(&t->inside, NULL);

	pthread_mutex_lock(&threads.lock);
	t->next_parked = threads.parked;
	threads.parked = t;
	pthread_mutex_unlock(&threads.lock);
}

void span_thread_setup(void)
{
	pthread_mutex_lock(&threads.lock);
	if (!threads.has_key)
		threads.has_key = pthread_key_create(&threads.key, park) == 0;
	pthread_mutex_unlock(&threads.lock);
}

struct span_thread *span_thread_own(void)
{
	return threads.has_key ? pthread_getspecific(threads.key) : NULL;
}

static struct span_thread *unpark(void)
{
	pthread_mutex_lock(&threads.lock);
	struct span_thread *t = threads.parked;
	if (t) {
		threads.parked = t->next_parked;
	} else {
		t = aligned_alloc(_Alignof(struct span_thread), sizeof *t);
		if (t) {
			memset(t, 0, sizeof *t);
			t->number = threads.made++;
			t->bias = SPAN_NO_BIAS;
			t->latest.slot = &nowhere;
			span_thread_forget(t);
			t->next = threads.all;
			threads.all = t;
		}
	}
	pthread_mutex_unlock(&threads.lock);
	return t;
}

/* Without a key nobody would tell us that the thread has ended: then rather no state. */
static struct span_thread *adopt(struct otel_thread *th)
{
	struct span_thread *t = threads.has_key ? unpark() : NULL;

	if (!t)
		return NULL;
	put_into_block(t, th);
	if (!pthread_setspecific(threads.key, t))
		return t;
	park(t);
	return NULL;
}

void span_thread_settle(struct span_thread *t)
{
	if (t->bias != SPAN_NO_BIAS || !fence_is_ready() || t->number + 1 >= SPAN_NO_BIAS)
		return;
	atomic_store_explicit(&by_bias[t->number + 1], t, memory_order_release);
	t->bias = t->number + 1;
	span_thread_set_words(t);
}

__attribute__((noinline, cold)) struct span_thread *span_thread_find(struct otel_thread *th)
{
	const int saved = errno;

	fork_epoch_recover();
	struct span_thread *t = th->sdk ? th->sdk : adopt(th);
	if (t) {
		rand_seed(&t->random);
		t->epoch = fork_epoch();
		span_thread_set_words(t);
		span_thread_settle(t);
	}
	errno = saved;
	return t;
}

void span_thread_fork_prepare(void)
{
	pthread_mutex_lock(&threads.lock);
}

void span_thread_fork_parent(void)
{
	pthread_mutex_unlock(&threads.lock);
}

void span_thread_fork_child(void)
{
	const struct span_thread *own = threads.has_key ? pthread_getspecific(threads.key) : NULL;

	pthread_mutex_init(&threads.lock, NULL);
	threads.parked = NULL;
	for (struct span_thread *t = threads.all; t; t = t->next) {
		t->slots = (struct slot_cache){NULL, NULL};
		t->epoch = 0;
		t->recording = slot_control(0, 0, SPAN_NO_BIAS, SLOT_RECORDING);
		span_thread_forget(t);
		if (t == own)
			continue;
		/* Caught at any point of what they were doing: nothing in them can be trusted, not even to be freed. */
		memset(&t->pool, 0, sizeof t->pool);
		atomic_store(&t->inside, NULL);
		t->ending = 0;
		t->owner = NULL;
		t->next_parked = threads.parked;
		threads.parked = t;
	}
}
