/* SPDX-License-Identifier: Apache-2.0
 *
 * module.c - http.so: all transfers of the process on one curl_multi.
 *
 * Pipeline thread alone, except wake() and, in the child of a fork, abandon().
 */
#include "http/http.h"

#include <otel/version.h>

#include <limits.h>
#include <openssl/crypto.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "http/call.h"
#include "http/kept.h"
#include "http/sock.h"
#include "http/wake.h"
#include "http/wake_pair.h"

enum { IDLE_HANDLES = 4, GLOBAL_INITS = 16, MAX_CONNECTIONS = 8 };

/* libcurl objects that were given up because their sockets are gone. Cleaning them up would write to descriptors that
 * belong to somebody else now. */
struct grave {
	struct grave *next;
	CURLM *multi;
};

static struct {
	const struct otel_boot *boot;
	char *user_agent;
	CURLM *multi;
	CURL *idle[IDLE_HANDLES];
	size_t idle_count;
	struct otel_http_call *active; /* in the multi */
	struct otel_http_call *finished; /* to be delivered, in order */
	struct otel_http_call **last; /* end of `finished` */
	size_t running;
	struct grave *graves;
} http = {.last = &http.finished};

/* ---- opening ---- */

/* OpenSSL tears itself down in an exit handler, even while a thread is still setting it up, or uses it. If we are the
 * first user in the process it gets no such handler: there is nothing to save at exit. If the program was first, its
 * handler is registered already, and ours, which runs before it, keeps net_lock. */
static void tls_library_hold(const struct http_env *env)
{
	OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, NULL);
	env->exit_arm();
}

/* libcurl counts its users; one unbalanced curl_global_cleanup() of the host must not end it under our feet. */
static otel_status init_libcurl(void)
{
	static bool done;
	for (int i = 0; !done && i < GLOBAL_INITS; i++)
		if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
			return OTEL_FAILED;
	done = true;
	return OTEL_OK;
}

static otel_status module_open(const struct http_env *env)
{
	tls_library_hold(env);
	if (init_libcurl() != OTEL_OK)
		return OTEL_FAILED;
	char *user_agent = strdup(env->user_agent ? env->user_agent : "");
	if (!user_agent)
		return OTEL_NO_MEMORY;
	free(http.user_agent);
	http.user_agent = user_agent;
	http.boot = env->boot;
	wake_fd();
	return OTEL_OK;
}

static bool have_multi(void)
{
	if (http.multi)
		return true;
	http.multi = wake_pair_multi_init();
	if (http.multi) {
		curl_multi_setopt(http.multi, CURLMOPT_MAXCONNECTS, (long)MAX_CONNECTIONS);
		curl_multi_setopt(http.multi, CURLMOPT_PIPELINING, (long)CURLPIPE_NOTHING); /* see attempt.c */
	}
	return http.multi != NULL;
}

/* ---- handles ---- */

static CURL *handle_take(void)
{
	return http.idle_count ? http.idle[--http.idle_count] : curl_easy_init();
}

/* Connections live in the multi, so a reset handle loses nothing. */
static void handle_give(CURL *easy)
{
	curl_easy_reset(easy);
	curl_easy_setopt(easy, CURLOPT_SHARE, NULL); /* which a reset leaves */
	if (http.idle_count < IDLE_HANDLES)
		http.idle[http.idle_count++] = easy;
	else
		curl_easy_cleanup(easy);
}

/* ---- calls ---- */

static void set_aside(struct otel_http_call *call)
{
	struct otel_http_call **link = &http.active;
	while (*link != call)
		link = &(*link)->next;
	*link = call->next;
	call->next = NULL;
	*http.last = call;
	http.last = &call->next;
}

/* The host closed our sockets, and their numbers may be somebody's file by now. Nothing of libcurl that knows these
 * numbers is touched again: it would write its farewells there. */
static void bury(void)
{
	struct grave *grave = malloc(sizeof(*grave));
	if (grave) {
		*grave = (struct grave){.next = http.graves, .multi = http.multi};
		http.graves = grave;
	}
	http.multi = NULL;
	attempt_forget();
	while (http.active) {
		struct otel_http_call *call = http.active;
		call_give_up(call, OTEL_HTTP_BROKEN, "the program closed the connection's file descriptor");
		call->headers = NULL; /* the buried handle still points to them */
		set_aside(call);
	}
	sock_close_all();
	wake_pair_close();
}

static bool is_web_url(const char *url)
{
	return strncasecmp(url, "http://", 7) == 0 || strncasecmp(url, "https://", 8) == 0;
}

