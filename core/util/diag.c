/* SPDX-License-Identifier: Apache-2.0
 *
 * diag.c - one line per distinct problem on fd 2. No malloc, no lock, no stdio stream.
 */
#include "util/diag.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "util/str.h"

#define LINE_MAX_BYTES 1024
#define SEEN_MAX       256
#define WAIT_MS        50

enum novelty { SEEN_BEFORE, SEEN_NEW, SEEN_FULL };

static _Atomic int level_ = DIAG_WARN;
static _Atomic(const struct otel_boot *) boot_;
static _Atomic uint64_t seen_[SEEN_MAX];
static atomic_bool said_full_;
static _Atomic(void (*)(enum diag_level, const char *)) hear_;

void diag_setup(const struct otel_boot *boot, enum diag_level level)
{
	if (boot)
		atomic_store(&boot_, boot);
	atomic_store(&level_, (int)level);
}

void diag_listen(void (*hear)(enum diag_level level, const char *line))
{
	atomic_store(&hear_, hear);
}

bool diag_enabled(enum diag_level level)
{
	return level != DIAG_NONE && (int)level <= atomic_load_explicit(&level_, memory_order_relaxed);
}

/* FNV-1a; 0 marks a free place in the table. */
static uint64_t hash_(const char *s)
{
	uint64_t h = 0xcbf29ce484222325u;

	for (; *s; s++)
		h = (h ^ (uint8_t)*s) * 0x100000001b3u;
	return h ? h : 1;
}

static enum novelty note_(const char *line)
{
	uint64_t h = hash_(line);

	for (size_t i = 0; i < SEEN_MAX; i++) {
		uint64_t at = 0;
		_Atomic uint64_t *place = &seen_[(h + i) % SEEN_MAX];
		if (atomic_compare_exchange_strong(place, &at, h))
			return SEEN_NEW;
		if (at == h)
			return SEEN_BEFORE;
	}
	return SEEN_FULL;
}

/* Without a snapshot, fd 2 is what it was at the first line. */
static void note_fd_(const struct stat *st)
{
	static struct otel_boot found;
	static atomic_flag taken = ATOMIC_FLAG_INIT;

	if (atomic_flag_test_and_set(&taken))
		return;
	found.err_dev = st->st_dev;
	found.err_ino = st->st_ino;
	const struct otel_boot *none = NULL;
	atomic_compare_exchange_strong(&boot_, &none, &found);
}

static bool is_still_stderr_(void)
{
	const struct otel_boot *boot;
	struct stat st;

	if (fstat(STDERR_FILENO, &st))
		return false;
	boot = atomic_load(&boot_);
	if (!boot) {
		note_fd_(&st);
		return true;
	}
	return boot->err_ino && boot->err_dev == st.st_dev && boot->err_ino == st.st_ino;
}

/* What a write to a pipe without a reader, over the file size limit, or to the terminal from the background raises: the
 * first two end most programs, the third stops them. */
static const int raised_[] = {SIGPIPE, SIGXFSZ, SIGTTOU};

/* Holds those signals back for this thread while writing, and takes off again what the write raised; what was pending
 * before stays pending. */
static void write_guarded_(const char *line, size_t len)
{
	const struct timespec now = {0};
	sigset_t held;
	sigset_t before;
	sigset_t pending;

	sigemptyset(&held);
	for (size_t i = 0; i < sizeof(raised_) / sizeof(raised_[0]); i++)
		sigaddset(&held, raised_[i]);
	if (pthread_sigmask(SIG_BLOCK, &held, &before))
		return;
	sigpending(&pending);
	if (write(STDERR_FILENO, line, len) < 0) {
		for (size_t i = 0; i < sizeof(raised_) / sizeof(raised_[0]); i++) {
			if (sigismember(&pending, raised_[i]))
				sigdelset(&held, raised_[i]);
		}
		while (sigtimedwait(&held, NULL, &now) > 0 || errno == EINTR)
			;
	}
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

static void write_line_(const char *line, size_t len)
{
	struct pollfd ready = {.fd = STDERR_FILENO, .events = POLLOUT};
	int saved = errno;
	int cancel;

	/* write() and poll() are cancellation points, and our callers may hold locks. */
	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cancel);
	/* A pipe counts as writable when it has room for PIPE_BUF bytes, which is more than a line. */
	if (is_still_stderr_() && poll(&ready, 1, WAIT_MS) == 1 && ready.revents & (POLLOUT | POLLERR))
		write_guarded_(line, len);
	pthread_setcancelstate(cancel, NULL);
	errno = saved;
}

/* Control characters could forge lines or drive a terminal. */
static size_t scrub_(char *out, size_t cap, const char *text)
{
	size_t len = str_scrub_utf8(out, cap, text, strlen(text));

	for (size_t i = 0; i < len; i++) {
		uint8_t byte = (uint8_t)out[i];
		bool is_c1 = byte == 0xc2 && (uint8_t)out[i + 1] < 0xa0;
		if (byte < 0x20 || byte == 0x7f || is_c1)
			out[i] = '?';
		if (is_c1)
			out[++i] = '?';
	}
	return len;
}

static void say_(enum diag_level level, const char *text)
{
	void (*hear)(enum diag_level, const char *) = atomic_load(&hear_);
	char line[sizeof("otel-c: \n") + LINE_MAX_BYTES] = "otel-c: ";
	const size_t mark = strlen(line);
	size_t len = mark + scrub_(line + mark, LINE_MAX_BYTES, text);

	if (hear) {
		hear(level, line + mark);
		return;
	}
	line[len++] = '\n';
	write_line_(line, len);
}

/* ---- the newest problem ---- */

#define LAST_LINES 8

static struct {
	atomic_flag is_taken; /* by who writes it */
	char line[LINE_MAX_BYTES];
} last_[LAST_LINES];
static _Atomic unsigned last_taken_;
static _Atomic(const char *) last_line_ = "";

/* If all are being written, one of them will be the newest. */
static void keep_last_(const char *text)
{
	for (int i = 0; i < LAST_LINES; i++) {
		const unsigned n = atomic_fetch_add(&last_taken_, 1) % LAST_LINES;
		if (atomic_flag_test_and_set(&last_[n].is_taken))
			continue;
		scrub_(last_[n].line, LINE_MAX_BYTES, text);
		atomic_store(&last_line_, last_[n].line);
		atomic_flag_clear(&last_[n].is_taken);
		return;
	}
}

const char *diag_last(void)
{
	return atomic_load(&last_line_);
}

void diag_v(enum diag_level level, const char *format, va_list args)
{
	char text[LINE_MAX_BYTES];
	int saved = errno;
	int len;

	if (!diag_enabled(level) && level > DIAG_WARN)
		return;
	len = vsnprintf(text, sizeof(text), format, args);
	if (len < 0)
		goto out;
	if ((size_t)len >= sizeof(text))
		memcpy(text + sizeof(text) - 4, "...", 4);
	if (level <= DIAG_WARN)
		keep_last_(text);
	if (!diag_enabled(level))
		goto out;
	switch (note_(text)) {
	case SEEN_NEW:
		say_(level, text);
		break;
	case SEEN_FULL:
		if (!atomic_exchange(&said_full_, true))
			say_(DIAG_ERROR, "too many different problems: no more of them are shown");
		break;
	case SEEN_BEFORE:
		break;
	}
out:
	errno = saved;
}

void diag(enum diag_level level, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	diag_v(level, format, args);
	va_end(args);
}
