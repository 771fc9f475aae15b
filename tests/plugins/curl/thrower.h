/* SPDX-License-Identifier: Apache-2.0
 *
 * thrower.h - a program in C++ around and inside a transfer.
 */
#ifndef TESTS_CURL_THROWER_H
#define TESTS_CURL_THROWER_H

#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A callback. */
void throw_inside(void *easy);

/* Whether the call was left by what throw_inside() throws. */
bool catch_around(int (*call)(void));

#ifdef __cplusplus
}
#endif

#endif
