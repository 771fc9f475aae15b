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
#include "sdk/exit.h"
#include "sdk/host_symbols.h"
#include "util/diag.h"

enum call_state {
	CALL_NEW, /* door_drive() will hand it over */
	CALL_RUNNING, /* in http.so */
	CALL_ENDED /* without http.so: `error` tells */
};

/* One request: our copy of it, and who waits for the answer. Plugins know it as otel_http_call. */
struct call {
	struct call *next;
	enum call_state state;
	otel_http_error error;
	bool cancel;
	otel_http_call *inner; /* in http.so; NULL once cancelled */
	void (*on_reply)(void *arg, const otel_http_reply *reply);
	void *arg;
	otel_http_request request;
};

static struct {
	struct door_options options;
	const struct http_module *module; /* loaded; never unloaded */
	bool refused; /* will not be loaded: said once */
	bool open;
	_Atomic(const struct http_module *) sleeper; /* open: door_wait() sleeps in it */
	_Atomic uint32_t woken; /* futex */

	pthread_mutex_t lock; /* the list; never held during a callback or a call into http.so */
	struct call *calls;
	_Atomic bool news;
} door = {.lock = PTHREAD_MUTEX_INITIALIZER};

void door_setup(const struct door_options *options)
{
	door.options = *options;
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

static size_t text_size(const char *s)
{
	return s ? strlen(s) + 1 : 0;
}

static size_t request_text_size(const otel_http_request *r)
{
	size_t n = text_size(r->method) + text_size(r->url) + text_size(r->ca_file) + text_size(r->client_cert) +
		   text_size(r->client_key);
	for (size_t i = 0; i < r->header_count; i++)
		n += text_size(r->headers[i].name) + text_size(r->headers[i].value);
	return n;
}

static const char *text_copy(char **room, const char *s)
{
	if (!s)
		return NULL;
	size_t n = strlen(s) + 1;
	char *copy = memcpy(*room, s, n);
	*room += n;
	return copy;
}

/* A plugin may know a shorter otel_http_request: what it does not know is 0. */
static otel_http_request request_read(const otel_http_request *from)
{
	otel_http_request r = {0};
	memcpy(&r, from, from->size < sizeof(r) ? from->size : sizeof(r));
	r.size = sizeof(r);
	return r;
}

/* One block: the call, its headers, its strings. The body stays with the caller. */
static struct call *call_create(const otel_http_request *from)
{
	otel_http_request r = request_read(from);
	struct call *call = calloc(1, sizeof(*call) + r.header_count * sizeof(otel_header) + request_text_size(&r));
	if (!call)
		return NULL;
	otel_header *headers = (otel_header *)(void *)(call + 1);
	char *room = (char *)(headers + r.header_count);
	for (size_t i = 0; i < r.header_count; i++) {
		headers[i].name = text_copy(&room, r.headers[i].name);
		headers[i].value = text_copy(&room, r.headers[i].value);
	}
	r.headers = headers;
	r.method = text_copy(&room, r.method);
	r.url = text_copy(&room, r.url);
	r.ca_file = text_copy(&room, r.ca_file);
	r.client_cert = text_copy(&room, r.client_cert);
	r.client_key = text_copy(&room, r.client_key);
	call->request = r;
	return call;
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
	if (out)
		*out = (otel_http_call *)call;

	pthread_mutex_lock(&door.lock);
	struct call **last = &door.calls;
	while (*last)
		last = &(*last)->next;
	*last = call;
	atomic_store(&door.news, true);
	pthread_mutex_unlock(&door.lock);
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

	call->on_reply(call->arg, reply);
	free(call);
}

static void on_module_reply(void *arg, const otel_http_reply *reply)
{
	call_answer(arg, reply);
}

/* ---- driving ---- */

static void call_end(struct call *call, otel_http_error error)
{
	call->state = CALL_ENDED;
	call->error = error;
}

static void call_submit(struct call *call)
{
	const struct http_module *module = module_open();
	if (!module) {
		call_end(call, OTEL_HTTP_UNAVAILABLE);
		return;
	}
	const otel_status status = module->submit(&call->request, on_module_reply, call, &call->inner);
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
	if (call->state == CALL_NEW && cancel)
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

static const char *error_text(otel_http_error error)
{
	switch (error) {
	case OTEL_HTTP_CANCELLED:
		return "cancelled";
	case OTEL_HTTP_UNAVAILABLE:
		return "http.so could not be loaded";
	default:
		return "libcurl did not take the request";
	}
}

size_t door_deliver(void)
{
	size_t n = 0;
	struct call *call;
	while ((call = call_ended())) {
		const otel_http_reply reply = {.size = sizeof(reply),
					       .error = call->error,
					       .message = error_text(call->error),
					       .content_type = "",
					       .retry_after = ""};
		call_answer(call, &reply);
		n++;
	}
	return door.open ? n + door.module->deliver() : n;
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
}

void door_fork_parent(void)
{
	pthread_mutex_unlock(&door.lock);
}

void door_fork_child(void)
{
	pthread_mutex_init(&door.lock, NULL);
	if (door.open)
		door.module->abandon();
	door.open = false;
	atomic_store(&door.sleeper, NULL);
	atomic_store(&door.woken, 0);
	for (struct call *call = door.calls; call; call = call->next)
		call_end(call, OTEL_HTTP_CANCELLED);
	atomic_store(&door.news, door.calls != NULL);
}