static otel_status module_submit(const otel_http_request *request,
				 void (*on_reply)(void *arg, const otel_http_reply *reply), void *arg,
				 otel_http_call **out)
{
	if (!is_web_url(request->url))
		return OTEL_INVALID;
	if (!sock_all_hold())
		bury(); /* a connection kept alive is gone: this request shall not suffer for it */
	CURL *easy = have_multi() ? handle_take() : NULL;
	if (!easy)
		return OTEL_NO_MEMORY;
	kept_look();
	const struct proxy proxy = proxy_for(http.boot, request->url);
	struct otel_http_call *call = call_create(easy, request, &proxy, http.user_agent);
	if (!call) {
		handle_give(easy);
		return OTEL_INVALID;
	}
	if (curl_multi_add_handle(http.multi, easy) != CURLM_OK) {
		call_destroy(call);
		handle_give(easy);
		return OTEL_FAILED;
	}
	call->on_reply = on_reply;
	call->arg = arg;
	call->next = http.active;
	http.active = call;
	http.running++;
	if (out)
		*out = call;
	return OTEL_OK;
}

static void module_cancel(otel_http_call *handle)
{
	struct otel_http_call *call = http.active;
	while (call && call != handle)
		call = call->next;
	if (!call)
		return; /* over already */
	if (!sock_all_hold()) {
		bury();
		return;
	}
	CURL *easy = call->easy;
	call_give_up(call, OTEL_HTTP_CANCELLED, "cancelled");
	curl_multi_remove_handle(http.multi, easy);
	handle_give(easy);
	set_aside(call);
	sock_settle();
}

static void take_finished(void)
{
	int left;
	CURLMsg *message;
	while ((message = curl_multi_info_read(http.multi, &left))) {
		if (message->msg != CURLMSG_DONE)
			continue;
		CURL *easy = message->easy_handle;
		CURLcode code = message->data.result; /* gone with the handle */
		struct otel_http_call *call = NULL;
		curl_easy_getinfo(easy, CURLINFO_PRIVATE, (char **)&call);
		curl_multi_remove_handle(http.multi, easy);
		if (call_again(call, code) && curl_multi_add_handle(http.multi, easy) == CURLM_OK)
			continue;
		call_finish(call, code);
		handle_give(easy);
		set_aside(call);
	}
}

static void module_drive(void)
{
	int running;

	if (!http.multi)
		return;
	if (!sock_all_hold()) {
		bury();
		return;
	}
	curl_multi_perform(http.multi, &running);
	take_finished();
	sock_settle();
}

static size_t module_deliver(void)
{
	size_t n = 0;
	while (http.finished) {
		struct otel_http_call *call = http.finished;
		http.finished = call->next;
		if (!http.finished)
			http.last = &http.finished;
		http.running--;
		call->on_reply(call->arg, &call->reply);
		call_destroy(call);
		n++;
	}
	return n;
}

static size_t module_running(void)
{
	return http.running;
}

/* ---- sleeping ---- */

/* Not curl_multi_poll(): that reads from libcurl's own wake-up socket, whoever owns its number now. */
static void module_wait(uint32_t timeout_ms)
{
	int fd = wake_fd();
	int timeout = timeout_ms < INT_MAX ? (int)timeout_ms : INT_MAX;

	if (fd < 0 && timeout > 100)
		timeout = 100; /* without a pipe nobody can wake us */
	if (http.active) {
		struct curl_waitfd extra = {.fd = fd, .events = CURL_WAIT_POLLIN};
		curl_multi_wait(http.multi, &extra, fd >= 0, timeout, NULL);
	} else {
		struct pollfd p = {.fd = fd, .events = POLLIN};
		poll(&p, 1, timeout);
	}
	wake_drain();
}

/* ---- fork ---- */

static void module_abandon(void)
{
	sock_close_all();
	wake_pair_close();
	wake_abandon();
	attempt_forget();
	http.multi = NULL;
	http.idle_count = 0;
	http.active = NULL;
	http.finished = NULL;
	http.last = &http.finished;
	http.running = 0;
}

extern const struct http_module otel_http_v1;

OTEL_EXPORT const struct http_module otel_http_v1 = {
	.size = sizeof(struct http_module),
	.version = OTEL_C_VERSION,
	.open = module_open,
	.submit = module_submit,
	.cancel = module_cancel,
	.drive = module_drive,
	.deliver = module_deliver,
	.wait = module_wait,
	.wake = wake_signal,
	.running = module_running,
	.abandon = module_abandon,
};
