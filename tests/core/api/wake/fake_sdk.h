/* SPDX-License-Identifier: Apache-2.0
 *
 * fake_sdk.h - what the fake libotel_sdk.so.1 tells of itself, found with dlsym.
 */
#ifndef TEST_FAKE_SDK_H
#define TEST_FAKE_SDK_H

#include <otel/otel.h>

#include <stdatomic.h>
#include <stdint.h>

struct fake_sdk_facts {
	unsigned attaches; /* calls of otel_sdk_attach_v1 */
	unsigned started; /* spans */
	uint64_t reentrant; /* handle of the span started inside attach */
	uint64_t parent; /* of the last span */
	const void *boot;
	const char *distro; /* OTEL_DISTRO in the snapshot */
	unsigned unlocked; /* attaches without net_lock */
};

/* Of the program: FAKE_SDK=gated waits in otel_sdk_attach_v1 until it is open. */
struct wake_gate {
	atomic_bool is_reached;
	atomic_bool is_open;
};

OTEL_EXPORT extern struct wake_gate wake_gate __attribute__((weak));

typedef struct fake_sdk_facts fake_sdk_facts_fn(void);

#endif
