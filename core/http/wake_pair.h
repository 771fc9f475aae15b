/* SPDX-License-Identifier: Apache-2.0
 *
 * wake_pair.h - keeps the socket pair that curl_multi_init() makes out of the host's children.
 *
 * libcurl 7.88 opens it without CLOEXEC and tells nobody its numbers. We never use it.
 */
#ifndef OTEL_HTTP_WAKE_PAIR_H
#define OTEL_HTTP_WAKE_PAIR_H

#include <curl/curl.h>

/* curl_multi_init(), and its socket pair gets CLOEXEC if it can be told from what other threads opened meanwhile. */
CURLM *wake_pair_multi_init(void);

/* Closes the pair of the multi made last, as far as it is known: nobody may touch that multi any more. */
void wake_pair_close(void);

#endif
