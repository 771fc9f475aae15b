/* SPDX-License-Identifier: Apache-2.0
 *
 * wake.c - the pipe that ends a poll().
 */
#include "http/wake.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "http/sock.h"
#include "util/fd.h"

/* Never changed after it was published, and never freed: any thread may be looking at it. A new one is made only after
 * the host closed the old. */
struct wake_pipe {
	struct wake_pipe *before;
	struct sock_id reader;
	struct sock_id writer;
};

static _Atomic(struct wake_pipe *) current;

static bool holds(const struct wake_pipe *p)
{
	return p && sock_id_holds(&p->reader) && sock_id_holds(&p->writer);
}

static struct wake_pipe *wake_pipe_create(struct wake_pipe *before)
{
	int fds[2];
	if (pipe2(fds, O_CLOEXEC | O_NONBLOCK) != 0)
		return NULL;
	struct wake_pipe *p = malloc(sizeof(*p));
	fds[0] = fd_lift(fds[0]);
	fds[1] = fd_lift(fds[1]);
	if (!p || !sock_id_take(&p->reader, fds[0]) || !sock_id_take(&p->writer, fds[1])) {
		free(p);
		close(fds[0]);
		close(fds[1]);
		return NULL;
	}
	p->before = before;
	return p;
}

int wake_fd(void)
{
	struct wake_pipe *p = atomic_load(&current);
	if (holds(p))
		return p->reader.fd;
	struct wake_pipe *fresh = wake_pipe_create(p);
	if (!fresh)
		return -1;
	atomic_store(&current, fresh);
	return fresh->reader.fd;
}

void wake_drain(void)
{
	char bytes[64];
	struct wake_pipe *p = atomic_load(&current);
	if (!holds(p))
		return;
	while (read(p->reader.fd, bytes, sizeof(bytes)) == (ssize_t)sizeof(bytes))
		;
}

void wake_signal(void)
{
	int saved = errno;
	struct wake_pipe *p = atomic_load(&current);
	if (holds(p) && write(p->writer.fd, "", 1) < 0) {
		/* full: whoever polls it will wake anyway */
	}
	errno = saved;
}

void wake_abandon(void)
{
	struct wake_pipe *p = atomic_load(&current);
	if (!p)
		return;
	sock_id_close(&p->reader);
	sock_id_close(&p->writer);
	/* kept in the chain, closed: the next one is made when it is needed */
}
