/* SPDX-License-Identifier: Apache-2.0
 *
 * http_door.c - requests on their way to and from http.so, the one user of libcurl.
 */
#include "sdk/http_door.h"

#include <otel/version.h>

#include <dlfcn.h>
#include <errno.h>
#include <linux/futex.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "http/http.h"
#include "plugin/registry.h"
#include "sdk/auth.h"
#include "sdk/door_call.h"
#include "sdk/exit.h"
#include "sdk/host_symbols.h"
#include "util/clock.h"
#include "util/diag.h"
#include "util/str.h"

enum { TIMEOUT_MS = 10000 }; /* where a request has none */

static struct {
	struct door_options options;
	const struct http_module *module; /* loaded; never unloaded */
	bool refused; /* will not be loaded: said once */
	bool open;
	_Atomic(const struct http_module *) sleeper; /* open: door_wait() sleeps in it */
	_Atomic uint32_t woken; /* futex */

	pthread_mutex_t lock; /* the list; never held during a callback or a call into http.so */
	struct call *calls;
	bool closed; /* the pipeline has ended: no new ones */
	_Atomic bool news;
} door = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void (*watcher)(const otel_http_request *request, const otel_http_reply *reply);

void door_watch(void (*saw)(const otel_http_request *request, const otel_http_reply *reply))
{
	watcher = saw;
}

void door_setup(const struct door_options *options)
{
	door.options = *options;
	pthread_mutex_lock(&door.lock);
	door.closed = false;
	pthread_mutex_unlock(&door.lock);
}

bool door_is_shut(void)
{
	return door.refused;
}

/* ---- loading; under net_lock ---- */

static const struct http_module *module_refuse(const char *path, const char *why)
{
	diag(DIAG_ERROR, "%s: not loaded: %s; nothing is sent over the network", path, why);
	return NULL;
}

static const struct http_module *module_load(void)
{
	char path[4096];
	const char *symbol, *object;

	int len = snprintf(path, sizeof(path), "%s/http.so", place_modules());
	if (len < 0 || (size_t)len >= sizeof(path))
		return module_refuse("http.so", "the path is too long");
	if (host_symbols_clash(&symbol, &object)) {
		diag(DIAG_ERROR,
		     "%s: not loaded: %s defines its own %s, which libcurl would be bound to; nothing is sent "
		     "over the network",
		     path, object, symbol);
		return NULL;
	}
	void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
	if (!handle) {
		const char *why = dlerror();
		return module_refuse("http.so", why ? why : path);
	}
	const struct http_module *module = dlsym(handle, OTEL_HTTP_SYMBOL);
	if (!module)
		return module_refuse(path, "no symbol " OTEL_HTTP_SYMBOL);
	if (module->size != sizeof(*module) || strcmp(module->version, OTEL_C_VERSION) != 0)
		return module_refuse(path, "it is of another version than libotel_sdk (" OTEL_C_VERSION ")");
	return module;
}

/* The module, ready for requests; NULL if there is none to be had. */
static const struct http_module *module_open(void)
{
	if (door.open)
		return door.module;
	if (!door.module && !door.refused) {
		door.module = module_load();
		door.refused = !door.module;
	}
	if (!door.module)
		return NULL;
	const struct http_env env = {
		.boot = door.options.boot, .user_agent = door.options.user_agent, .exit_arm = exit_arm};
	if (door.module->open(&env) != OTEL_OK) {
		diag(DIAG_ERROR, "http.so: libcurl could not be set up; nothing is sent over the network");
		return NULL;
	}
	door.open = true;
	atomic_store(&door.sleeper, door.module);
	return door.module;
}

otel_status door_load(void)
{
	door.options.slot->net_lock(-1);
	const struct http_module *module = module_open();
	door.options.slot->net_unlock();
	return module ? OTEL_OK : OTEL_FAILED;
}

/* ---- requests ---- */

static uint64_t deadline_of(const otel_http_request *request)
{
	return clock_mono_ms() + (request->timeout_ms ? request->timeout_ms : TIMEOUT_MS);
}

static bool is_to_be_signed(const otel_http_request *request)
{
	return request->auth && *request->auth && !str_equals_nocase(request->auth, "none");
}

