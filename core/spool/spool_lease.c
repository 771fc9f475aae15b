/* SPDX-License-Identifier: Apache-2.0
 *
 * spool_lease.c - see the header. A lease gets its name only when it is locked: others take one without a lock for a
 * dead one.
 */
#include "spool/spool_lease.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "spool/spool_name.h"
#include "util/fd.h"
#include "util/rand.h"

static void name_of(uint64_t owner, char out[SPOOL_FILE_NAME_MAX])
{
	spool_name_write(&(struct spool_name){.state = SPOOL_LEASE, .owner = owner}, out);
}

static uint64_t new_owner(void)
{
	struct rand_state random;
	uint64_t owner;

	rand_seed(&random);
	do
		owner = rand_next(&random);
	while (!owner);
	return owner;
}

static const char *lock(struct spool_lease *lease, int dir, const char *hidden)
{
	char name[SPOOL_FILE_NAME_MAX];
	struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	struct stat st;

	name_of(lease->owner, name);
	if (fcntl(lease->fd, F_OFD_SETLK, &whole))
		return errno == EINVAL || errno == ENOLCK || errno == ENOSYS || errno == EOPNOTSUPP
			       ? "its file system has no locks"
			       : strerrordesc_np(errno);
	if (fchmod(lease->fd, S_IRUSR | S_IWUSR) || fstat(lease->fd, &st) || renameat(dir, hidden, dir, name))
		return strerrordesc_np(errno);
	lease->dev = st.st_dev;
	lease->ino = st.st_ino;
	return NULL;
}

const char *spool_lease_take(struct spool_lease *lease, int dir)
{
	char hidden[SPOOL_FILE_NAME_MAX];
	const char *why = NULL;

	*lease = (struct spool_lease){.owner = new_owner(), .fd = -1};
	snprintf(hidden, sizeof hidden, ".%016llx", (unsigned long long)lease->owner);
	lease->fd = openat(dir, hidden, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (lease->fd >= 0) {
		lease->fd = fd_lift(lease->fd);
		why = lock(lease, dir, hidden);
	} else {
		why = strerrordesc_np(errno);
	}
	if (!why)
		return NULL;
	if (lease->fd >= 0) {
		unlinkat(dir, hidden, 0);
		close(lease->fd);
	}
	*lease = (struct spool_lease){.owner = 0, .fd = -1};
	return why;
}

static bool is_our_file(const struct spool_lease *lease, struct stat *st)
{
	return lease->owner && lease->fd >= 0 && fstat(lease->fd, st) == 0 && st->st_dev == lease->dev &&
	       st->st_ino == lease->ino;
}

bool spool_lease_holds(const struct spool_lease *lease)
{
	struct stat st;

	return is_our_file(lease, &st) && st.st_nlink;
}

void spool_lease_forget(struct spool_lease *lease)
{
	struct stat st;

	if (is_our_file(lease, &st))
		close(lease->fd);
	*lease = (struct spool_lease){.owner = 0, .fd = -1};
}

void spool_lease_end(struct spool_lease *lease, int dir)
{
	char name[SPOOL_FILE_NAME_MAX];

	if (dir >= 0 && spool_lease_holds(lease)) {
		name_of(lease->owner, name);
		unlinkat(dir, name, 0);
	}
	spool_lease_forget(lease);
}

bool spool_lease_is_dead(int dir, uint64_t owner)
{
	char name[SPOOL_FILE_NAME_MAX];
	struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	bool is_dead;

	name_of(owner, name);
	const int fd = openat(dir, name, O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return errno == ENOENT;
	is_dead = fcntl(fd, F_OFD_GETLK, &whole) == 0 && whole.l_type == F_UNLCK;
	close(fd);
	return is_dead;
}
