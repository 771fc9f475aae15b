/* SPDX-License-Identifier: Apache-2.0
 *
 * process_context.c - the mapping of OTEP 4719: a header that says where the payload is, and a time that is 0 while
 * either changes. Readers are other processes, which read at any moment and look at the time before and after.
 */
#include "sdk/process_context.h"

#include <errno.h>
#include <linux/prctl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

#include "sdk/attr.h"
#include "sdk/resource.h"
#include "sdk/slots.h"
#include "util/buf.h"
#include "util/clock.h"
#include "util/diag.h"
#include "util/wire.h"

#define NAME      "OTEL_CTX"
#define VERSION   2u
#define MAX_BYTES ((size_t)4 << 20)
/* The name that readers of today know; the OTEP means to call the same layout "tls_v1" one day. */
#define THREAD_SCHEMA   "tlsdesc_v1_dev"
#define MFD_NOEXEC      0x8u /* MFD_NOEXEC_SEAL, Linux 6.3 */
#define FIELD_ATTRIBUTE WIRE_TAG(2, WIRE_LEN) /* ProcessContext.attributes */

/* As it lies in memory, in the machine's byte order. What changes is released, store by store: none is seen before
 * those that were made before it. */
struct header {
	char signature[8];
	uint32_t version;
	_Atomic uint32_t payload_size;
	_Atomic uint64_t published_ns; /* CLOCK_BOOTTIME; 0: changing */
	_Atomic uint64_t payload;
};
_Static_assert(sizeof(struct header) == 32, "as others read it");

/* The thread that starts the SDK, and the pipeline's. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct {
	struct header *header; /* NULL: nothing is published */
	uint8_t *payload;
	enum process_sharing sharing;
	pid_t pid; /* whose mapping it is */
} context;

/* ---- the payload ---- */

/* A KeyValue whose AnyValue is this field. */
static void put_attribute(struct buf *b, const char *key, uint8_t value_tag, const char *value)
{
	struct buf any, pair;

	buf_init(&any, MAX_BYTES);
	buf_init(&pair, MAX_BYTES);
	wire_append_len(&any, value_tag, value, strlen(value));
	wire_append_len(&pair, KEY_VALUE_KEY, key, strlen(key));
	wire_append_len(&pair, KEY_VALUE_VALUE, any.data, any.len);
	wire_append_len(b, FIELD_ATTRIBUTE, pair.data, pair.len);
	b->failed = b->failed || any.failed || pair.failed;
	buf_fini(&any);
	buf_fini(&pair);
}

/* ProcessContext: the resource has the number and form that it has in ResourceSpans. */
static uint8_t *encode(enum process_sharing sharing, size_t *len)
{
	struct buf b;
	size_t resource_len;
	const uint8_t *resource = resource_message(&resource_len);

	buf_init(&b, MAX_BYTES);
	buf_append(&b, resource, resource_len);
	if (sharing == SHARE_THREADS) {
		put_attribute(&b, "threadlocal.schema_version", ANY_STRING, THREAD_SCHEMA);
		put_attribute(&b, "threadlocal.attribute_key_map", ANY_ARRAY, "");
	}
	return buf_take(&b, len);
}

/* ---- the mapping ---- */

static size_t page(void)
{
	return (size_t)sysconf(_SC_PAGESIZE);
}

/* Makes the mapping show in /proc/PID/maps also where the kernel does not name anonymous ones. */
static void *map_file(void)
{
	void *at = MAP_FAILED;
	int fd = memfd_create(NAME, MFD_CLOEXEC | MFD_ALLOW_SEALING | MFD_NOEXEC);

	if (fd < 0)
		fd = memfd_create(NAME, MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (fd < 0)
		return MAP_FAILED;
	if (!ftruncate(fd, (off_t)page()))
		at = mmap(NULL, page(), PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	close(fd);
	return at;
}

static bool name(void *at)
{
	return !prctl(PR_SET_VMA, PR_SET_VMA_ANON_NAME, at, page(), NAME);
}

static bool has_name(bool is_file, void *at)
{
	return name(at) || is_file;
}

static void write_payload(struct header *h, uint8_t *payload, size_t len)
{
	atomic_store_explicit(&h->payload, (uintptr_t)payload, memory_order_release);
	atomic_store_explicit(&h->payload_size, (uint32_t)len, memory_order_release);
	context.payload = payload;
}

/* Never the time of before, nor 0. */
static uint64_t time_after(uint64_t before)
{
	const uint64_t now = clock_read(CLOCK_BOOTTIME);

	return now > before ? now : before + 1;
}

/* The steps of the OTEP's Publication Protocol, in its order. */
static bool publish(uint8_t *payload, size_t len)
{
	void *at = map_file();
	const bool is_file = at != MAP_FAILED;

	if (!is_file)
		at = mmap(NULL, page(), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (at == MAP_FAILED)
		return false;
	if (madvise(at, page(), MADV_DONTFORK))
		goto undo;
	struct header *h = at;
	memcpy(h->signature, NAME, sizeof h->signature);
	h->version = VERSION;
	write_payload(h, payload, len);
	atomic_store_explicit(&h->published_ns, time_after(0), memory_order_release);
	if (!has_name(is_file, at))
		goto undo;
	context.header = h;
	context.pid = getpid();
	return true;
undo:
	context.payload = NULL;
	munmap(at, page());
	return false;
}

/* The Updating Protocol. */
static void update(uint8_t *payload, size_t len)
{
	struct header *h = context.header;
	uint8_t *old = context.payload;
	const uint64_t before = atomic_load(&h->published_ns);

	atomic_store_explicit(&h->published_ns, 0, memory_order_release);
	write_payload(h, payload, len);
	atomic_store_explicit(&h->published_ns, time_after(before), memory_order_release);
	name(h);
	free(old);
}

/* A child that did not come through our fork handlers has no mapping. */
static void forget(void)
{
	if (context.header && context.pid == getpid())
		munmap(context.header, page());
	context.header = NULL;
	free(context.payload);
	context.payload = NULL;
}

static void put(enum process_sharing sharing)
{
	size_t len;
	uint8_t *payload = encode(sharing, &len);
	const bool is_ours = context.header && context.pid == getpid();

	if (payload && is_ours) {
		update(payload, len);
		return;
	}
	forget();
	if (payload && publish(payload, len))
		return;
	diag(DIAG_WARN, "the process context for profilers cannot be published: %s",
	     strerrordesc_np(payload ? errno : ENOMEM));
	free(payload);
}

void process_context_setup(enum process_sharing sharing)
{
	const int saved = errno;

	pthread_mutex_lock(&lock);
	if (sharing == SHARE_NONE)
		forget();
	else
		put(sharing);
	context.sharing = sharing;
	pthread_mutex_unlock(&lock);
	if (sharing == SHARE_THREADS)
		slots_share_threads();
	errno = saved;
}

void process_context_update(void)
{
	const int saved = errno;

	pthread_mutex_lock(&lock);
	if (context.sharing != SHARE_NONE)
		put(context.sharing);
	pthread_mutex_unlock(&lock);
	errno = saved;
}

void process_context_fork_child(void)
{
	const int saved = errno;

	pthread_mutex_init(&lock, NULL);
	if (context.sharing == SHARE_NONE)
		return;
	context.header = NULL;
	put(context.sharing);
	errno = saved;
}
