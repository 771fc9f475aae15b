/* SPDX-License-Identifier: Apache-2.0
 *
 * bio.h - a socket as OpenSSL sees it.
 */
#ifndef OTEL_TOOLS_SINK_BIO_H
#define OTEL_TOOLS_SINK_BIO_H

#include <openssl/bio.h>

/* Reads and writes *fd, which stays the caller's and where it is, without waiting. NULL: out of memory. */
BIO *sink_bio(int *fd);

#endif
