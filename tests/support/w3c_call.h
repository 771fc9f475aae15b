/* SPDX-License-Identifier: Apache-2.0
 *
 * w3c_call.h - the calls that w3c_service makes.
 */
#ifndef TESTS_SUPPORT_W3C_CALL_H
#define TESTS_SUPPORT_W3C_CALL_H

/* Once, before the first call. */
void w3c_call_setup(void);

/* Posts JSON to the url in a CLIENT span, with the headers of the current context, and waits for the answer. */
void w3c_call(const char *url, const char *json);

#endif
