/* SPDX-License-Identifier: Apache-2.0
 *
 * functions.c - a program compiled with -finstrument-functions that knows nothing of otel-c. What is long in it takes
 * argv[1] milliseconds, or 3.
 */
#include <pthread.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static jmp_buf way_out;
static useconds_t long_us = 3000;

static int quick(int n)
{
	return n + 1;
}

static void slow_leaf(void)
{
	usleep(long_us);
}

static int middle(int n)
{
	for (int i = 0; i < 1000; i++)
		n = quick(n);
	slow_leaf();
	return n;
}

static void recurse(int depth)
{
	if (depth)
		recurse(depth - 1);
	else
		slow_leaf();
}

static void jump(void)
{
	usleep(long_us);
	longjmp(way_out, 1);
}

static void jumper(void)
{
	if (!setjmp(way_out))
		jump();
}

static void *thread_main(void *arg)
{
	slow_leaf();
	pthread_exit(arg);
}

static void secret_work(void)
{
	slow_leaf();
}

int main(int argc, char **argv)
{
	pthread_t thread;

	if (argc > 1)
		long_us = (useconds_t)atoi(argv[1]) * 1000;

	printf("%d\n", middle(0));
	recurse(3);
	jumper();
	if (!pthread_create(&thread, NULL, thread_main, NULL))
		pthread_join(thread, NULL);
	secret_work();
	return 0;
}
