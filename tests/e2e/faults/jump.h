/* SPDX-License-Identifier: Apache-2.0
 *
 * jump.h - a clock of the program's own, that somebody sets.
 */
#ifndef OTEL_TESTS_FAULTS_JUMP_H
#define OTEL_TESTS_FAULTS_JUMP_H

/* From now on the time of day is so many seconds later. NULL in a program that has the machine's clock. */
void clock_jump(long seconds) __attribute__((weak));

#endif
