/* SPDX-License-Identifier: Apache-2.0
 *
 * host.c - a program that knows nothing of libcurl and loads plugins that do, RTLD_LOCAL as Python does.
 *
 * host MODE URL plugin.so ...   prints the result codes of each plugin's requests on one line.
 */
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

struct client {
	int (*get)(const char *url, int nested);
	int (*tail)(void *easy);
	void *(*make)(const char *url);
};

static const char *url;
static struct client client;

static int load(const char *path)
{
	void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);

	if (!handle) {
		fprintf(stderr, "%s\n", dlerror());
		return 0;
	}
	*(void **)&client.get = dlsym(handle, "client_get");
	*(void **)&client.tail = dlsym(handle, "client_tail");
	*(void **)&client.make = dlsym(handle, "client_new");
	return 1;
}

static void *get_on_thread(void *arg)
{
	(void)arg;
	return client.get(url, 0) == 0 ? NULL : (void *)1;
}

static int get_on_threads(void)
{
	pthread_t threads[8];
	int failed = 0;

	for (int i = 0; i < 8; i++)
		pthread_create(&threads[i], NULL, get_on_thread, NULL);
	for (int i = 0; i < 8; i++) {
		void *result;

		pthread_join(threads[i], &result);
		failed += result != NULL;
	}
	return failed;
}

static int run(const char *mode)
{
	if (strcmp(mode, "tail") == 0)
		return client.tail(client.make(url));
	if (strcmp(mode, "threads") == 0)
		return get_on_threads();
	return client.get(url, strcmp(mode, "nested") == 0);
}

int main(int argc, char **argv)
{
	url = argv[2];
	for (int i = 3; i < argc; i++)
		printf("%d ", load(argv[i]) ? run(argv[1]) : -1);
	putchar('\n');
	return argc < 4;
}
