/* SPDX-License-Identifier: Apache-2.0
 *
 * stack.c - capturing a stack with backtrace(3) and naming its frames.
 */
#include "sdk/stack.h"

#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "api/slot.h"
#include "util/buf.h"
#include "util/symbols.h"

#define MAX_FRAMES   64
#define MAX_BYTES    8192
#define LOCK_WAIT_MS 100

static _Atomic(const struct otel_slot *) home;
static _Atomic bool is_loaded;

void stack_setup(const struct otel_slot *slot)
{
	atomic_store(&home, slot);
}

/* The first backtrace() of a process dlopens libgcc_s, which a fork in another thread must not cut in two. */
static bool load(void)
{
	const struct otel_slot *slot = atomic_load(&home);
	void *frame;

	if (atomic_load(&is_loaded))
		return true;
	if (!slot || !slot->net_lock(LOCK_WAIT_MS))
		return false;
	backtrace(&frame, 1);
	slot->net_unlock();
	atomic_store(&is_loaded, true);
	return true;
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

/* The API's own functions, wherever they were linked. */
static bool is_ours(const Dl_info *info)
{
	return (info->dli_fname && strncmp(base_name(info->dli_fname), "libotel_api.", 12) == 0) ||
	       (info->dli_sname && strncmp(info->dli_sname, "otel_", 5) == 0);
}

/* A return address may be the first byte of the next function: the call is before it. */
static void describe(const void *frame, Dl_info *info)
{
	memset(info, 0, sizeof(*info));
	dladdr((const char *)frame - 1, info);
}

static void print_frame(struct buf *out, struct symbols *symbols, const void *frame)
{
	struct symbol symbol;

	symbols_find(symbols, (const char *)frame - 1, &symbol);
	if (out->len)
		buf_append_char(out, '\n');
	buf_printf(out, "%s(%s+0x%tx) [%p]", symbol.module && *symbol.module ? symbol.module : "?", symbol.name,
		   (const char *)frame - (const char *)symbol.start, frame);
}

/* The first frame to show: past the SDK's, then past the API's. */
static int first_frame(void *const *frames, int count, const void *caller)
{
	int first = 0;
	Dl_info info;

	for (int i = 0; i < count; i++) {
		if (frames[i] == caller) {
			first = i;
			break;
		}
	}
	for (; first < count; first++) {
		describe(frames[first], &info);
		if (!is_ours(&info))
			break;
	}
	return first;
}

char *stack_capture(const void *caller)
{
	const int saved = errno;
	void *frames[MAX_FRAMES];
	char *text = NULL;
	struct symbols symbols = {NULL, NULL, 0};
	struct buf out;
	int count;

	buf_init(&out, MAX_BYTES);
	if (!load())
		goto out;
	count = backtrace(frames, MAX_FRAMES);
	for (int i = first_frame(frames, count, caller); i < count && !out.failed; i++) {
		const size_t before = out.len;
		print_frame(&out, &symbols, frames[i]);
		if (out.failed)
			out.len = before; /* whole lines only */
	}
	if (!out.len)
		goto out;
	text = malloc(out.len + 1);
	if (text) {
		memcpy(text, out.data, out.len);
		text[out.len] = '\0';
	}
out:
	symbols_fini(&symbols);
	buf_fini(&out);
	errno = saved;
	return text;
}
