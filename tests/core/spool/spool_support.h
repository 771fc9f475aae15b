/* SPDX-License-Identifier: Apache-2.0
 *
 * spool_support.h - a directory of its own for each test of the spool, and what lies in it.
 */
#ifndef TESTS_SPOOL_SUPPORT_H
#define TESTS_SPOOL_SUPPORT_H

#include <limits.h>

#include "spool/spool_record.h"
#include "spool/spool_survey.h"

/* An empty directory, mode 0700, gone at the end of the test. */
extern char spool_test_dir[PATH_MAX];
void spool_test_begin(void); /* a new one; as setup of each test */
void spool_test_end(void); /* removes it with all that is in it */

/* Open, as spool_dir_open() gives it. */
int spool_test_open(void);

/* A record with this request. */
struct spool_record spool_test_record(const char *exporter, const char *request);

/* A name of a file with this record, number and time. */
struct spool_name spool_test_name(const struct spool_record *record, uint32_t number, uint64_t stored_ms);

/* Stores a record under that name. */
struct spool_name spool_test_store(const char *request, uint32_t number, uint64_t stored_ms);

/* How many files there are whose names end like this. */
unsigned spool_test_count(const char *suffix);

/* Runs it in a child, which is then killed: whatever that held is a dead owner's. */
void spool_test_in_killed_child(void (*run)(void));

#endif