static bool list_append(struct call *call)
{
	pthread_mutex_lock(&door.lock);
	const bool closed = door.closed;
	struct call **last = &door.calls;
	while (*last)
		last = &(*last)->next;
	if (!closed) {
		*last = call;
		atomic_store(&door.news, true);
	}
	pthread_mutex_unlock(&door.lock);
	return !closed;
}

otel_status door_request(const otel_http_request *request, void (*on_reply)(void *arg, const otel_http_reply *reply),
			 void *arg, otel_http_call **out)
{
	const size_t needed = offsetof(otel_http_request, url) + sizeof(request->url);
	if (request->size < needed || !request->method || !request->url)
		return OTEL_INVALID;
	struct call *call = call_create(request);
	if (!call)
		return OTEL_NO_MEMORY;
	call->on_reply = on_reply;
	call->arg = arg;
	call->state = CALL_NEW;
	if (is_to_be_signed(&call->request)) {
		call->state = CALL_WAITING;
		call->deadline = deadline_of(&call->request);
	}
	if (out)
		*out = (otel_http_call *)call;
	if (!list_append(call)) {
		call_free(call);
		return OTEL_FAILED;
	}
	door_wake();
	return OTEL_OK;
}

void door_cancel(otel_http_call *handle)
{
	pthread_mutex_lock(&door.lock);
	for (struct call *call = door.calls; call; call = call->next) {
		if ((otel_http_call *)call != handle)
			continue; /* only calls that are still ours: a late cancel does nothing */
		call->cancel = true;
		atomic_store(&door.news, true);
	}
	pthread_mutex_unlock(&door.lock);
	door_wake();
}

bool door_has_news(void)
{
	return atomic_load(&door.news);
}

/* Takes a call out of the list and answers it. `reply` is borrowed. */
static void call_answer(struct call *call, const otel_http_reply *reply)
{
	pthread_mutex_lock(&door.lock);
	struct call **link = &door.calls;
	while (*link != call)
		link = &(*link)->next;
	*link = call->next;
	pthread_mutex_unlock(&door.lock);

	if (watcher)
		watcher(&call->request, reply);
	call->on_reply(call->arg, reply);
	call_free(call);
}

static void on_module_reply(void *arg, const otel_http_reply *reply)
{
	struct call *call = arg;

	if (!call_is_refused(call, reply, clock_mono_ms()))
		call_answer(call, reply);
}

/* ---- driving ---- */

static void call_submit(struct call *call)
{
	const struct http_module *module = module_open();
	if (!module) {
		call_end(call, OTEL_HTTP_UNAVAILABLE);
		return;
	}
	const otel_http_request request = call_request(call, clock_mono_ms());
	const otel_status status = module->submit(&request, on_module_reply, call, &call->inner);
	if (status != OTEL_OK) {
		call_end(call, status == OTEL_INVALID ? OTEL_HTTP_INVALID : OTEL_HTTP_CONNECT);
		return;
	}
	call->state = CALL_RUNNING;
}

/* Cancellations first: what was never handed over need not be. Other threads only append to the list and set
 * `cancel`, so walking it needs the lock for each step alone. */
static void call_move_on(struct call *call, bool cancel)
{
	if ((call->state == CALL_NEW || call->state == CALL_WAITING) && cancel)
		call_end(call, OTEL_HTTP_CANCELLED);
	else if (call->state == CALL_NEW)
		call_submit(call);
	else if (call->state == CALL_RUNNING && cancel && call->inner) {
		door.module->cancel(call->inner);
		call->inner = NULL;
	}
}

static void hand_over(void)
{
	pthread_mutex_lock(&door.lock);
	atomic_store(&door.news, false);
	struct call *call = door.calls;
	while (call) {
		bool cancel = call->cancel;
		pthread_mutex_unlock(&door.lock);
		call_move_on(call, cancel);
		pthread_mutex_lock(&door.lock);
		call = call->next;
	}
	pthread_mutex_unlock(&door.lock);
}

void door_drive(void)
{
	if (!door_has_news() && !(door.open && door.module->running()))
		return;
	door.options.slot->net_lock(-1);
	hand_over();
	if (door.open)
		door.module->drive();
	door.options.slot->net_unlock();
}

