/* SPDX-License-Identifier: Apache-2.0
 *
 * kept.h - how far connections that were kept open can be trusted. Those from before the machine slept, or went to
 * another network, look alive and are not: a request on them would wait for its timeout, and its outcome be unknown.
 */
#ifndef OTEL_HTTP_KEPT_H
#define OTEL_HTTP_KEPT_H

/* Looks whether something happened to the machine. Before each request. */
void kept_look(void);

/* All that are open now are in doubt. */
void kept_doubt(void);

/* How old a kept connection may be, in seconds: 0 = none is to be used, -1 = any age. */
long kept_max_age(void);

#endif
