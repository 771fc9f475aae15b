/* SPDX-License-Identifier: Apache-2.0
 *
 * stack.h - the stack of the calling thread as text, for OTEL_STACK_HERE.
 */
#ifndef OTEL_SDK_STACK_H
#define OTEL_SDK_STACK_H

struct otel_slot;

/* Whose net_lock guards the first capture (backtrace() then loads libgcc_s). The slot lives for ever. Without one
 * nothing is captured. Start thread. */
void stack_setup(const struct otel_slot *slot);

/* One line a frame, innermost first: "module(symbol+0x12) [0x7f…]". Begins with the function that called the API:
 * `caller` is the return address of the provider's function. malloc; NULL if there is nothing to show. Keeps errno. */
char *stack_capture(const void *caller);

#endif