static struct call *call_ended(void)
{
	pthread_mutex_lock(&door.lock);
	struct call *call = door.calls;
	while (call && call->state != CALL_ENDED)
		call = call->next;
	pthread_mutex_unlock(&door.lock);
	return call;
}

static const char *error_text(const struct call *call)
{
	if (*call->message)
		return call->message;
	switch (call->error) {
	case OTEL_HTTP_CANCELLED:
		return "cancelled";
	case OTEL_HTTP_UNAVAILABLE:
		return "http.so could not be loaded";
	default:
		return "libcurl did not take the request";
	}
}

static size_t deliver_ended(void)
{
	size_t n = 0;
	struct call *call;
	while ((call = call_ended())) {
		const otel_http_reply reply = {.size = sizeof(reply),
					       .error = call->error,
					       .status = call->status,
					       .message = error_text(call),
					       .content_type = "",
					       .retry_after = ""};
		call_answer(call, &reply);
		n++;
	}
	return n;
}

/* Asks for every call that waits for credentials. */
static void authenticate(uint64_t now)
{
	pthread_mutex_lock(&door.lock);
	for (struct call *call = door.calls; call; call = call->next) {
		if (call->state != CALL_WAITING || call->cancel)
			continue;
		pthread_mutex_unlock(&door.lock);
		call_authenticate(call, now);
		pthread_mutex_lock(&door.lock);
		if (call->state == CALL_NEW)
			atomic_store(&door.news, true);
	}
	pthread_mutex_unlock(&door.lock);
}

size_t door_deliver(void)
{
	size_t n = deliver_ended() + (door.open ? door.module->deliver() : 0);
	const uint64_t now = clock_mono_ms();

	authenticate(now);
	if (auth_step(now))
		authenticate(now);
	return n + deliver_ended();
}

uint64_t door_due(void)
{
	uint64_t due = auth_due();

	pthread_mutex_lock(&door.lock);
	for (const struct call *call = door.calls; call; call = call->next)
		if (call->state == CALL_WAITING && call->deadline < due)
			due = call->deadline;
	pthread_mutex_unlock(&door.lock);
	return due;
}

bool door_is_busy(void)
{
	pthread_mutex_lock(&door.lock);
	const bool busy = door.calls != NULL;
	pthread_mutex_unlock(&door.lock);
	return busy;
}

void door_close(void)
{
	auth_end();
	pthread_mutex_lock(&door.lock);
	door.closed = true;
	for (struct call *call = door.calls; call; call = call->next)
		call->cancel = true;
	atomic_store(&door.news, true);
	pthread_mutex_unlock(&door.lock);
}

/* ---- sleeping ---- */

void door_wait(uint32_t timeout_ms)
{
	if (atomic_exchange(&door.woken, 0))
		return;
	if (door.open) {
		door.module->wait(timeout_ms);
	} else {
		struct timespec t = {.tv_sec = timeout_ms / 1000, .tv_nsec = (long)(timeout_ms % 1000) * 1000000};
		syscall(SYS_futex, &door.woken, FUTEX_WAIT_PRIVATE, 0, &t, NULL, 0);
	}
	atomic_store(&door.woken, 0);
}

void door_wake(void)
{
	if (atomic_load_explicit(&door.woken, memory_order_relaxed) || atomic_exchange(&door.woken, 1))
		return;
	int saved = errno;
	const struct http_module *module = atomic_load(&door.sleeper);
	if (module)
		module->wake();
	else
		syscall(SYS_futex, &door.woken, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
	errno = saved;
}

/* ---- fork ---- */

void door_fork_prepare(void)
{
	pthread_mutex_lock(&door.lock);
	auth_fork_prepare();
}

void door_fork_parent(void)
{
	auth_fork_parent();
	pthread_mutex_unlock(&door.lock);
}

void door_fork_child(void)
{
	pthread_mutex_init(&door.lock, NULL);
	auth_fork_child();
	if (door.open)
		door.module->abandon();
	door.open = false;
	atomic_store(&door.sleeper, NULL);
	atomic_store(&door.woken, 0);
	for (struct call *call = door.calls; call; call = call->next)
		call_end(call, OTEL_HTTP_CANCELLED);
	atomic_store(&door.news, door.calls != NULL);
}
