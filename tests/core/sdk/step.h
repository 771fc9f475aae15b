/* SPDX-License-Identifier: Apache-2.0
 *
 * step.h - a signal handler that comes after any given instruction of a function.
 */
#ifndef TESTS_CORE_SDK_STEP_H
#define TESTS_CORE_SDK_STEP_H

#include <stdbool.h>

/* The processor's trap flag does it; sanitizers put signals off. */
#if defined(__x86_64__) && !defined(__SANITIZE_THREAD__) && !defined(__SANITIZE_ADDRESS__)
#define STEP_IS_POSSIBLE 1
#else
#define STEP_IS_POSSIBLE 0
#endif

/* Runs the function, and the handler once in a signal handler, after `at` instructions (some of which are of the way to
 * the function). False: it ended before. */
bool step_run(void (*function)(void), unsigned at, void (*handler)(void));

#endif
