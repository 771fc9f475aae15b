/* SPDX-License-Identifier: Apache-2.0
 *
 * guest.h - what is the program's, and shall be as it was: errno, signals, descriptors, locale, environment, memory.
 */
#ifndef OTEL_TESTS_FAULTS_GUEST_H
#define OTEL_TESTS_FAULTS_GUEST_H

/* Before anything of the SDK runs. */
void guest_begin(void);

/* Around calls. */
void guest_errno_set(void);
void guest_errno_check(void);

/* For the program that this one becomes by exec: it starts with as many descriptors as this one did. */
void guest_expect_fds(void);

/* A word on stdout for each that was changed. */
void guest_tell_harm(void);

#endif
