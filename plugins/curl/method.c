/* SPDX-License-Identifier: Apache-2.0
 *
 * method.c - the known methods (RFC 9110 and PATCH). Case counts: "get" is another method than "GET".
 */
#include "plugins/curl/method.h"

#include <stddef.h>
#include <string.h>

static const char *const known[] = {"GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS", "CONNECT", "TRACE"};

struct method method_of(const char *wire)
{
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strcmp(wire, known[i]) == 0)
			return (struct method){known[i], NULL, known[i]};
	return (struct method){"_OTHER", wire, "HTTP"};
}
