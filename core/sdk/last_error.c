/* SPDX-License-Identifier: Apache-2.0
 *
 * last_error.c - two buffers in turn, so that the sentence handed out stays whole until the one after the next.
 */
#include "sdk/last_error.h"

#include <otel/sdk.h>

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>

#include "util/diag.h"

static char sentences[2][1024];
static _Atomic unsigned current;

static const char *keep(const char *format, va_list args)
{
	unsigned next = !atomic_load(&current);
	vsnprintf(sentences[next], sizeof sentences[next], format, args);
	atomic_store(&current, next);
	return sentences[next];
}

otel_status last_error_say(otel_status status, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	diag(DIAG_ERROR, "%s", keep(format, args));
	va_end(args);
	return status;
}

otel_status last_error_note(otel_status status, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	keep(format, args);
	va_end(args);
	return status;
}

const char *otel_last_error(void)
{
	return sentences[atomic_load(&current)];
}
