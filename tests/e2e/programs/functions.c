/* SPDX-License-Identifier: Apache-2.0
 *
 * functions.c - a program compiled with -finstrument-functions that knows nothing of otel-c.
 */
#include <pthread.h>
#include <setjmp.h>
#include <stdio.h>
#include <unistd.h>

static jmp_buf way_out;

static int quick(int n)
{
	return n + 1;
}

static void slow_leaf(void)
{
	usleep(3000);
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
	usleep(3000);
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

int main(void)
{
	pthread_t thread;

	printf("%d\n", middle(0));
	recurse(3);
	jumper();
	if (!pthread_create(&thread, NULL, thread_main, NULL))
		pthread_join(thread, NULL);
	secret_work();
	return 0;
}
