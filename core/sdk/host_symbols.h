/* SPDX-License-Identifier: Apache-2.0
 *
 * host_symbols.h - would libcurl and OpenSSL, loaded into this program, be bound to somebody else's functions?
 */
#ifndef OTEL_SDK_HOST_SYMBOLS_H
#define OTEL_SDK_HOST_SYMBOLS_H

#include <stdbool.h>

/* Names the symbol and the object that stand in the way of loading http.so; false when nothing does. Both strings
 * live as long as the process. */
bool host_symbols_clash(const char **symbol, const char **object);

/* The rule alone: may `object` (a path) define a symbol of a library whose file name begins with `library`? */
bool host_symbols_allowed(const char *object, const char *library);

#endif
