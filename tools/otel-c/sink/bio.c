/* SPDX-License-Identifier: Apache-2.0
 *
 * bio.c - OpenSSL's own would raise SIGPIPE.
 */
#include "tools/otel-c/sink/bio.h"

#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <sys/socket.h>

static bool is_passing(void)
{
	return errno == EAGAIN || errno == EINTR;
}

static int bio_fd(BIO *bio)
{
	return *(const int *)BIO_get_data(bio);
}

static int bio_write(BIO *bio, const char *data, int len)
{
	const ssize_t put = send(bio_fd(bio), data, (size_t)len, MSG_NOSIGNAL | MSG_DONTWAIT);

	BIO_clear_retry_flags(bio);
	if (put < 0 && is_passing())
		BIO_set_retry_write(bio);
	return (int)put;
}

static int bio_read(BIO *bio, char *data, int room)
{
	const ssize_t got = recv(bio_fd(bio), data, (size_t)room, MSG_DONTWAIT);

	BIO_clear_retry_flags(bio);
	if (got < 0 && is_passing())
		BIO_set_retry_read(bio);
	if (got == 0)
		BIO_set_flags(bio, BIO_FLAGS_IN_EOF);
	return (int)got;
}

static long bio_control(BIO *bio, int command, long number, void *pointer)
{
	(void)number;
	(void)pointer;
	if (command == BIO_CTRL_EOF)
		return BIO_test_flags(bio, BIO_FLAGS_IN_EOF) != 0;
	return command == BIO_CTRL_FLUSH;
}

static BIO_METHOD *bio_method;

static void make_bio_method(void)
{
	bio_method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "socket without SIGPIPE");
	if (!bio_method)
		return;
	BIO_meth_set_write(bio_method, bio_write);
	BIO_meth_set_read(bio_method, bio_read);
	BIO_meth_set_ctrl(bio_method, bio_control);
}

BIO *sink_bio(int *fd)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	BIO *bio;

	pthread_once(&once, make_bio_method);
	bio = bio_method ? BIO_new(bio_method) : NULL;
	if (!bio)
		return NULL;
	BIO_set_data(bio, fd);
	BIO_set_init(bio, 1);
	return bio;
}
